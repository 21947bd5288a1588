"""Registers the host with browsers: writes, repairs and removes host manifests and the launcher they start.

For one user; the packages of the installer do it for a machine. Removes only what is ours, by its content.
"""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import platformdirs

from native_host.browsers import windows_registry
from native_host.browsers.host_manifest import (
    DEVELOPMENT_IDS,
    FILE_NAME,
    allowed_ids,
    family_of_id,
    manifest_text,
    read_manifest,
)
from native_host.browsers.table import BROWSERS, Browser, Platform, in_home
from native_host.errors import InvalidSetting
from native_host.places import APP_NAME

ROOT = Path(__file__).resolve().parents[2]  # the source checkout, or the site-packages of an installation
PROGRAM_NAME = "maxo-host"


@dataclass(frozen=True)
class Registration:
    """What was done for one browser. `foreign`: another installation's manifest, which was left alone."""

    browser: Browser
    manifest: Path
    state: Literal["written", "unchanged", "removed", "absent", "foreign"]


def current_platform() -> Platform:
    """The platform in the words of the table; every Unix but macOS follows Linux."""
    platform: Platform = "linux"
    if sys.platform == "win32":
        platform = "win32"
    elif sys.platform == "darwin":
        platform = "darwin"
    return platform


def manifest_file(browser: Browser, user_data_dir: Path | None = None) -> Path:
    """Where this user's manifest for the browser lies.

    `user_data_dir` is that of a Chromium browser started with a profile of its own. Raises InvalidSetting
    where a browser has no such thing.
    """
    if user_data_dir is not None:
        if browser.family != "chromium" or current_platform() == "win32":
            raise InvalidSetting(f"--user-data-dir has no meaning for {browser.label} on this system.")
        return user_data_dir.absolute() / "NativeMessagingHosts" / FILE_NAME
    if current_platform() == "win32":
        return _data_dir() / "host-manifests" / browser.name / FILE_NAME  # the registry names the file
    return _here(browser.user_folder[current_platform()]) / FILE_NAME


def machine_manifest_file(browser: Browser) -> Path | None:
    """Where the machine's manifest for the browser lies, which an installer writes; `None` if nowhere."""
    if current_platform() == "win32":
        return windows_registry.read(browser.registry_key, machine=True)
    return Path(browser.machine_folder[current_platform()]) / FILE_NAME


def is_used(browser: Browser) -> bool:
    """Whether this user has ever started the browser, as far as its folders tell (on Windows: assume so)."""
    marks = browser.marks[current_platform()]
    return not marks or any(_here(mark).is_dir() for mark in marks)


def host_program() -> Path:
    """What a manifest's `path` has to be: the installed program, or the launcher of this checkout."""
    windows = current_platform() == "win32"
    if getattr(sys, "frozen", False):
        return Path(sys.executable).with_name(PROGRAM_NAME + (".exe" if windows else ""))
    return _data_dir() / (PROGRAM_NAME + (".bat" if windows else ""))


def register(
    browsers: Iterable[Browser], *, extension_ids: Iterable[str] = (), user_data_dir: Path | None = None
) -> list[Registration]:
    """Write each browser's manifest, and the launcher; what is right already is left as it is.

    Without `extension_ids` those that the manifest allows are kept, else those of a source checkout are set.
    Raises InvalidSetting for an id that is none, OSError when a file cannot be written.
    """
    given: dict[str, list[str]] = {"chromium": [], "firefox": []}
    for extension_id in extension_ids:
        given[family_of_id(extension_id)].append(extension_id)
    program = host_program()
    if not getattr(sys, "frozen", False):
        _write(program, _launcher_text(), mode=0o755)
    done = []
    for browser in browsers:
        file = manifest_file(browser, user_data_dir)
        kept = allowed_ids(browser.family, read_manifest(file) or {})
        ids = given[browser.family] or kept or DEVELOPMENT_IDS[browser.family]
        written = _write(file, manifest_text(browser.family, program, ids), mode=0o644)
        if current_platform() == "win32":
            windows_registry.write(browser.registry_key, file)
        done.append(Registration(browser, file, "written" if written else "unchanged"))
    return done


def unregister(browsers: Iterable[Browser], *, user_data_dir: Path | None = None) -> list[Registration]:
    """Remove each browser's manifest if it is ours, and the launcher once no manifest starts it any more.

    Raises OSError when a file cannot be removed.
    """
    done = []
    for browser in browsers:
        file = manifest_file(browser, user_data_dir)
        if not file.exists():
            done.append(Registration(browser, file, "absent"))
        elif not _is_ours(file):
            done.append(Registration(browser, file, "foreign"))
        else:
            file.unlink()
            if current_platform() == "win32":
                windows_registry.remove(browser.registry_key, file)
            done.append(Registration(browser, file, "removed"))
    everywhere = [manifest_file(browser) for browser in BROWSERS.values()]
    needed = user_data_dir is not None or any(_starts(file, host_program()) for file in everywhere)
    if not needed and not getattr(sys, "frozen", False):
        host_program().unlink(missing_ok=True)
    return done


def _is_ours(file: Path) -> bool:
    """Whether the manifest starts this installation's host, or a host that is gone."""
    fields = read_manifest(file)
    return fields is not None and (
        _starts(file, host_program()) or not Path(str(fields.get("path"))).exists()
    )


def _starts(file: Path, program: Path) -> bool:
    fields = read_manifest(file)
    return fields is not None and fields.get("path") == str(program)


def _launcher_text() -> str:
    # Not resolved: a virtual environment's python is a link, and finds its packages by that link's place.
    python, main = Path(sys.executable).absolute(), ROOT / "native_host" / "__main__.py"
    if current_platform() == "win32":
        return f'@echo off\r\n"{python}" -I "{main}" %*\r\n'
    command = f"exec {shlex.quote(str(python))} -I {shlex.quote(str(main))}"
    return f'#!/bin/sh\n# Written by `maxo-call register`; browsers start the host by this.\n{command} "$@"\n'


def _here(path: str) -> Path:
    home = Path.home()
    config_home = os.environ.get("XDG_CONFIG_HOME", "")
    return in_home(path, home, Path(config_home) if Path(config_home).is_absolute() else home / ".config")


def _data_dir() -> Path:
    return Path(platformdirs.user_data_dir(APP_NAME, appauthor=False))


def _write(file: Path, text: str, *, mode: int) -> bool:
    """Write the file whole or not at all; says whether anything had to change."""
    with suppress(OSError, ValueError):
        has_mode = current_platform() == "win32" or file.stat().st_mode & 0o777 == mode
        if has_mode and file.read_bytes() == text.encode():
            return False
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f"{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as unfinished:
            unfinished.write(text.encode())
        Path(name).chmod(mode)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return True

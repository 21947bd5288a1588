"""Registers the host with browsers: writes, repairs and removes host manifests and the launcher they start.

For one user, or for all users of the machine. Removes only what is ours, by its content, and leaves alone
what a package of the system has put there.
"""

from __future__ import annotations

import os
import shlex
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from native_host.browsers.host_manifest import (
    DEVELOPMENT_IDS,
    allowed_ids,
    family_of_id,
    manifest_text,
    read_manifest,
)
from native_host.browsers.machine import Machine
from native_host.browsers.manifest_places import machine_manifest, registry_key, user_manifest
from native_host.browsers.table import BROWSERS, Browser
from native_host.browsers.windows_registry import Hive
from native_host.errors import InvalidSetting

_FOLDER_MODE = 0o755  # others have to read what is registered for all


@dataclass(frozen=True)
class Registration:
    """What was done for one browser.

    `foreign`: another installation's manifest, which was left alone. `packaged`: one of a package of the
    system, which alone may change it. `without_id`: no extension is known that could be allowed.
    """

    browser: Browser
    manifest: Path
    state: Literal["written", "unchanged", "removed", "absent", "foreign", "packaged", "without_id"]


@dataclass(frozen=True)
class _Scope:
    """For whom is registered: this user, one profile folder of theirs, or all users."""

    machine: Machine
    for_all_users: bool
    user_data_dir: Path | None

    @property
    def hive(self) -> Hive:
        return "machine" if self.for_all_users else "user"

    @property
    def program(self) -> Path:
        return self.machine.host_program(for_all_users=self.for_all_users)

    def manifest(self, browser: Browser) -> Path:
        if self.for_all_users:
            return machine_manifest(browser, self.machine)
        return user_manifest(browser, self.machine, self.user_data_dir)


def register(
    browsers: Iterable[Browser],
    machine: Machine,
    *,
    extension_ids: Iterable[str] = (),
    for_all_users: bool = False,
    user_data_dir: Path | None = None,
) -> list[Registration]:
    """Write each browser's manifest, and the launcher; what is right already is left as it is.

    Without `extension_ids` a manifest keeps the ones that it allows, brought up to date with our own, unless
    it allows others only: those were chosen. Where the organisation's policy names extensions, those are it.
    Raises InvalidSetting for an id that is none or not allowed, OSError when a file cannot be written.
    """
    given: dict[str, list[str]] = {"chromium": [], "firefox": []}
    for extension_id in extension_ids:
        given[family_of_id(extension_id)].append(extension_id)
        if machine.organisation_ids and extension_id not in machine.organisation_ids:
            raise InvalidSetting(f"Your organisation's policy does not allow the extension {extension_id}.")
    scope = _Scope(machine, for_all_users, user_data_dir)
    done = [_register(browser, scope, given[browser.family]) for browser in browsers]
    if machine.frozen_folder is None and any(_starts(one.manifest, scope.program) for one in done):
        _write(scope.program, _launcher_text(machine), mode=0o755, scope=scope)
    return done


def _register(browser: Browser, scope: _Scope, given: list[str]) -> Registration:
    file = scope.manifest(browser)
    before = read_manifest(file) or {}
    ids = given or _updated(browser, before, scope.machine)
    if not ids:
        return Registration(browser, file, "without_id")
    text = manifest_text(browser.family, scope.program, ids)
    if file.is_symlink() and scope.for_all_users:
        same = before.get("path") == str(scope.program) and set(ids) == set(
            allowed_ids(browser.family, before)
        )
        return Registration(browser, file, "unchanged" if same else "packaged")
    written = _write(file, text, mode=0o644, scope=scope)
    registry = scope.machine.registry
    if scope.machine.platform == "win32" and registry.read(scope.hive, registry_key(browser)) != str(file):
        registry.write(scope.hive, registry_key(browser), str(file))
        written = True
    return Registration(browser, file, "written" if written else "unchanged")


def _updated(browser: Browser, before: dict[str, object], machine: Machine) -> list[str]:
    own = machine.own_ids(browser.family)
    if machine.organisation_ids:
        return list(own)
    kept = list(allowed_ids(browser.family, before))
    if machine.frozen_folder is not None:  # what an earlier run from a checkout has left
        kept = [one for one in kept if one in own or one not in DEVELOPMENT_IDS[browser.family]]
    chosen = bool(kept) and not set(kept) & set(own)
    return kept if chosen else [*kept, *(one for one in own if one not in kept)]


def unregister(
    browsers: Iterable[Browser],
    machine: Machine,
    *,
    for_all_users: bool = False,
    user_data_dir: Path | None = None,
) -> list[Registration]:
    """Remove each browser's manifest if it is ours, and the launcher once no manifest starts it any more.

    Raises OSError when a file cannot be removed.
    """
    scope = _Scope(machine, for_all_users, user_data_dir)
    done = [_unregister(browser, scope) for browser in browsers]
    everywhere = [scope.manifest(browser) for browser in BROWSERS.values() if user_data_dir is None]
    needed = user_data_dir is not None or any(_starts(file, scope.program) for file in everywhere)
    if not needed and machine.frozen_folder is None:
        scope.program.unlink(missing_ok=True)
        if for_all_users:
            with suppress(OSError):  # it may be gone, or hold other things
                scope.program.parent.rmdir()
    return done


def _unregister(browser: Browser, scope: _Scope) -> Registration:
    file = scope.manifest(browser)
    if file.is_symlink() and scope.for_all_users:
        return Registration(browser, file, "packaged")
    if not file.exists():
        return Registration(browser, file, "absent")
    if not _is_ours(file, scope):
        return Registration(browser, file, "foreign")
    file.unlink()
    registry, key = scope.machine.registry, registry_key(browser)
    if registry.read(scope.hive, key) == str(file):  # some browsers share a key
        registry.remove(scope.hive, key)
    return Registration(browser, file, "removed")


def _is_ours(file: Path, scope: _Scope) -> bool:
    """Whether the manifest starts this installation's host, or a host that is gone."""
    fields = read_manifest(file)
    return fields is not None and (_starts(file, scope.program) or not Path(str(fields.get("path"))).exists())


def _starts(file: Path, program: Path) -> bool:
    fields = read_manifest(file)
    return fields is not None and fields.get("path") == str(program)


def _launcher_text(machine: Machine) -> str:
    python, main = machine.interpreter, machine.source_root / "native_host" / "__main__.py"
    if machine.platform == "win32":
        return f'@echo off\r\n"{python}" -I "{main}" %*\r\n'
    command = f"exec {shlex.quote(str(python))} -I {shlex.quote(str(main))}"
    return f'#!/bin/sh\n# Written by `maxo-call register`; browsers start the host by this.\n{command} "$@"\n'


def _write(file: Path, text: str, *, mode: int, scope: _Scope) -> bool:
    """Write the file whole or not at all; says whether anything had to change."""
    with suppress(OSError, ValueError):
        has_mode = scope.machine.platform == "win32" or file.stat().st_mode & 0o777 == mode
        if has_mode and file.read_bytes() == text.encode():
            return False
    _make_folder(file.parent, scope)
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


def _make_folder(folder: Path, scope: _Scope) -> None:
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(exist_ok=True)
        if scope.for_all_users:
            one.chmod(_FOLDER_MODE)  # whatever the administrator's umask is

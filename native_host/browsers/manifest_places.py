"""Where a browser's host manifests lie on a machine, and in which order it looks. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from native_host import HOST_NAME
from native_host.browsers.host_manifest import FILE_NAME
from native_host.browsers.machine import Machine
from native_host.browsers.table import Browser
from native_host.browsers.windows_registry import Hive
from native_host.errors import InvalidSetting

_FOLDER_ON_WINDOWS = "host-manifests"  # the registry names the file, so that it may lie anywhere


@dataclass(frozen=True)
class FoundManifest:
    """A manifest that a browser may read; `for_all_users` if it is the machine's."""

    file: Path
    for_all_users: bool


def registry_key(browser: Browser) -> str:
    """The key whose default value names the manifest on Windows. Some browsers share one."""
    return f"{browser.registry_key}\\{HOST_NAME}"


def user_manifest(browser: Browser, machine: Machine, user_data_dir: Path | None = None) -> Path:
    """Where this user's manifest for the browser is to be.

    `user_data_dir` is that of a Chromium browser started with a profile of its own. Raises InvalidSetting
    where a browser has no such thing.
    """
    if user_data_dir is not None:
        if browser.family != "chromium" or machine.platform == "win32":
            raise InvalidSetting(f"--user-data-dir has no meaning for {browser.label} on this system.")
        return user_data_dir.absolute() / "NativeMessagingHosts" / FILE_NAME
    if machine.platform == "win32":
        return machine.data_dir / _FOLDER_ON_WINDOWS / browser.name / FILE_NAME
    return machine.in_home(browser.user_folder[machine.platform]) / FILE_NAME


def machine_manifest(browser: Browser, machine: Machine) -> Path:
    """Where the manifest for all users of this machine is to be. Raises InvalidSetting if it cannot be."""
    if machine.platform == "win32":
        if machine.frozen_folder is None:  # any user could put a program into a folder of a checkout
            raise InvalidSetting("On Windows only the installed program can be registered for all users.")
        return machine.frozen_folder / _FOLDER_ON_WINDOWS / browser.name / FILE_NAME
    return machine.in_system(browser.machine_folder[machine.platform]) / FILE_NAME


def found_manifests(
    browser: Browser, machine: Machine, user_data_dir: Path | None = None
) -> list[FoundManifest]:
    """The manifests that are there, in the order in which the browser looks; it reads the first one only."""
    if machine.platform == "win32":
        return [found for hive in _HIVES for found in _named_by_registry(browser, machine, hive)]
    folders = [browser.machine_folder[machine.platform]]
    if machine.platform == "linux":
        folders += browser.other_machine_folders
    places = [
        FoundManifest(user_manifest(browser, machine, user_data_dir), for_all_users=False),
        *(FoundManifest(machine.in_system(folder) / FILE_NAME, for_all_users=True) for folder in folders),
    ]
    return [place for place in places if place.file.exists()]


_HIVES: tuple[Hive, ...] = ("user", "machine")


def _named_by_registry(browser: Browser, machine: Machine, hive: Hive) -> list[FoundManifest]:
    named = machine.registry.read(hive, registry_key(browser))
    return [] if named is None else [FoundManifest(Path(named), for_all_users=hive == "machine")]

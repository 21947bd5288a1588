"""The policies that an administrator has set for a browser on this machine, read where it reads them.

What a browser gets from its maker's cloud is not on the machine in a form that can be read.
"""

from __future__ import annotations

import json
import plistlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from native_host.browsers.machine import Machine
from native_host.browsers.table import Browser

# browser → folders on Linux, key on Windows, domain of the managed preferences on macOS. Sources: the
# administrators' pages of Chrome, Edge, Brave and Firefox; Vivaldi's are what its users report.
_PLACES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "chrome": (("/etc/opt/chrome/policies",), r"Google\Chrome", "com.google.Chrome"),
    "chromium": (("/etc/chromium/policies",), "Chromium", "org.chromium.Chromium"),
    "edge": (("/etc/opt/edge/policies",), r"Microsoft\Edge", "com.microsoft.Edge"),
    "brave": (("/etc/brave/policies",), r"BraveSoftware\Brave", "com.brave.Browser"),
    "vivaldi": (("/etc/vivaldi/policies", "/etc/opt/vivaldi/policies"), "Vivaldi", "com.vivaldi.Vivaldi"),
    "firefox": (
        (
            "/etc/firefox/policies",  # instead of all the others, if it is there
            "/usr/lib/firefox-esr/distribution",
            "/usr/lib/firefox/distribution",
            "/usr/lib64/firefox/distribution",
            "/opt/firefox/distribution",
        ),
        r"Mozilla\Firefox",
        "org.mozilla.firefox",
    ),
}
_FIREFOX_ON_WINDOWS = "/Program Files/Mozilla Firefox/distribution"
_FIREFOX_ON_MACOS = "/Applications/Firefox.app/Contents/Resources/distribution"
_MANAGED_PREFERENCES = "/Library/Managed Preferences"


@dataclass(frozen=True)
class Policies:
    """The values in force, and the files that could not be read."""

    values: Mapping[str, Any]
    unreadable: tuple[Path, ...] = ()


def read_policies(browser: Browser, machine: Machine) -> Policies:
    """All that is set for this browser. Never raises: what cannot be read is named in the result."""
    unreadable: list[Path] = []
    values: dict[str, Any] = {}
    folders, key, domain = _PLACES[browser.name]
    if browser.family == "chromium" and machine.platform == "linux":
        for folder in folders:
            # Which of two files wins is not documented: administrators are told to set a thing once.
            for file in sorted(machine.in_system(f"{folder}/managed").glob("*.json")):
                values |= _parsed(file, unreadable)
    if browser.family == "firefox":
        values |= _firefox_file(folders, machine, unreadable)
    if machine.platform == "win32":
        for hive in ("user", "machine"):  # the machine's win
            values |= _from_registry(machine.registry.read_tree(hive, rf"Software\Policies\{key}"))
    if machine.platform == "darwin":
        managed = machine.in_system(_MANAGED_PREFERENCES)
        for file in (managed / f"{domain}.plist", managed / machine.home.name / f"{domain}.plist"):
            values |= _parsed(file, unreadable)
    return Policies(values, tuple(unreadable))


def _firefox_file(folders: Iterable[str], machine: Machine, unreadable: list[Path]) -> dict[str, Any]:
    places: dict[str, Iterable[str]] = {
        "linux": folders,
        "win32": [_FIREFOX_ON_WINDOWS],
        "darwin": [_FIREFOX_ON_MACOS],
    }
    for folder in places[machine.platform]:
        file = machine.in_system(folder) / "policies.json"
        if file.exists():
            policies = _parsed(file, unreadable).get("policies")
            return policies if isinstance(policies, dict) else {}
    return {}


def _parsed(file: Path, unreadable: list[Path]) -> dict[str, Any]:
    try:
        content = file.read_bytes()
        found = plistlib.loads(content) if file.suffix == ".plist" else json.loads(content)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, RecursionError, plistlib.InvalidFileException):
        unreadable.append(file)
        return {}
    return found if isinstance(found, dict) else {}


def _from_registry(tree: Mapping[str, object]) -> dict[str, Any]:
    """Policies as in JSON: a list is a key with values 1, 2, …; a dictionary may be a JSON text."""
    return {name: _from_registry_value(value) for name, value in tree.items()}


def _from_registry_value(value: object) -> Any:
    if isinstance(value, dict):
        if value and all(name.isdigit() for name in value):
            return list(value.values())
        return _from_registry(value)
    if isinstance(value, list):  # REG_MULTI_SZ: Firefox takes JSON in it
        value = "\n".join(map(str, value))
    if isinstance(value, str) and value.lstrip().startswith(("{", "[")):
        try:
            return json.loads(value)
        except (ValueError, RecursionError):
            return value
    return value


def text_list(values: Mapping[str, Any], name: str) -> list[str]:
    """A policy that is a list of texts; empty when it is not set or something else."""
    found = values.get(name)
    return [str(one) for one in found] if isinstance(found, list) else []


def dictionary(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A policy that is a dictionary; empty when it is not set or something else."""
    found = values.get(name)
    return found if isinstance(found, dict) else {}


def named(settings: Mapping[str, Any], name: str) -> Iterator[dict[str, Any]]:
    """The dictionaries under `name` in a policy whose keys may list several names, as in `id1,id2`."""
    for key, value in settings.items():
        if name in (part.strip() for part in key.split(",")) and isinstance(value, dict):
            yield value

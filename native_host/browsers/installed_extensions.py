"""Our extension in a browser's profiles, as the browser's own files tell: under which id, and what it may do.

Reads two files a profile and keeps nothing of them but this. Known by `gecko.id`, which every build declares.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from native_host.browsers.host_manifest import DEVELOPMENT_IDS
from native_host.browsers.machine import Machine
from native_host.browsers.table import Browser

GECKO_ID = DEVELOPMENT_IDS["firefox"][0]
MAX_FILE_BYTES = 32 * 1024 * 1024  # what a profile has after years; a bigger one would take too long
MAX_PROFILES = 20

_CHROMIUM_FILES = ("Preferences", "Secure Preferences")  # on Windows and macOS it is the second


@dataclass(frozen=True)
class InstalledExtension:
    """Our extension in one profile."""

    extension_id: str
    enabled: bool = True
    on_every_site: bool = True


def installed_extensions(
    browser: Browser, machine: Machine, user_data_dir: Path | None = None
) -> list[InstalledExtension]:
    """Our extension in each profile where it can be seen; Firefox tells only of what was set there."""
    folder = user_data_dir or machine.profiles_folder(browser)
    if browser.family == "chromium":
        return [found for profile in _profiles(folder) for found in _in_chromium(profile)]
    places = [*_profiles(folder / "firefox"), *_profiles(folder / "Profiles")]
    if machine.platform == "linux":
        places += _profiles(machine.in_home("~/.config/mozilla/firefox"))
    return [found for profile in places for found in _in_firefox(profile)]


def _profiles(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in folder.iterdir() if one.is_dir())[:MAX_PROFILES]
    except OSError:
        return []


def _in_chromium(profile: Path) -> Iterator[InstalledExtension]:
    for name in _CHROMIUM_FILES:
        settings = _dict_in(_read(profile / name), "extensions", "settings")
        for extension_id, entry in settings.items():
            if isinstance(entry, dict) and _is_ours(profile, extension_id, entry):
                yield InstalledExtension(
                    extension_id,
                    enabled=not entry.get("disable_reasons"),
                    on_every_site=entry.get("withholding_permissions") is not True,
                )


def _is_ours(profile: Path, extension_id: str, entry: dict[str, object]) -> bool:
    if extension_id in DEVELOPMENT_IDS["chromium"]:
        return True
    # Relative to the profile for an extension of a store, absolute for one that was loaded from a folder.
    path = profile / "Extensions" / str(entry.get("path") or "")
    manifest = _read(path / "manifest.json") or entry.get("manifest")
    return _dict_in(manifest, "browser_specific_settings", "gecko").get("id") == GECKO_ID


def _in_firefox(profile: Path) -> Iterator[InstalledExtension]:
    permissions = _dict_in(_read(profile / "extension-preferences.json"), GECKO_ID)
    addons = _dict_in(_read(profile / "extensions.json")).get("addons")
    ours = (
        [one for one in addons if isinstance(one, dict) and one.get("id") == GECKO_ID]
        if isinstance(addons, list)
        else []
    )
    if permissions or ours:
        origins = permissions.get("origins")
        yield InstalledExtension(
            GECKO_ID,
            enabled=not any(one.get("userDisabled") for one in ours),
            on_every_site=not isinstance(origins, list)
            or any("<all_urls>" in str(one) or "*://*/*" in str(one) for one in origins),
        )


def _dict_in(value: object, *keys: str) -> dict[str, object]:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value if isinstance(value, dict) else {}


def _read(file: Path) -> object:
    try:
        if file.stat().st_size > MAX_FILE_BYTES:
            return None
        found: object = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return found

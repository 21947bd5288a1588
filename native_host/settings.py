"""Keeps the calling settings and the base URL in settings.toml; a damaged file is set aside and said.

setting_values.py has the settings and their rules. The base URL is no setting of the protocol: it decides
where the key goes, so only the command line and the organisation's policy change it.
"""

import logging
import os
import tempfile
import threading
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import tomli_w

from native_host import places
from native_host.errors import InvalidSetting, SettingLocked, SettingsUnwritable
from native_host.protocol import Notice
from native_host.setting_values import DEFAULT_BASE_URL, SETTING_NAMES, Settings, changed, checked_base_url

FILE_NAME = "settings.toml"
FILE_VERSION = 1  # raised when a setting changes its meaning; load_settings then migrates older files
_SET_ASIDE = "damaged"

_log = logging.getLogger(__name__)
_saving = threading.Lock()


@dataclass(frozen=True)
class LoadedSettings:
    """The settings in force, the names that policy has locked, and what was wrong with the file."""

    settings: Settings
    locked: tuple[str, ...]
    notices: tuple[Notice, ...]
    api_base_url: str


def load_settings() -> LoadedSettings:
    """The settings in force. Never fails: what cannot be read becomes a notice, and defaults."""
    path = places.settings_dir() / FILE_NAME
    try:
        text = path.read_text("utf-8")
        values = tomllib.loads(text)
    except FileNotFoundError:
        return LoadedSettings(Settings(), (), tuple(_earlier_damage(path)), DEFAULT_BASE_URL)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return LoadedSettings(Settings(), (), (_set_aside(path),), DEFAULT_BASE_URL)
    except OSError as error:
        _log.warning("settings not readable: %s", error)
        notice = Notice(
            "settings_unreadable", f"{path} could not be read ({error.strerror}). Defaults are in use."
        )
        return LoadedSettings(Settings(), (), (notice,), DEFAULT_BASE_URL)
    return _from_values(values)


def update_settings(changes: Mapping[str, Any]) -> LoadedSettings:
    """Change the named settings (values as in JSON), save, and give what is in force now.

    Raises BadRequest, InvalidSetting, SettingLocked or SettingsUnwritable; then nothing has changed.
    """
    with _saving:
        loaded = load_settings()
        settings = changed(loaded.settings, changes)
        for name in changes:
            if name in loaded.locked and getattr(settings, name) != getattr(loaded.settings, name):
                raise SettingLocked(f"Your organisation has set {name}.")
        save_settings(settings, loaded.api_base_url)
        return load_settings()


def save_settings(settings: Settings, api_base_url: str) -> None:
    """Write all settings or none; entries of a newer version are kept, faulty ones set aside first.

    Raises InvalidSetting for a base URL that is not allowed, SettingsUnwritable when writing fails.
    """
    values = _without_none(asdict(settings))
    base_url = checked_base_url(api_base_url)
    path = places.settings_dir() / FILE_NAME
    try:
        places.make_private(path.parent)
        kept = _entries_to_keep(path)
        if base_url != DEFAULT_BASE_URL:
            kept["api_base_url"] = base_url
        _replace_file(path, tomli_w.dumps({"version": FILE_VERSION} | kept | values))
    except OSError as error:
        _log.warning("settings not written: %s", error)
        raise SettingsUnwritable(f"{path} could not be saved: {error.strerror}.") from error


def _from_values(values: dict[str, Any]) -> LoadedSettings:
    settings, faults = Settings(), []
    # The phones and the region come first in SETTING_NAMES, so what depends on them is checked against them.
    for name in SETTING_NAMES:
        if name in values:
            try:
                settings = changed(settings, {name: values[name]})
            except InvalidSetting as error:
                faults.append(Notice("setting_ignored", f"{error} Its default is in use; the file is kept."))
    try:
        base_url = checked_base_url(values.get("api_base_url", DEFAULT_BASE_URL))
    except InvalidSetting as error:
        base_url = DEFAULT_BASE_URL
        faults.append(Notice("setting_ignored", str(error)))
    for fault in faults:
        _log.warning("%s", fault.message)
    return LoadedSettings(settings, (), tuple(faults), base_url)


def _entries_to_keep(path: Path) -> dict[str, Any]:
    """The entries that are no settings of this version; the file is copied aside if some are faulty."""
    try:
        text = path.read_text("utf-8")
        values = tomllib.loads(text)
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    if _from_values(values).notices:
        _write_new(places.free_name(path, _SET_ASIDE), text)
    return {name: values[name] for name in values if name not in (*SETTING_NAMES, "version", "api_base_url")}


def _set_aside(path: Path) -> Notice:
    aside = places.free_name(path, _SET_ASIDE)
    try:
        path.rename(aside)
    except OSError as error:
        _log.warning("damaged settings not set aside: %s", error)
        return Notice(
            "settings_unreadable", f"{path} is damaged and could not be set aside. Defaults are in use."
        )
    _log.warning("damaged settings set aside as %s", aside.name)
    return _aside_notice(aside)


def _earlier_damage(path: Path) -> list[Notice]:
    """The notice again for each later host, until settings are saved anew."""
    found = sorted(path.parent.glob(f"{FILE_NAME}.{_SET_ASIDE}-*"))
    return [_aside_notice(found[-1])] if found else []


def _aside_notice(aside: Path) -> Notice:
    return Notice(
        "settings_set_aside",
        f"The settings file could not be read. It was kept as {aside.name} and defaults are in use.",
    )


def _without_none(values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}  # TOML has no null


def _replace_file(path: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(
        prefix=f"{path.name}.", suffix=".new", dir=path.parent
    )  # for its owner only
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _write_new(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)

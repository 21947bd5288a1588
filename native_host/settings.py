"""Keeps the calling settings and the base URL in settings.toml; a damaged file is set aside and said.

setting_values.py has the settings and their rules. The base URL is no setting of the protocol: it decides
where the key goes, so only the command line and the organisation's policy change it.
"""

import logging
import os
import tempfile
import threading
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import tomli_w

from native_host import file_lock, places
from native_host.admin_policy import AdminPolicy
from native_host.admin_policy_source import load_admin_policy
from native_host.errors import InvalidSetting, SettingLocked, SettingsUnwritable
from native_host.protocol import Notice
from native_host.setting_values import DEFAULT_BASE_URL, SETTING_NAMES, Settings, changed, checked_base_url

FILE_NAME = "settings.toml"
FILE_VERSION = 1  # raised when a setting changes its meaning; load_settings then migrates older files
BASE_URL = "api_base_url"
LOCK_TIMEOUT_S = 3.0  # for another browser's change, which takes milliseconds
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
    policy: AdminPolicy = field(default_factory=AdminPolicy)


def load_settings() -> LoadedSettings:
    """The settings in force. Never fails: what cannot be read becomes a notice, and defaults."""
    values, notices = _own_values()
    return _in_force(values, notices, load_admin_policy())


def update_settings(changes: Mapping[str, Any]) -> LoadedSettings:
    """Change the named settings (values as in JSON), save, and give what is in force now.

    Raises BadRequest, InvalidSetting, SettingLocked or SettingsUnwritable; then nothing has changed.
    """
    with _alone() as path:
        own, notices = _own_values()
        loaded = _in_force(own, notices, load_admin_policy())
        settings = changed(loaded.settings, changes)
        for name in changes:
            if name in loaded.locked and getattr(settings, name) != getattr(loaded.settings, name):
                raise SettingLocked(f"Your organisation has set {name}.")
        saved = _without_none(asdict(settings))
        for name in loaded.locked:  # what the person had stays theirs, for when the lock is gone
            saved.pop(name, None)
            if name in own:
                saved[name] = own[name]
        _save(path, saved)
        return load_settings()


def change_base_url(url: str) -> None:
    """Call another address from now on.

    Raises InvalidSetting for one that is not allowed, SettingLocked or SettingsUnwritable.
    """
    policy = load_admin_policy()
    spelt = checked_base_url(url, policy.allowed_base_urls)
    if policy.api_base_url is not None and spelt != policy.api_base_url:
        raise SettingLocked(f"Your organisation has set {BASE_URL}.")
    with _alone() as path:
        settings, _ = _from_values(_own_values()[0])
        _save(path, _without_none(asdict(settings)) | {BASE_URL: spelt})


@contextmanager
def _alone() -> Iterator[Path]:
    """The settings file, with no other thread or host at it, so that no change is lost between two."""
    path = places.settings_dir() / FILE_NAME
    try:
        places.make_private(path.parent)
        with _saving, file_lock.held(path.with_name(FILE_NAME + ".lock"), timeout_s=LOCK_TIMEOUT_S):
            yield path
    except TimeoutError as error:
        raise SettingsUnwritable("Another program is changing the settings. Try again.") from error
    except OSError as error:
        _log.warning("settings not written: %s", error)
        raise SettingsUnwritable(f"{path} could not be saved: {error.strerror}.") from error


def _save(path: Path, values: dict[str, Any]) -> None:
    """Write all or nothing; keeps entries of a newer version, and a copy of faulty ones. Raises OSError."""
    kept = _entries_to_keep(path)
    _replace_file(path, tomli_w.dumps({"version": FILE_VERSION} | kept | values))


def _own_values() -> tuple[dict[str, Any], tuple[Notice, ...]]:
    """The entries of the person's own file, and what was wrong with it."""
    path = places.settings_dir() / FILE_NAME
    try:
        return tomllib.loads(path.read_text("utf-8")), ()
    except FileNotFoundError:
        return {}, tuple(_earlier_damage(path))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError):
        return {}, (_set_aside(path),)
    except OSError as error:
        _log.warning("settings not readable: %s", error)
        sentence = f"{path} could not be read ({error.strerror}). Defaults are in use."
        return {}, (Notice("settings_unreadable", sentence),)


def _in_force(own: dict[str, Any], notices: tuple[Notice, ...], policy: AdminPolicy) -> LoadedSettings:
    """The person's values under the organisation's."""
    settings, faults = _from_values({**own, **policy.settings})
    base_url = policy.api_base_url
    if base_url is None:
        base_url, fault = _own_base_url(own, policy.allowed_base_urls)
        faults += [fault] if fault else []
    for fault in faults:
        _log.warning("%s", fault.message)
    return LoadedSettings(
        settings, tuple(policy.settings), (*notices, *faults, *policy.notices), base_url, policy
    )


def _from_values(values: Mapping[str, Any]) -> tuple[Settings, list[Notice]]:
    settings, faults = Settings(), []
    # The phones and the region come first in SETTING_NAMES, so what depends on them is checked against them.
    for name in SETTING_NAMES:
        if name in values:
            try:
                settings = changed(settings, {name: values[name]})
            except InvalidSetting as error:
                faults.append(Notice("setting_ignored", f"{error} Its default is in use; the file is kept."))
    return settings, faults


def _own_base_url(own: Mapping[str, Any], allowed: tuple[str, ...] | None) -> tuple[str, Notice | None]:
    usual = DEFAULT_BASE_URL if allowed is None or DEFAULT_BASE_URL in allowed else allowed[0]
    if BASE_URL not in own:
        return usual, None
    try:
        return checked_base_url(own[BASE_URL], allowed), None
    except InvalidSetting as error:
        return usual, Notice("setting_ignored", str(error))


def _entries_to_keep(path: Path) -> dict[str, Any]:
    """The entries that are no settings of this version; the file is copied aside if some are faulty."""
    try:
        text = path.read_text("utf-8")
        values = tomllib.loads(text)
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    if _from_values(values)[1]:
        _write_new(places.free_name(path, _SET_ASIDE), text)
    return {name: values[name] for name in values if name not in (*SETTING_NAMES, "version")}


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

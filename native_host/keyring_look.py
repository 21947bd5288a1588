"""Whether the keyring is there, open, and holds a key: without reading the key, and without any question.

credentials.py reads the key, which may open a window that asks for a password. Nothing here may.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass

from native_host.credentials import USER_NAME, backend_name, entry_name, meaning_of, read_api_key
from native_host.errors import KeyringDenied, KeyringLocked, NoApiKey

_SECURITY = "/usr/bin/security"  # macOS's own tool; its answer has the attributes only
_NOT_FOUND = 44  # its exit status for errSecItemNotFound
_NOT_ALLOWED_TO_ASK = 36  # for errSecInteractionNotAllowed
_SECURITY_TIMEOUT_S = 3.0
_READ_TIMEOUT_S = 3.0


@dataclass(frozen=True)
class KeyringLook:
    """What was seen. `stored` is about this API host; `readable` if reading the key asks nothing either."""

    backend: str
    locked: bool
    stored: bool
    readable: bool


def look(api_host: str) -> KeyringLook:
    """Look into the keyring. May take as long as its service does: give it a bound. Raises KeyUnavailable."""
    name = backend_name().split(".")[-2]
    if sys.platform == "darwin":
        stored = _in_macos(api_host)
        return KeyringLook(name, locked=False, stored=stored, readable=False)
    if sys.platform == "win32":
        stored = _in_windows(api_host)
        return KeyringLook(name, locked=False, stored=stored, readable=stored)
    locked, stored = _in_secret_service(api_host)
    return KeyringLook(name, locked=locked, stored=stored, readable=stored and not locked)


def _in_secret_service(api_host: str) -> tuple[bool, bool]:
    import secretstorage

    wanted = {"service": entry_name(api_host), "username": USER_NAME}
    try:
        with closing(secretstorage.dbus_init()) as connection:
            locked = secretstorage.Collection(connection).is_locked()
            return locked, any(True for _ in secretstorage.search_items(connection, wanted))
    except secretstorage.exceptions.ItemNotFoundException:
        return False, False  # no collection yet: the first key makes one
    except Exception as error:  # the libraries below raise their own: all become one of five
        raise meaning_of(error) from error


def _in_macos(api_host: str) -> bool:
    asked = subprocess.run(  # noqa: S603 -- the system's own tool, by its full path
        [_SECURITY, "find-generic-password", "-s", entry_name(api_host), "-a", USER_NAME],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=_SECURITY_TIMEOUT_S,
        check=False,
    )
    if asked.returncode == _NOT_ALLOWED_TO_ASK:
        raise KeyringLocked
    if asked.returncode not in (0, _NOT_FOUND):
        raise KeyringDenied
    return asked.returncode == 0


def _in_windows(api_host: str) -> bool:
    try:
        read_api_key(api_host, timeout_s=_READ_TIMEOUT_S)  # Windows never asks
    except NoApiKey:
        return False
    return True

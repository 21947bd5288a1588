"""The MaxoTel API key in the operating system's keyring, one per API host, and nowhere else.

The only file that touches keyring. It never prompts by itself: only reading, storing and deleting may.
"""

from __future__ import annotations

import importlib
import logging
import os
import sys
import threading
from collections.abc import Callable
from typing import Any, Literal

from native_host.errors import (
    HostError,
    KeyringDenied,
    KeyringLocked,
    KeyringTimeout,
    KeyUnavailable,
    NoApiKey,
    NoKeyring,
)

log = logging.getLogger(__name__)

USER_NAME = "API key"

# The backend of each platform, named instead of searched for: the search of keyring runs whatever `gcc` and
# `ld` are on PATH, and may end at a backend that stores plain text.
BACKENDS = {
    "linux": "keyring.backends.SecretService.Keyring",
    "darwin": "keyring.backends.macOS.Keyring",
    "win32": "keyring.backends.Windows.WinVaultKeyring",
}
OVERRIDE_VARIABLE = "PYTHON_KEYRING_BACKEND"

# What the exceptions below keyring mean, by class name: most belong to libraries of other platforms.
_DENIED = frozenset({"KeychainDenied", "SecAuthFailure"})
_LOCKED = frozenset({"KeyringLocked", "LockedException", "PromptDismissedException"})
_NO_KEYRING = frozenset({"NoKeyringError", "SecretServiceNotAvailableException", "InitError", "RuntimeError"})
_DENIED_BY_BUS = "org.freedesktop.DBus.Error.AccessDenied"
_MACOS_STATUS = {
    -25308: KeyringLocked,  # errSecInteractionNotAllowed
    -25307: NoKeyring,  # errSecNoDefaultKeychain
    -25291: NoKeyring,  # errSecNotAvailable
}
_WINDOWS_ERROR = {
    5: KeyringDenied,  # ERROR_ACCESS_DENIED
    1312: NoKeyring,  # ERROR_NO_SUCH_LOGON_SESSION: a service account has no vault
}

_lock = threading.Lock()
_keys: dict[str, str | None] = {}  # what the keyring said, by API host; None: it has no key
_changes: dict[str, int] = {}  # counts up at each change, so that a read that comes late does not undo it
_reading: dict[str, _Task] = {}


class _Task:
    """Work on a daemon thread: the keyring may wait for a person who is not there."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._done = threading.Event()
        self._value: Any = None
        self._error: HostError | None = None
        self._work = work
        threading.Thread(target=self._run, name="keyring", daemon=True).start()

    def _run(self) -> None:
        try:
            self._value = self._work()
        except HostError as error:
            self._error = error
        except Exception as error:  # noqa: BLE001 -- the libraries below raise their own: all become one of five
            self._error = meaning_of(error)
        finally:
            self._done.set()

    @property
    def done(self) -> bool:
        """Whether there is nothing more to wait for."""
        return self._done.is_set()

    def result(self, timeout_s: float) -> Any:
        """What the work gave. Raises what it raised, or KeyringTimeout; the work then goes on by itself."""
        if not self._done.wait(timeout_s):
            raise KeyringTimeout
        if self._error:
            raise self._error
        return self._value


def read_api_key(api_host: str, *, timeout_s: float) -> str:
    """The key for this API host; read from the keyring once per process.

    Raises NoKeyring, KeyringLocked, NoApiKey, KeyringDenied or KeyringTimeout. A read that is late goes on:
    once the person has answered the keyring's prompt, the next call finds the key. No second prompt opens.
    """
    _forbid_memory_images()
    with _lock:
        key = _keys.get(api_host)
        if key is not None:
            return key
        task = _reading.get(api_host)
        if task is None or task.done:
            change = _changes.get(api_host, 0)
            task = _reading[api_host] = _Task(lambda: _read(api_host, change))
    found: str = task.result(timeout_s)
    return found


def store_api_key(api_host: str, api_key: str, *, timeout_s: float) -> None:
    """Keep the key for this API host. Raises NoKeyring, KeyringLocked, KeyringDenied or KeyringTimeout."""
    _forbid_memory_images()
    _Task(lambda: _backend().set_password(entry_name(api_host), USER_NAME, api_key)).result(timeout_s)
    _remember(api_host, api_key)


def delete_api_key(api_host: str, *, timeout_s: float) -> None:
    """Remove the key of this API host; it is no error when there is none. Raises as `store_api_key` does."""
    _Task(lambda: _delete(api_host)).result(timeout_s)
    _remember(api_host, None)


def forget_api_key(api_host: str) -> None:
    """Read the key from the keyring again at the next call: MaxoTel refused the one that is remembered."""
    with _lock:
        _keys.pop(api_host, None)
        _changes[api_host] = _changes.get(api_host, 0) + 1


def key_state(api_host: str) -> Literal["stored", "absent", "unknown"]:
    """What this process knows of the key: `unknown` until the keyring was asked. This never asks it."""
    with _lock:
        if api_host not in _keys:
            return "unknown"
        return "absent" if _keys[api_host] is None else "stored"


def backend_name() -> str:
    """The keyring backend that is used here, for the doctor. Raises NoKeyring on a platform without one."""
    wanted = os.environ.get(OVERRIDE_VARIABLE)
    if wanted is not None and wanted in BACKENDS.values():
        return wanted
    if wanted:
        log.warning("%s names a backend that may not keep keys; it is ignored", OVERRIDE_VARIABLE)
    platform = "linux" if sys.platform.startswith(("linux", "freebsd")) else sys.platform
    if platform not in BACKENDS:
        raise NoKeyring
    return BACKENDS[platform]


def _forbid_memory_images() -> None:
    """Have a crash leave no core file: from now on it would hold the key."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (0, hard))


def _backend() -> Any:
    module, _, name = backend_name().rpartition(".")
    return getattr(importlib.import_module(module), name)()


def entry_name(api_host: str) -> str:
    """The entry's name in the keyring, as a person reads it there."""
    return f"Maxo click-to-call ({api_host})"


def _read(api_host: str, change: int) -> str:
    key = _backend().get_password(entry_name(api_host), USER_NAME)
    with _lock:
        if _changes.get(api_host, 0) == change:
            _keys[api_host] = key or None
    if not key:
        raise NoApiKey
    return str(key)


def _delete(api_host: str) -> None:
    from keyring.errors import PasswordDeleteError

    try:
        _backend().delete_password(entry_name(api_host), USER_NAME)
    except PasswordDeleteError as error:
        # It means "there is none", except where something below says why.
        if error.__cause__ is not None and type(error.__cause__).__name__ != "NotFound":
            raise


def _remember(api_host: str, api_key: str | None) -> None:
    with _lock:
        _keys[api_host] = api_key
        _changes[api_host] = _changes.get(api_host, 0) + 1


def meaning_of(error: Exception) -> KeyUnavailable:
    """Which of the five a library's exception is. The log gets class names only."""
    chain: list[BaseException] = [error]
    while (below := chain[-1].__cause__ or chain[-1].__context__) and below not in chain:
        chain.append(below)
    names = {type(step).__name__ for step in chain}
    log.warning("the keyring failed: %s", " < ".join(type(step).__name__ for step in chain))
    for step in chain:
        status = step.args[0] if step.args and isinstance(step.args[0], int) else None
        if type(step).__name__ == "Error" and status in _MACOS_STATUS:
            return _MACOS_STATUS[status]()
        if getattr(step, "winerror", None) in _WINDOWS_ERROR:
            return _WINDOWS_ERROR[step.winerror]()  # type: ignore[attr-defined]  # just looked at
        if getattr(step, "name", None) == _DENIED_BY_BUS:
            return KeyringDenied()
    if names & _DENIED:
        return KeyringDenied()
    if names & _LOCKED:
        return KeyringLocked()
    if any(isinstance(step, TimeoutError) for step in chain):
        return KeyringTimeout()
    if names & _NO_KEYRING or any(isinstance(step, OSError | ImportError) for step in chain):
        return NoKeyring()
    return KeyringDenied()

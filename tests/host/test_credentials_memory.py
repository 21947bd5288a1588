"""What the process remembers of the key, which backend it asks, and what each failure below means."""

from __future__ import annotations

import sys
import threading

import pytest

from native_host import credentials
from native_host.errors import (
    HostError,
    KeyringDenied,
    KeyringLocked,
    KeyringTimeout,
    NoApiKey,
    NoKeyring,
)

HOST = "myapi.maxo.com.au"
KEY = "key-0123-that-nobody-may-see"


class SlowBackend:
    """Waits for a person, then has the key."""

    def __init__(self) -> None:
        self.answered = threading.Event()
        self.prompts = 0

    def get_password(self, *_: str) -> str:
        self.prompts += 1
        self.answered.wait(20)
        return KEY

    def set_password(self, *_: str) -> None:
        return


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> SlowBackend:
    backend = SlowBackend()
    monkeypatch.setattr(credentials, "_backend", lambda: backend)
    for memory in ("_keys", "_changes", "_reading"):
        monkeypatch.setattr(credentials, memory, {})
    return backend


def test_a_key_is_read_once_a_process_and_again_when_it_was_forgotten(
    slow: SlowBackend,
) -> None:
    slow.answered.set()

    credentials.read_api_key(HOST, timeout_s=20)
    credentials.read_api_key(HOST, timeout_s=20)
    assert slow.prompts == 1

    credentials.forget_api_key(HOST)
    assert credentials.key_state(HOST) == "unknown"
    credentials.read_api_key(HOST, timeout_s=20)
    assert slow.prompts == 2


def test_a_prompt_that_waits_is_opened_once_and_its_late_answer_is_used(slow: SlowBackend) -> None:
    for _ in range(3):
        with pytest.raises(KeyringTimeout):
            credentials.read_api_key(HOST, timeout_s=0.05)
    slow.answered.set()

    assert credentials.read_api_key(HOST, timeout_s=20) == KEY
    assert slow.prompts == 1
    assert credentials.key_state(HOST) == "stored"


def test_a_late_read_does_not_undo_a_key_stored_meanwhile(slow: SlowBackend) -> None:
    with pytest.raises(KeyringTimeout):
        credentials.read_api_key(HOST, timeout_s=0.05)
    credentials.store_api_key(HOST, "a-newer-key", timeout_s=20)
    slow.answered.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join(10)

    assert credentials.read_api_key(HOST, timeout_s=20) == "a-newer-key"


def exception(
    kind: str, /, *arguments: object, below: Exception | None = None, **fields: object
) -> Exception:
    made: Exception = type(kind, (Exception,), fields)(*arguments)
    made.__cause__ = below
    return made


@pytest.mark.parametrize(
    ("raised", "meaning"),
    [
        (exception("KeyringLocked", below=exception("KeychainDenied", -128, "denied")), KeyringDenied),
        (exception("KeyringError", below=exception("SecAuthFailure", -25293)), KeyringDenied),
        (exception("KeyringError", below=exception("Error", -25308, "Unknown Error")), KeyringLocked),
        (exception("KeyringError", below=exception("Error", -25307, "Unknown Error")), NoKeyring),
        (exception("error", winerror=5), KeyringDenied),
        (exception("error", winerror=1312), NoKeyring),
        (exception("DBusErrorResponse", name="org.freedesktop.DBus.Error.AccessDenied"), KeyringDenied),
        (exception("LockedException"), KeyringLocked),
        (exception("InitError", below=exception("PromptDismissedException")), KeyringLocked),
        (exception("SecretServiceNotAvailableException"), NoKeyring),
        (exception("SomethingNew"), KeyringDenied),
        (TimeoutError(), KeyringTimeout),
        (FileNotFoundError(), NoKeyring),
        (ModuleNotFoundError(), NoKeyring),
    ],
)
def test_each_exception_below_becomes_one_of_the_five(
    raised: Exception, meaning: type[HostError], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing:
        def set_password(self, *_: str) -> None:
            raise raised

    monkeypatch.setattr(credentials, "_backend", Failing)

    with pytest.raises(meaning):
        credentials.store_api_key(HOST, KEY, timeout_s=20)


def test_no_key_is_not_remembered_for_good(slow: SlowBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow, "get_password", lambda *_: None)
    with pytest.raises(NoApiKey):
        credentials.read_api_key(HOST, timeout_s=20)
    monkeypatch.setattr(slow, "get_password", lambda *_: KEY)

    assert credentials.read_api_key(HOST, timeout_s=20) == KEY


# -- which backend


def test_an_override_that_names_an_allowed_backend_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(credentials.OVERRIDE_VARIABLE, "keyring.backends.macOS.Keyring")

    assert credentials.backend_name() == "keyring.backends.macOS.Keyring"


@pytest.mark.parametrize(
    ("platform", "module"), [("linux", "SecretService"), ("darwin", "macOS"), ("win32", "Windows")]
)
def test_each_platform_has_its_own_backend_and_keyring_has_it(
    platform: str, module: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(credentials.OVERRIDE_VARIABLE, raising=False)
    monkeypatch.setattr(sys, "platform", platform)
    name = credentials.backend_name()
    monkeypatch.undo()

    assert name.split(".")[-2] == module


def test_a_platform_without_a_keyring_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "plan9")
    with pytest.raises(NoKeyring):
        credentials.backend_name()

"""The doctor's checks run side by side, each within its bound, and the keyring is never made to ask."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from native_host import keyring_look
from native_host.account import Account
from native_host.doctor import examination, key_lines
from native_host.doctor.bounded import Check, run_all
from native_host.doctor.examination import diagnose
from native_host.doctor.findings import Finding
from native_host.errors import KeyringLocked, NoKeyring
from native_host.keyring_look import KeyringLook, look
from tests.e2e.desktop import Desktop
from tests.host.machines import a_machine
from tests.host.placing import KEY
from tests.maxo_stand_in import StandIn

WELL = Finding("settings", "ok", "Well.")


def test_findings_keep_the_order_of_their_checks() -> None:
    later = threading.Event()

    def slow() -> list[Finding]:
        assert later.wait(5)
        return [WELL]

    def quick() -> list[Finding]:
        later.set()
        return [Finding("key", "ok", "Well.")]

    found = run_all([Check("settings", "A", slow, 5), Check("key", "B", quick, 5)])

    assert [one.about for one in found] == ["settings", "key"]


def test_a_check_that_hangs_costs_its_own_line_only() -> None:
    forever = threading.Event()

    found = run_all(
        [
            Check("keyring", "The keyring", lambda: [WELL] if forever.wait() else [], 0.2),
            Check("settings", "The settings", lambda: [WELL], 5),
        ]
    )
    forever.set()

    text = "The keyring could not be examined within 0.2 s. Try again in a moment."
    assert found == [Finding("keyring", "warning", text), WELL]


def test_a_check_that_makes_a_mistake_costs_its_own_line_only() -> None:
    found = run_all(
        [Check("api", "The way", lambda: [WELL] * (1 // 0), 5), Check("s", "S", lambda: [WELL], 5)]
    )

    assert [(one.about, one.state) for one in found] == [("api", "warning"), ("settings", "ok")]


def test_the_host_has_the_doctors_lines_as_plain_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_CONFIG_HOME", "XDG_STATE_HOME", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.setattr(examination, "this_machine", lambda: a_machine(tmp_path))
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")

    found = diagnose(Account(lambda base_url: pytest.fail(f"{base_url} was asked about a key")))

    assert [one.about for one in found] == ["registration", "settings", "keyring", "api"]
    assert all(isinstance(one.text, str) and one.text.endswith(".") for one in found)
    assert examination.LONGEST_S > examination.API_BOUND_S


# -- the keyring


@pytest.fixture(scope="module")
def desktop() -> Iterator[Desktop]:
    private = Desktop()
    try:
        yield private
    finally:
        private.close()


@pytest.fixture
def in_desktop(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> Desktop:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
    return desktop


@pytest.fixture
def never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail when anything asks for a locked keyring to be opened: on a desktop that is a window."""
    import secretstorage.util

    monkeypatch.setattr(secretstorage.util, "exec_prompt", lambda *_: pytest.fail("the keyring was prompted"))


def test_the_keyring_is_looked_into_without_a_question(in_desktop: Desktop, never_opened: None) -> None:
    from native_host.credentials import delete_api_key, store_api_key

    assert look("api.example") == KeyringLook("SecretService", locked=False, stored=False, readable=False)

    store_api_key("api.example", KEY, timeout_s=10)
    assert look("api.example") == KeyringLook("SecretService", locked=False, stored=True, readable=True)
    assert not look("other.example").stored

    in_desktop.lock_keyring()
    try:
        assert look("api.example") == KeyringLook("SecretService", locked=True, stored=True, readable=False)
    finally:
        in_desktop.unlock_keyring()
    delete_api_key("api.example", timeout_s=10)


def test_a_machine_without_a_keyring_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/none")

    with pytest.raises(NoKeyring):
        look("api.example")


def test_a_bus_that_never_answers_ends_as_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/silent")
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "silent"))
        silent.listen()

        found = run_all(
            [Check("keyring", "The keyring", lambda: key_lines.keyring_lines("https://api.example/"), 3)]
        )

    assert [(one.about, one.state) for one in found] in (
        [("keyring", "warning")],  # the bound
        [("keyring", "fault")],  # the bus library's own
    )


def refuse() -> NoReturn:
    raise KeyringLocked


@pytest.mark.parametrize("locked", [True, False])
def test_the_key_is_tried_only_where_reading_it_asks_nothing(
    locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = KeyringLook("SecretService", locked=locked, stored=True, readable=not locked)
    monkeypatch.setattr(keyring_look, "look", lambda _: seen)
    monkeypatch.setattr(Account, "key", lambda *_: refuse())
    with StandIn() as maxo:
        line = key_lines.api_line(Account(), maxo.url)

    assert ("The key was not tried." in line.text) == locked
    assert maxo.calls == []

"""The doctor names each thing that is wrong, in a private session with a real keyring."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from native_host import HOST_NAME
from tests.host.terminal import Terminal, open_terminal


@pytest.fixture
def maxo_call() -> Iterator[Terminal]:
    with open_terminal() as terminal:
        terminal.set_up()
        terminal("register", "--browser", "chromium", "--browser", "firefox")
        yield terminal


def manifest(maxo_call: Terminal) -> Path:
    return maxo_call.desktop.home / ".config" / "chromium" / "NativeMessagingHosts" / f"{HOST_NAME}.json"


def findings(maxo_call: Terminal, *words: str) -> list[dict[str, Any]]:
    said = maxo_call("doctor", "--json", *words)
    assert said.err == ""
    found: list[dict[str, Any]] = json.loads(said.out)
    assert said.code == (1 if any(one["state"] == "fault" for one in found) else 0)
    return found


def faults(maxo_call: Terminal) -> list[tuple[str, str | None]]:
    return [(one["about"], one["browser"]) for one in findings(maxo_call) if one["state"] == "fault"]


def test_where_all_is_well_each_part_has_a_line_that_says_so(maxo_call: Terminal) -> None:
    said = maxo_call("doctor")

    assert said.code == 0
    assert all(line.startswith("ok ") for line in said.out.splitlines())
    assert [(one["about"], one["browser"]) for one in findings(maxo_call)] == [
        ("registration", "chromium"),
        ("host", "chromium"),
        ("registration", "firefox"),
        ("host", "firefox"),
        ("settings", None),
        ("keyring", None),
        ("key", None),
        ("api", None),
    ]
    assert maxo_call.maxo.calls == []


def test_a_browser_that_was_used_but_does_not_know_the_host_is_named(maxo_call: Terminal) -> None:
    (maxo_call.desktop.home / ".config" / "vivaldi").mkdir()

    assert faults(maxo_call) == [("registration", "vivaldi")]
    assert "maxo-call register --browser vivaldi" in maxo_call("doctor").out


def test_a_profile_of_its_own_is_looked_at_when_it_is_given(maxo_call: Terminal, tmp_path: Path) -> None:
    profile = ("--user-data-dir", str(tmp_path))
    assert [one["browser"] for one in findings(maxo_call, *profile) if one["state"] == "fault"] == [
        "chromium"
    ]

    maxo_call("register", *profile)
    assert not [one for one in findings(maxo_call, *profile) if one["state"] == "fault"]


@pytest.mark.parametrize(
    ("change", "about"),
    [
        (None, "registration"),
        ({"path": "/nowhere/maxo-host"}, "program"),
        ({"path": "maxo-host"}, "program"),
        ({"path": "/etc"}, "program"),
        ({"path": "/etc/passwd"}, "program"),
        ({"allowed_origins": ["chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"]}, "extension_id"),
        ({"allowed_origins": []}, "registration"),
        ({"allowed_origins": ["chrome-extension://*/"]}, "registration"),
        ({"path": "/bin/true"}, "host"),
        ({"path": "/bin/cat"}, "host"),
    ],
)
def test_a_manifest_that_does_not_work_is_named(
    maxo_call: Terminal, change: dict[str, object] | None, about: str
) -> None:
    whole = json.loads(manifest(maxo_call).read_text())
    manifest(maxo_call).write_text("{" if change is None else json.dumps(whole | change))

    assert faults(maxo_call) == [(about, "chromium")]

    said = maxo_call("doctor", "--repair")
    assert said.code == 0, said.out
    assert faults(maxo_call) == []


def test_what_is_missing_for_a_call_is_named(maxo_call: Terminal) -> None:
    maxo_call("key", "delete")
    maxo_call("settings", "set", "phones", "[]")

    assert faults(maxo_call) == [("settings", None), ("key", None)]


def test_a_settings_file_that_was_set_aside_is_named(maxo_call: Terminal) -> None:
    [settings] = maxo_call.desktop.home.rglob("settings.toml")
    settings.write_text("phones = [")

    assert ("settings", None) in faults(maxo_call)


def test_a_locked_keyring_is_named(maxo_call: Terminal) -> None:
    maxo_call.desktop.lock_keyring()

    assert faults(maxo_call) == [("keyring", None)]


def test_a_refused_key_is_named(maxo_call: Terminal) -> None:
    maxo_call.maxo.behave("status", status=401, times=2)

    assert faults(maxo_call) == [("api", None)]
    assert "refused the key" in maxo_call("doctor").out


def test_a_network_that_wants_a_login_is_a_warning(maxo_call: Terminal) -> None:
    maxo_call.maxo.behave("html")

    assert [one["about"] for one in findings(maxo_call) if one["state"] == "warning"] == ["api"]


def test_an_api_that_cannot_be_reached_is_named_with_and_without_a_key(maxo_call: Terminal) -> None:
    maxo_call("settings", "set", "api_base_url", "http://127.0.0.1:9/")  # the discard port: nobody listens
    assert faults(maxo_call) == [("key", None), ("api", None)]

    maxo_call("key", "set", "--stdin", stdin="a-key\n")
    assert faults(maxo_call) == [("api", None)]

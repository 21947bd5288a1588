"""`maxo-call`: key, settings, browsers, and what it does when it is misused."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from native_host import cli, english_texts
from tests.host.terminal import ROOT, TIMEOUT_S, Said, Terminal, open_terminal

CONTRACT = json.loads((ROOT / "tests" / "contract" / "messages.json").read_text())


@pytest.fixture(scope="module")
def session() -> Iterator[Terminal]:
    with open_terminal() as terminal:
        terminal.set_up()
        yield terminal


@pytest.fixture
def maxo_call(session: Terminal, tmp_path: Path) -> Terminal:
    """The same keyring and settings, but a new record of calls: no test holds up the next."""
    session.maxo.forget()
    session.environment["XDG_STATE_HOME"] = str(tmp_path)
    return session


# -- key


def test_a_key_is_stored_deleted_and_checked_without_a_call(maxo_call: Terminal) -> None:
    checked = maxo_call("key", "check")
    assert (checked.code, checked.err) == (0, "")
    assert "did not refuse the key" in checked.out

    assert maxo_call("key", "delete").code == 0
    missing = maxo_call("call", "131234")
    assert (missing.code, missing.sentences) == (1, ["Not called. " + english_texts.OUTCOMES["no_api_key"]])

    assert maxo_call("key", "set", "--stdin", stdin="wrong-key\n").code == 0
    refused = maxo_call("key", "check")
    assert refused.code == 1
    assert "refused the key" in refused.err

    assert maxo_call("key", "set", "--stdin", stdin=f"  {maxo_call.maxo.valid_key}\r\n").code == 0
    assert maxo_call("key", "check").code == 0
    assert maxo_call.maxo.calls == []


def test_a_key_can_be_no_argument(maxo_call: Terminal) -> None:
    assert maxo_call("key", "set", "some-key").code == 2


@pytest.mark.parametrize("stdin", ["", "\n", "two words\n", "k\x00y\n", "schlüssel\n"])
def test_a_text_that_is_no_key_is_not_stored(maxo_call: Terminal, stdin: str) -> None:
    said = maxo_call("key", "set", "--stdin", stdin=stdin)

    assert said.code == 1
    assert len(said.sentences) == 1
    assert maxo_call("key", "check").code == 0  # the old one is still there


def test_a_key_that_is_typed_is_not_shown(maxo_call: Terminal) -> None:
    controller, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "native_host.cli", "key", "set"],
        env=maxo_call.environment,
        cwd=ROOT,
        stdin=terminal,
        stdout=terminal,
        stderr=terminal,
        start_new_session=True,
    )
    os.close(terminal)
    shown = b""
    try:
        while b"API key" not in shown:
            shown += os.read(controller, 1024)
        os.write(controller, f"{maxo_call.maxo.valid_key}\n".encode())
        assert process.wait(TIMEOUT_S) == 0
        shown += os.read(controller, 1024)
    finally:
        process.kill()
        process.wait()
        os.close(controller)

    assert b"stored" in shown
    assert maxo_call.maxo.valid_key.encode() not in shown


# -- settings


def test_a_setting_is_set_shown_and_refused(maxo_call: Terminal) -> None:
    assert maxo_call("settings", "set", "area_code", "02").code == 0
    assert maxo_call("settings", "get", "area_code").out == "02\n"
    assert json.loads(maxo_call("settings", "show").out)["area_code"] == "02"

    refused = maxo_call("settings", "set", "area_code", "banana")
    assert (refused.code, len(refused.sentences)) == (1, 1)
    assert maxo_call("settings", "get", "area_code").out == "02\n"

    assert maxo_call("settings", "set", "area_code", "null").code == 0
    assert maxo_call("settings", "get", "area_code").out == "null\n"


def test_the_default_phone_is_a_text_though_it_looks_like_a_number(maxo_call: Terminal) -> None:
    assert maxo_call("settings", "set", "default_phone", "101") == Said(0, "", "")
    assert json.loads(maxo_call("settings", "get", "phones").out)[0]["number"] == "101"


@pytest.mark.parametrize("url", ["http://example.com/", "https://example.com/", "ftp://127.0.0.1/", "x"])
def test_a_key_is_never_sent_to_an_address_that_is_not_maxotels(maxo_call: Terminal, url: str) -> None:
    refused = maxo_call("settings", "set", "api_base_url", url)

    assert (refused.code, len(refused.sentences)) == (1, 1)
    assert maxo_call("settings", "get", "api_base_url").out == f"{maxo_call.maxo.url}\n"


def test_phones_that_are_no_json_are_refused(maxo_call: Terminal) -> None:
    assert maxo_call("settings", "set", "phones", "101").code == 1
    assert maxo_call("settings", "set", "phones", "[101").sentences == ["The value of phones is not JSON."]


# -- browsers


def test_browsers_are_registered_and_unregistered(maxo_call: Terminal, tmp_path: Path) -> None:
    profile = ("--browser", "chromium", "--user-data-dir", str(tmp_path / "profile"))
    manifest = tmp_path / "profile" / "NativeMessagingHosts" / "au.com.maxo.click_to_call.json"

    registered = maxo_call("register", *profile)
    assert (registered.code, registered.out) == (0, f"Chromium: registered in {manifest}\n")
    assert "already registered" in maxo_call("register", *profile).out
    assert manifest.exists()

    assert maxo_call("unregister", *profile).out == f"Chromium: unregistered; removed {manifest}\n"
    assert not manifest.exists()


def test_without_any_browser_there_is_nothing_to_register(maxo_call: Terminal) -> None:
    assert maxo_call("register").sentences == ["No browser of this user was found. Name one by --browser."]
    assert maxo_call("unregister") == Said(0, "No browser was registered.\n", "")


@pytest.mark.parametrize("command", ["register", "unregister"])
def test_for_all_users_and_for_one_profile_folder_do_not_go_together(
    maxo_call: Terminal, command: str, tmp_path: Path
) -> None:
    said = maxo_call(command, "--system", "--user-data-dir", str(tmp_path / "profile"))

    assert (said.code, len(said.sentences)) == (1, 1)
    assert not (tmp_path / "profile").exists()


def test_a_folder_that_cannot_be_written_is_named(maxo_call: Terminal, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    said = maxo_call("register", "--user-data-dir", str(tmp_path / "file"))

    assert said.code == 1
    assert len(said.sentences) == 1
    assert str(tmp_path / "file") in said.err


# -- the command line itself


@pytest.mark.parametrize(
    "words", [(), ("call",), ("settings", "set", "nonsense", "1"), ("register", "--browser", "x")]
)
def test_a_misused_command_says_how_it_is_used(maxo_call: Terminal, words: tuple[str, ...]) -> None:
    said = maxo_call(*words)

    assert said.code == 2
    assert said.err.startswith("usage: maxo-call")


def test_a_mistake_of_ours_is_a_sentence_and_its_traceback_is_in_the_log(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setitem(cli.COMMANDS, "settings show", lambda _: 1 // 0)

    assert cli.main(["settings", "show"]) == 1
    assert capsys.readouterr().err == "maxo-call made a mistake. It is in its log.\n"
    assert any("ZeroDivisionError" in file.read_text() for file in tmp_path.rglob("*.log"))


def test_every_code_of_the_contract_has_its_sentence() -> None:
    outcomes = {code for codes in CONTRACT["outcome_codes"].values() for code in codes}
    reasons = {code for codes in CONTRACT["reasons"].values() for code in codes}

    assert outcomes == english_texts.OUTCOMES.keys()
    assert reasons == english_texts.REASONS.keys()
    assert set(CONTRACT["notes"]) == english_texts.NOTES.keys()

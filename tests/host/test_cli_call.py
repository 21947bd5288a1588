"""`maxo-call call`: what it says, what it sends, and how each end of a call reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from native_host import english_texts
from tests.host.terminal import Terminal, open_terminal


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


def test_a_call_says_what_it_dials_and_sends_it_once(maxo_call: Terminal) -> None:
    said = maxo_call("call", "(02) 9999 8888")

    assert said.code == 0
    assert said.out.splitlines() == [
        "101 rings, then dials 0299998888 ((02) 9999 8888, NSW/ACT).",
        "Queued: 101 is about to ring.",
    ]
    [request] = maxo_call.maxo.requests
    assert (request.method, request.path, request.query) == ("POST", "/calls/initiate/", "")
    assert request.body == {
        "key": maxo_call.maxo.valid_key,
        "origin": "101",
        "destination": "0299998888",
        "autoAnswer": 1,
    }


def test_a_dry_run_sends_nothing(maxo_call: Terminal) -> None:
    said = maxo_call("call", "131234", "--dry-run")

    assert said.code == 0
    assert "131234" in said.out
    assert maxo_call.maxo.requests == []


def test_an_emergency_number_is_refused(maxo_call: Terminal) -> None:
    said = maxo_call("call", "000", "--yes")

    assert said.code == 1
    assert said.sentences == ["Not called. " + english_texts.REASONS["emergency"]]
    assert maxo_call.maxo.requests == []


def test_a_call_that_needs_confirmation_is_not_made_by_a_script_without_it(maxo_call: Terminal) -> None:
    number = "+44 20 7946 0018"

    refused = maxo_call("call", number)
    assert refused.code == 1
    assert "--yes" in refused.err
    assert maxo_call.maxo.requests == []

    assert maxo_call("call", number, "--yes").code == 0
    assert [request.parameters["destination"] for request in maxo_call.maxo.calls] == ["0011442079460018"]


def test_a_text_that_is_no_number_is_said_to_be_none(maxo_call: Terminal) -> None:
    said = maxo_call("call", "*21*0299998888#")

    assert said.code == 1
    assert len(said.sentences) == 1
    assert maxo_call.maxo.requests == []


def test_a_phone_that_is_not_set_up_does_not_ring(maxo_call: Terminal) -> None:
    said = maxo_call("call", "131234", "--phone", "999")

    assert said.code == 1
    assert maxo_call.maxo.requests == []


@pytest.mark.parametrize(
    ("kind", "status", "code", "sentence"),
    [
        ("unavailable", 404, 1, "Not called. " + english_texts.OUTCOMES["phone_unavailable"]),
        ("status", 401, 1, "Not called. " + english_texts.OUTCOMES["api_key_refused"]),
        ("redirect", 307, 1, "Not called. " + english_texts.OUTCOMES["redirected"]),
        ("html", 200, 3, f"{english_texts.OUTCOMES['unexpected_answer']} {english_texts.UNKNOWN_HINT}"),
        (
            "drop_after_reading",
            None,
            3,
            f"{english_texts.OUTCOMES['connection_lost']} {english_texts.UNKNOWN_HINT}",
        ),
    ],
)
def test_each_end_of_a_call_is_one_sentence_and_an_exit_code(
    maxo_call: Terminal, kind: str, status: int | None, code: int, sentence: str
) -> None:
    maxo_call.maxo.behave(kind, status=status)  # type: ignore[arg-type]  # the table's words

    said = maxo_call("call", "131234")

    assert (said.code, said.sentences) == (code, [sentence])
    assert len(maxo_call.maxo.requests) == 1

"""`maxo-call history`: the calls placed, for a person and for programs."""

import csv
import io
import json
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from native_host.history_output import COLUMNS, NOTHING, formatted
from native_host.protocol import ListedCall
from tests.host.terminal import Terminal, open_terminal

STARTED = 1_795_000_000.25
SYDNEY = ListedCall(
    7, "6f1c1f5e-54a9-4a37-9d5b-2f0c7d1f3a10", STARTED, "0299998888", "(02) 9999 8888", "fixed_line", "AU",
    "101", "queued", None,
)  # fmt: skip
INMARSAT = ListedCall(
    6, "0b6f9f6e-8a64-4e3c-9d35-0c6a55b9b1a4", STARTED - 3600, "0011870773111632", "+870 773 111 632",
    "satellite", None, "107", "unknown", "host_stopped",
)  # fmt: skip


@pytest.fixture(autouse=True)
def sydney_time(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Australia/Sydney")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_person_reads_when_what_was_called_from_where_and_how_it_ended() -> None:
    assert formatted([SYDNEY, INMARSAT], "text").splitlines() == [
        "2026-11-18 22:06  (02) 9999 8888        from 101     sent",
        "2026-11-18 21:06  +870 773 111 632      from 107     not known (host_stopped)",
    ]
    assert formatted([], "text") == NOTHING + "\n"


def test_programs_get_every_field_and_times_with_their_offset() -> None:
    as_json = json.loads(formatted([SYDNEY, INMARSAT], "json"))
    as_csv = list(csv.DictReader(io.StringIO(formatted([SYDNEY, INMARSAT], "csv"))))

    assert as_json[0]["started"] == "2026-11-18T22:06:40+11:00"
    assert datetime.fromisoformat(as_json[0]["started"]).timestamp() == int(STARTED)
    assert list(as_json[0]) == list(as_csv[0]) == list(COLUMNS)
    assert (as_json[1]["country"], as_csv[1]["country"]) == (None, "")
    assert as_csv[1]["display"] == "+870 773 111 632"
    assert formatted([], "json") == "[]\n"
    assert formatted([], "csv") == ",".join(COLUMNS) + "\n"


@pytest.fixture(scope="module")
def session() -> Iterator[Terminal]:
    with open_terminal() as terminal:
        terminal.set_up()
        yield terminal


@pytest.fixture
def maxo_call(session: Terminal, tmp_path: Path) -> Terminal:
    session.maxo.forget()
    session.environment["XDG_STATE_HOME"] = str(tmp_path)
    return session


def test_the_calls_placed_are_shown_found_exported_and_forgotten(maxo_call: Terminal) -> None:
    for number in ("13 12 34", "(02) 9999 8888", "0412 345 678"):
        assert maxo_call("call", number).code == 0

    shown = maxo_call("history")
    assert (shown.code, shown.err) == (0, "")
    assert [line.split("  ")[1] for line in shown.out.splitlines()] == [
        "0412 345 678",
        "(02) 9999 8888",
        "13 12 34",
    ]
    assert len(maxo_call("history", "--limit", "1").out.splitlines()) == 1
    assert "13 12 34" in maxo_call("history", "--search", "1312").out
    assert "9999" not in maxo_call("history", "--search", "1312").out
    assert [call["outcome"] for call in json.loads(maxo_call("history", "--json").out)] == ["queued"] * 3
    assert len(maxo_call("history", "--csv").out.splitlines()) == 4
    assert maxo_call("history", "--clear").out == "3 calls were forgotten.\n"
    assert maxo_call("history").out == NOTHING + "\n"
    assert maxo_call("call", "0412 345 678").code == 1  # the guard still knows it


@pytest.mark.parametrize(
    "words", [("--limit", "0"), ("--limit", "x"), ("--json", "--csv"), ("--csv", "--clear")]
)
def test_what_cannot_be_is_said_as_misuse(maxo_call: Terminal, words: tuple[str, ...]) -> None:
    assert maxo_call("history", *words).code == 2

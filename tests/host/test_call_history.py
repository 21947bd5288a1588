"""The calls that a person may read: their pages, what is found, what is forgotten, and what never is."""

import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from native_host.call_history import HISTORY_KEPT_S, PENDING_AT_MOST_S
from native_host.call_records import CallRecord
from native_host.journal import Journal
from native_host.protocol import ListedCall
from tests.host.call_records import LONDON, SYDNEY, Clock, go_ahead, new, placed, rows

MOBILE = replace(SYDNEY, destination="0412345678", display="0412 345 678", kind="mobile")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.sqlite3"


@pytest.fixture
def journal(path: Path, clock: Clock) -> Journal:
    return Journal(path, now=clock)


def listed(journal: Journal, search: str | None = None, **more: object) -> list[str]:
    asked = {"history": "for_ever", "limit": 50, "before": None, "search": search, **more}
    return [call.attempt for call in journal.calls(**asked)]  # type: ignore[arg-type]  # the fields are its own


def test_a_call_is_listed_with_all_that_was_shown_of_it_and_how_it_ended(
    journal: Journal, clock: Clock
) -> None:
    call = placed(journal, LONDON, "failed", "phone_unavailable")

    assert journal.calls(history="30_days", limit=1) == [
        ListedCall(
            1, call.attempt, clock.now, "0011442079460018", LONDON.display, "fixed_line", "GB", "101",
            "failed", "phone_unavailable",
        )
    ]  # fmt: skip


def test_calls_come_latest_first_and_page_by_page_whatever_the_clock_says(
    journal: Journal, clock: Clock
) -> None:
    attempts = []
    for step_s in (10, -500, 0, 20, 0):
        clock.now += step_s
        attempts.append(placed(journal).attempt)
    attempts.reverse()
    first = journal.calls(history="for_ever", limit=2)
    placed(journal)

    assert [call.attempt for call in first] == attempts[:2]
    assert listed(journal, before=first[-1].number, limit=2) == attempts[2:4]
    assert listed(journal, before=1) == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("9999 8888", ["sydney"]),
        ("(02)", ["mobile", "sydney"]),
        ("02", ["mobile", "sydney"]),
        ("7946", ["london"]),
        ("+44 20 7946 0018", ["london"]),
        ("0412-345", ["mobile"]),
        ("%", []),
        ("_", []),
        ("!", []),
        ("' OR 1=1 --", []),
        ("half a character: \ud800", []),
        ("x", []),
        ("", ["mobile", "london", "sydney"]),
    ],
)
def test_a_call_is_found_by_a_part_of_its_number_however_written(
    journal: Journal, search: str, found: list[str]
) -> None:
    london = replace(LONDON, display="+44 20 7946 0018")
    calls = {"sydney": SYDNEY, "london": london, "mobile": replace(MOBILE, destination="0412345602")}
    names = {placed(journal, call).attempt: name for name, call in calls.items()}

    assert [names[attempt] for attempt in listed(journal, search)] == found


def test_a_call_whose_host_was_killed_is_listed_as_unknown_also_when_its_attempt_is_forgotten(
    journal: Journal, path: Path, clock: Clock
) -> None:
    call = new()
    journal.begin(call, go_ahead)
    assert [(call.outcome, call.code) for call in journal.calls(history="for_ever", limit=1)] == [
        ("pending", None)
    ]

    clock.now += PENDING_AT_MOST_S
    for forgotten in ("SELECT 1", "DELETE FROM attempts"):
        rows(path, forgotten)
        (listed_call,) = journal.calls(history="for_ever", limit=1)
        assert (listed_call.outcome, listed_call.code) == ("unknown", "host_stopped")


def test_calls_of_private_windows_and_without_history_are_never_listed(journal: Journal) -> None:
    placed(journal, replace(SYDNEY, private=True))
    placed(journal, replace(SYDNEY, history="off"))

    assert listed(journal) == []


@pytest.mark.parametrize(
    ("history", "kept"), [("off", 0), ("session", 1), ("30_days", 2), ("for_ever", 3)], ids=str
)
def test_what_the_setting_no_longer_keeps_is_forgotten_when_it_is_looked_at(
    journal: Journal, path: Path, clock: Clock, history: str, kept: int
) -> None:
    placed(journal, replace(SYDNEY, history="for_ever"))
    clock.now += HISTORY_KEPT_S + 1
    placed(journal, replace(SYDNEY, history="for_ever"))
    placed(journal, replace(SYDNEY, history="for_ever", private=True))
    add_of_this_session(journal)

    assert len(journal.calls(history=history, limit=50)) == kept
    assert len(rows(path, "SELECT * FROM calls")) == kept


def add_of_this_session(journal: Journal) -> None:
    """A call under the setting `session`, which would itself forget what that setting does not keep."""
    call = new(replace(MOBILE, history="session"))
    journal._file.transaction(
        lambda database, _: database.execute(
            "INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', NULL, ?)",
            (
                call.attempt,
                journal._now(),
                call.destination,
                call.display,
                call.kind,
                "AU",
                "101",
                os.getpid(),
            ),
        )
    )


def test_the_calls_of_a_session_are_forgotten_when_looked_at_after_the_browser_has_ended(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    browser = subprocess.Popen(["true"])
    monkeypatch.setattr(os, "getppid", lambda: browser.pid)
    placed(journal, replace(SYDNEY, history="session"))
    assert len(listed(journal, history="session")) == 1
    browser.wait()
    clock.now += 1
    assert listed(journal, history="session") == []


def test_cleared_calls_are_gone_and_overwritten_but_the_guard_knows_its_attempts(
    journal: Journal, path: Path
) -> None:
    call: CallRecord = placed(journal, LONDON)
    placed(journal)

    assert journal.clear_calls() == 2
    assert journal.clear_calls() == 0
    assert listed(journal) == []
    assert b"99998888" not in path.read_bytes()
    facts = journal.facts(LONDON.destination, "GB")
    assert (facts.repeated, facts.calls_last_day, facts.international_last_day) == (True, 2, 1)
    assert facts.country_confirmed
    known = journal.begin(call, go_ahead)
    assert known is not None
    assert known.state == "queued"


def test_where_only_memory_is_left_calls_are_listed_and_cleared_there(journal: Journal, path: Path) -> None:
    path.parent.write_text("a file where the folder should be")
    call = placed(journal)

    assert listed(journal) == [call.attempt]
    assert journal.clear_calls() == 1
    assert listed(journal) == []

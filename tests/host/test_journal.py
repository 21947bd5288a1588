"""The record of calls: every attempt once and with its true end, what the guard counts, what is kept."""

import os
import subprocess
import uuid
from dataclasses import replace
from pathlib import Path

import pytest

from native_host.call_history import HISTORY_KEPT_S, PENDING_AT_MOST_S
from native_host.call_records import CallRecord, GuardFacts
from native_host.calls import CALL_DEADLINE_S
from native_host.errors import ConfirmationNeeded
from native_host.journal import ATTEMPTS_KEPT_S, CIRCUIT_OPEN_S, MINUTE_S, REPEATED_WITHIN_S, Journal
from tests.host.call_records import LONDON, SYDNEY, Clock, go_ahead, new, placed, rows


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.sqlite3"


@pytest.fixture
def journal(path: Path, clock: Clock) -> Journal:
    return Journal(path, now=clock)


# -- attempts


def test_an_attempt_is_recorded_before_it_is_sent_and_with_its_outcome_after(journal: Journal) -> None:
    call = new()
    assert journal.find(call.attempt, call.destination) is None
    assert journal.begin(call, go_ahead) is None
    under_way = journal.find(call.attempt, call.destination)
    journal.finish(call.attempt, "failed", "phone_unavailable")
    ended = journal.find(call.attempt, call.destination)

    assert under_way is not None
    assert (under_way.state, under_way.code, under_way.phone) == ("pending", None, "101")
    assert ended is not None
    assert (ended.state, ended.code) == ("failed", "phone_unavailable")


def test_the_same_attempt_is_begun_once_and_knows_its_destination(journal: Journal) -> None:
    call = placed(journal)
    again = journal.begin(call, go_ahead)
    other = journal.begin(replace(call, destination="0412345678"), go_ahead)

    assert again is not None
    assert again.same_destination
    assert other is not None
    assert not other.same_destination


def test_a_call_that_is_stopped_by_its_rules_is_not_recorded(journal: Journal, path: Path) -> None:
    def stop(_: GuardFacts) -> bool:
        raise ConfirmationNeeded

    call = new()
    with pytest.raises(ConfirmationNeeded):
        journal.begin(call, stop)
    assert journal.find(call.attempt, call.destination) is None
    assert rows(path, "SELECT * FROM calls") == []


def test_an_attempt_that_never_came_is_closed_for_good(journal: Journal, path: Path) -> None:
    call = new()
    settled = journal.settle(call.attempt)

    assert (settled.state, settled.code, settled.phone) == ("failed", "not_received", None)
    assert Journal(path).begin(call, go_ahead) == settled


def test_an_attempt_is_pending_only_as_long_as_a_call_can_take(journal: Journal, clock: Clock) -> None:
    assert PENDING_AT_MOST_S > CALL_DEADLINE_S
    call = new()
    journal.begin(call, go_ahead)

    clock.now += PENDING_AT_MOST_S - 1
    assert journal.settle(call.attempt).state == "pending"
    clock.now += 1
    assert (journal.settle(call.attempt).state, journal.settle(call.attempt).code) == (
        "unknown",
        "host_stopped",
    )
    clock.now -= PENDING_AT_MOST_S + 60  # a clock that was set back
    assert journal.settle(call.attempt).state == "unknown"


def test_a_late_outcome_replaces_what_was_only_supposed(journal: Journal, clock: Clock) -> None:
    call = new()
    journal.begin(call, go_ahead)
    clock.now += PENDING_AT_MOST_S
    assert journal.settle(call.attempt).state == "unknown"

    journal.finish(call.attempt, "queued", None)
    assert journal.settle(call.attempt).state == "queued"


def test_the_attempt_of_a_host_that_is_gone_is_not_waited_for(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    monkeypatch.setattr(os, "getpid", lambda: gone.pid)
    call = new()
    journal.begin(call, go_ahead)

    assert (journal.settle(call.attempt).state, journal.settle(call.attempt).code) == (
        "unknown",
        "host_stopped",
    )


def test_attempts_are_kept_for_a_day(journal: Journal, path: Path, clock: Clock) -> None:
    placed(journal)
    clock.now += ATTEMPTS_KEPT_S + 1
    kept = placed(journal)

    assert rows(path, "SELECT attempt FROM attempts") == [(kept.attempt,)]


# -- what the guard knows


def facts(journal: Journal, call: CallRecord = SYDNEY) -> GuardFacts:
    return journal.facts(call.destination, call.country)


def test_before_any_call_the_guard_knows_of_none(journal: Journal) -> None:
    assert facts(journal) == GuardFacts(True, False, 0, 0, 0, False, False)


@pytest.mark.parametrize(("state", "repeated"), [("queued", True), ("unknown", True), ("failed", False)])
def test_a_call_is_repeated_within_ten_seconds_if_the_first_may_have_rung(
    journal: Journal, clock: Clock, state: str, repeated: bool
) -> None:
    placed(journal, state=state)

    assert facts(journal).repeated is repeated
    assert not facts(journal, LONDON).repeated
    clock.now += REPEATED_WITHIN_S + 1
    assert not facts(journal).repeated


def test_a_call_under_way_counts_as_made(journal: Journal) -> None:
    journal.begin(new(), go_ahead)

    assert facts(journal).repeated
    assert facts(journal).calls_last_minute == 1


def test_calls_are_counted_by_the_minute_and_risky_ones_for_longer(journal: Journal, clock: Clock) -> None:
    for call in (SYDNEY, LONDON, LONDON, replace(SYDNEY, risk="costly")):
        placed(journal, call)
    journal.settle(str(uuid.uuid4()))
    counts = facts(journal)
    clock.now += MINUTE_S + 1
    later = facts(journal)

    assert (counts.calls_last_minute, counts.international_lately, counts.costly_lately) == (4, 2, 1)
    assert (later.calls_last_minute, later.international_lately, later.costly_lately) == (0, 2, 1)


def test_a_clock_that_was_set_back_hides_no_recent_call(journal: Journal, clock: Clock) -> None:
    placed(journal)
    clock.now -= 5

    assert facts(journal).repeated
    assert facts(journal).calls_last_minute == 1


def test_a_country_is_remembered_once_called_but_not_from_a_private_window(journal: Journal) -> None:
    placed(journal, replace(LONDON, private=True))
    assert not facts(journal, LONDON).country_confirmed
    placed(journal, LONDON)
    assert facts(journal, LONDON).country_confirmed
    assert not facts(journal, replace(LONDON, country="FR")).country_confirmed


def test_an_open_circuit_closes_by_itself(journal: Journal, clock: Clock, path: Path) -> None:
    journal.begin(new(), lambda _: True)

    assert Journal(path, now=clock).is_circuit_open()
    assert facts(journal).circuit_open
    clock.now += CIRCUIT_OPEN_S + 1
    assert not journal.is_circuit_open()


# -- what a person may read


def test_the_history_has_what_was_called_and_how_it_ended(journal: Journal, path: Path, clock: Clock) -> None:
    call = placed(journal)

    assert rows(path, "SELECT * FROM calls") == [
        (
            call.attempt,
            clock.now,
            "0299998888",
            "(02) 9999 8888",
            "fixed_line",
            "AU",
            "101",
            "queued",
            None,
            None,
        )
    ]


@pytest.mark.parametrize("change", [{"private": True}, {"history": "off"}], ids=str)
def test_a_private_call_and_one_without_history_leave_no_readable_number(
    journal: Journal, path: Path, change: dict[str, object]
) -> None:
    placed(journal, replace(SYDNEY, **change))  # type: ignore[arg-type]  # the parameters are of its fields

    assert rows(path, "SELECT * FROM calls") == []
    assert b"99998888" not in path.read_bytes()
    assert facts(journal).repeated


def test_the_history_is_kept_for_thirty_days_or_for_ever(journal: Journal, path: Path, clock: Clock) -> None:
    placed(journal)
    clock.now += HISTORY_KEPT_S + 1
    placed(journal, replace(SYDNEY, history="for_ever", private=True))
    assert len(rows(path, "SELECT * FROM calls")) == 1
    placed(journal, replace(SYDNEY, private=True))
    assert rows(path, "SELECT * FROM calls") == []
    assert b"(02) 9999 8888" not in path.read_bytes()  # overwritten, not only unlinked


def test_the_history_of_a_session_ends_with_the_browser(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    browser = subprocess.Popen(["true"])
    monkeypatch.setattr(os, "getppid", lambda: browser.pid)
    session = replace(SYDNEY, history="session")
    first, second = placed(journal, session), placed(journal, session)
    assert {row[0] for row in rows(path, "SELECT attempt FROM calls")} == {first.attempt, second.attempt}

    browser.wait()
    monkeypatch.undo()
    clock.now += 1
    third = placed(journal, session)
    assert rows(path, "SELECT attempt FROM calls") == [(third.attempt,)]


def test_the_hash_of_a_number_is_keyed_so_that_two_journals_differ(tmp_path: Path) -> None:
    hashes = set()
    for name in ("one", "two"):
        placed(Journal(tmp_path / name))
        hashes |= set(rows(tmp_path / name, "SELECT destination_hash FROM attempts"))

    assert len(hashes) == 2

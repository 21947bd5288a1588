"""The record of calls: nothing is lost or done twice, by any number of hosts, on any kind of disk."""

import os
import sqlite3
import subprocess
import sys
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from native_host import journal_file
from native_host.call_records import CallRecord, GuardFacts
from native_host.calls import CALL_DEADLINE_S
from native_host.errors import ConfirmationNeeded, JournalUnusable
from native_host.journal import (
    ATTEMPTS_KEPT_S,
    CIRCUIT_OPEN_S,
    HISTORY_KEPT_S,
    MINUTE_S,
    PENDING_AT_MOST_S,
    REPEATED_WITHIN_S,
    Journal,
)
from tests.host.call_records import LONDON, SYDNEY
from tests.host.host_process import ROOT


class Clock:
    def __init__(self) -> None:
        self.now = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.sqlite3"


@pytest.fixture
def journal(path: Path, clock: Clock) -> Journal:
    return Journal(path, now=clock)


def new(call: CallRecord = SYDNEY) -> CallRecord:
    return replace(call, attempt=str(uuid.uuid4()))


def go_ahead(_: GuardFacts) -> bool:
    return False


def placed(
    journal: Journal, call: CallRecord = SYDNEY, state: str = "queued", code: str | None = None
) -> CallRecord:
    call = new(call)
    assert journal.begin(call, go_ahead) is None
    journal.finish(call.attempt, state, code)  # type: ignore[arg-type]  # the states of a test are known ones
    return call


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as database:
        found = database.execute(query).fetchall()
    database.close()
    return found


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


# -- disks and files


def break_with(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let every write fail with this SQLite error."""

    def failing(database: sqlite3.Connection, work: Callable[[sqlite3.Connection], object]) -> object:
        if database.execute("PRAGMA database_list").fetchone()[2]:  # it has a file
            error = sqlite3.OperationalError(name)
            error.sqlite_errorname = name
            raise error
        return usual(database, work)

    usual = journal_file._within
    monkeypatch.setattr(journal_file, "_within", failing)


@pytest.mark.parametrize("name", ["SQLITE_FULL", "SQLITE_READONLY", "SQLITE_IOERR", "SQLITE_CANTOPEN"])
def test_without_a_usable_file_the_guard_holds_in_memory_and_says_so(
    journal: Journal, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    break_with(monkeypatch, name)
    call = placed(journal)

    assert not journal.is_usable()
    assert facts(journal) == GuardFacts(False, True, 1, 0, 0, False, False)
    again = journal.begin(call, go_ahead)
    assert again is not None
    assert again.state == "queued"


def test_what_was_recorded_in_memory_is_known_when_the_file_works_again(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_with(monkeypatch, "SQLITE_FULL")
    call = new()
    journal.begin(call, go_ahead)
    monkeypatch.undo()
    monkeypatch.setattr(journal_file, "AVOID_FILE_S", 0)
    journal._file._avoid_until = 0
    assert journal.is_usable()
    journal.finish(call.attempt, "queued", None)

    assert journal.settle(call.attempt).state == "queued"
    again = journal.begin(call, go_ahead)
    assert again is not None
    assert again.state == "queued"


def test_an_unknown_attempt_is_not_called_unsent_where_a_record_may_be_lost(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_with(monkeypatch, "SQLITE_FULL")
    settled = journal.settle(str(uuid.uuid4()))

    assert (settled.state, settled.code) == ("unknown", "host_stopped")


def test_a_folder_that_cannot_be_made_is_an_unusable_file(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")

    assert not Journal(tmp_path / "state" / "journal.sqlite3").is_usable()


def test_a_journal_that_another_program_keeps_locked_stops_the_call(
    journal: Journal, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal.is_usable()
    monkeypatch.setattr(journal_file, "BUSY_TIMEOUT_S", 0.05)
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(JournalUnusable):
            journal.begin(new(), go_ahead)
    finally:
        holder.close()
    assert journal.begin(new(), go_ahead) is None


def test_a_journal_of_a_newer_version_is_left_alone(journal: Journal, path: Path) -> None:
    journal.is_usable()
    rows(path, f"PRAGMA user_version = {journal_file.SCHEMA_VERSION + 1}")
    before = path.read_bytes()

    assert not Journal(path).is_usable()
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["not a database", "zeros in the middle"])
def test_a_damaged_journal_is_set_aside_and_said_and_a_new_one_begun(
    journal: Journal, path: Path, clock: Clock, damage: str
) -> None:
    for _ in range(100):
        placed(journal)
    content = path.read_bytes()
    if damage == "not a database":
        content = b"x" * len(content)
    else:
        content = content[:4096] + b"\xff" * (len(content) - 4096)
    path.write_bytes(content)

    later = Journal(path, now=clock)
    assert placed(later)
    assert [notice.code for notice in later.notices()] == ["journal_set_aside"]
    assert "journal.sqlite3.damaged-1" in Journal(path, now=clock).notices()[0].message
    assert path.with_name("journal.sqlite3.damaged-1").read_bytes()[4096:] == content[4096:]
    assert later.is_usable()


def test_a_journal_that_another_host_has_repaired_meanwhile_is_not_set_aside_again(
    journal: Journal, path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"x" * 8192)
    others: list[CallRecord] = []
    repair = journal_file.JournalFile._set_aside

    def repair_second(file: journal_file.JournalFile) -> None:
        monkeypatch.undo()
        others.append(placed(Journal(path, now=clock)))
        repair(file)

    monkeypatch.setattr(journal_file.JournalFile, "_set_aside", repair_second)
    placed(journal)

    assert len(list(path.parent.glob("*.damaged-*"))) == 1
    assert journal.settle(others[0].attempt).state == "queued"


def test_the_journal_is_for_its_owner_only(journal: Journal, path: Path) -> None:
    placed(journal)

    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


# -- many hosts at once

ONE_OF_MANY = """
import sys, uuid
from dataclasses import replace
from native_host.errors import ConfirmationNeeded
from pathlib import Path
from native_host import journal_file
from native_host.journal import Journal
from tests.host.call_records import SYDNEY
journal_file.BUSY_TIMEOUT_S = 60  # a slow disk of a test machine is no fault
journal, same_attempt = Journal(Path(sys.argv[1])), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
def unless_repeated(facts):
    if facts.repeated:
        raise ConfirmationNeeded
    return False
try:
    journal.begin(replace(SYDNEY, attempt=str(uuid.uuid4())), unless_repeated)
    print("sent", end=" ")
except ConfirmationNeeded:
    print("repeated", end=" ")
shared = replace(SYDNEY, attempt=same_attempt, destination="0412345678")
print("first" if journal.begin(shared, lambda _: False) is None else "known", end=" ")
for number in range(5):
    call = replace(SYDNEY, attempt=str(uuid.uuid4()), destination=f"03{number:08}")
    journal.begin(call, lambda _: False)
    journal.finish(call.attempt, "queued", None)
print("done")
"""


def many_hosts(path: Path, count: int) -> list[str]:
    command = [sys.executable, "-c", ONE_OF_MANY, str(path), str(uuid.uuid4())]
    hosts = [
        subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(count)
    ]
    try:
        for host in hosts:
            assert host.stdout is not None
            assert host.stdout.readline() == "ready\n"
        for host in hosts:
            assert host.stdin is not None
            host.stdin.write("go\n")
            host.stdin.flush()
        return [host.communicate(timeout=120)[0].strip() for host in hosts]
    finally:
        for host in hosts:
            host.kill()
            host.wait()


@pytest.mark.parametrize("start", ["no file yet", "a damaged file"])
def test_of_twenty_hosts_at_once_one_calls_unconfirmed_and_no_row_is_lost(path: Path, start: str) -> None:
    if start == "a damaged file":
        path.parent.mkdir()
        path.write_bytes(b"x" * 8192)
    said = many_hosts(path, 20)

    assert Counter(word for line in said for word in line.split()) == {
        "sent": 1,
        "repeated": 19,
        "first": 1,
        "known": 19,
        "done": 20,
    }
    assert rows(path, "SELECT count(*) FROM attempts WHERE state = 'queued'") == [(100,)]
    assert rows(path, "SELECT count(*) FROM attempts") == [(102,)]
    assert rows(path, "SELECT count(*) FROM calls") == [(102,)]
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert len(list(path.parent.glob("*.damaged-*"))) == (1 if start == "a damaged file" else 0)


def test_the_hash_of_a_number_is_keyed_so_that_two_journals_differ(tmp_path: Path) -> None:
    hashes = set()
    for name in ("one", "two"):
        placed(Journal(tmp_path / name))
        hashes |= set(rows(tmp_path / name, "SELECT destination_hash FROM attempts"))

    assert len(hashes) == 2

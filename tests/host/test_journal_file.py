"""The journal on every kind of disk: nothing is lost, and where nothing can be kept, that is said."""

import sqlite3
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest

from native_host import journal_file
from native_host.call_records import CallRecord, GuardFacts
from native_host.errors import JournalUnusable
from native_host.journal import (
    Journal,
)
from tests.host.call_records import SYDNEY, Clock, go_ahead, new, placed, rows


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.sqlite3"


@pytest.fixture
def journal(path: Path, clock: Clock) -> Journal:
    return Journal(path, now=clock)


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
    assert journal.facts(SYDNEY.destination, SYDNEY.country) == GuardFacts(
        False, True, 1, 0, 0, False, False, calls_last_day=1
    )
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

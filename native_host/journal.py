"""The record of calls: each attempt before it is sent, its outcome, what the guard counts. Decides nothing.

`attempts` feeds the guard and makes a call unrepeatable: UUID, keyed hash of the destination, state; kept for
a day. The hash keeps numbers out of sight, not from a program that reads the whole file. `calls` is what a
person may read, kept as long as they chose; calls of private windows never get there.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Callable
from pathlib import Path

from native_host import call_history, places
from native_host.call_records import CallRecord, GuardFacts, Recorded
from native_host.journal_file import SET_ASIDE_KEPT_NAME, Connection, JournalFile
from native_host.protocol import ListedCall, Notice, OutcomeState

FILE_NAME = "journal.sqlite3"
REPEATED_WITHIN_S = 10.0
MINUTE_S = 60.0
RISKY_WINDOW_S = 600.0
CIRCUIT_OPEN_S = 300.0
ATTEMPTS_KEPT_S = 24 * 3600.0  # the day over which an organisation's limits count
SET_ASIDE_SAID_S = 7 * 24 * 3600.0

_SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value BLOB NOT NULL, at REAL NOT NULL);
CREATE TABLE attempts (
    attempt TEXT PRIMARY KEY, destination_hash BLOB, phone TEXT, risk TEXT NOT NULL,
    state TEXT NOT NULL, code TEXT, started REAL NOT NULL, host_pid INTEGER NOT NULL
);
CREATE INDEX attempts_by_time ON attempts (started);
CREATE TABLE countries (country TEXT PRIMARY KEY, confirmed REAL NOT NULL);
"""


class Journal:
    """The record of calls of this user on this machine."""

    def __init__(self, path: Path | None = None, *, now: Callable[[], float] = time.time) -> None:
        self._file = JournalFile(path or places.state_dir() / FILE_NAME, _SCHEMA + call_history.SCHEMA)
        self._now = now

    def facts(self, destination: str, country: str) -> GuardFacts:
        """What the guard knows of one more call to the destination. Raises JournalUnusable."""
        return self._file.transaction(
            lambda database, durable: self._facts(database, durable, destination, country)
        )

    def find(self, attempt: str, destination: str) -> Recorded | None:
        """What is recorded of the attempt, if anything is. Raises JournalUnusable."""
        return self._file.in_memory(lambda memory: self._row(memory, attempt, destination)) or (
            self._file.transaction(lambda database, _: self._row(database, attempt, destination))
        )

    def begin(self, call: CallRecord, decide: Callable[[GuardFacts], bool]) -> Recorded | None:
        """Record the attempt before it is sent; None when it is new, else what was recorded of it before.

        `decide` sees the facts under the lock that all browsers share, and raises to stop the call; it
        answers whether this call opens the circuit breaker. Raises JournalUnusable; then nothing is recorded.
        """
        known = self._file.in_memory(lambda memory: self._row(memory, call.attempt, call.destination))
        if known is not None:
            return known
        return self._file.transaction(lambda database, durable: self._begin(database, durable, call, decide))

    def finish(self, attempt: str, state: OutcomeState, code: str | None) -> None:
        """Record how the attempt ended. Raises JournalUnusable; then it stays known as begun."""

        def update(database: Connection) -> None:
            for table in ("attempts", "calls"):
                database.execute(
                    f"UPDATE {table} SET state = ?, code = ? WHERE attempt = ?",  # noqa: S608  (fixed names)
                    (state, code, attempt),
                )

        self._file.in_memory(update)
        self._file.transaction(lambda database, _: update(database))

    def settle(self, attempt: str) -> Recorded:
        """What is known of the attempt; one that never came is closed, so that it can never be sent any more.

        Where the file cannot be used, an attempt that is not known may have been sent by a host that is gone,
        so it is closed as unknown. Raises JournalUnusable.
        """

        def settle(database: Connection, durable: bool) -> Recorded:
            return self._row(database, attempt, None) or self._close(database, durable, attempt)

        known = self._file.in_memory(lambda memory: self._row(memory, attempt, None))
        return known or self._file.transaction(settle)

    def calls(
        self, *, history: str, limit: int, before: int | None = None, search: str | None = None
    ) -> list[ListedCall]:
        """The calls that a person may read, latest first; what `history` does not keep goes first.

        At most `limit`, those before the number `before`, with the text `search`. Raises JournalUnusable.
        """

        def read(database: Connection, _: bool) -> list[ListedCall]:
            now = self._now()
            call_history.forget_expired(database, now, history)
            return call_history.page(database, now, limit=limit, before=before, search=search)

        return self._file.transaction(read)

    def clear_calls(self) -> int:
        """Forget the calls that a person may read, but no attempt. Raises JournalUnusable."""
        in_memory = self._file.in_memory(call_history.clear) or 0
        return in_memory + self._file.transaction(lambda database, _: call_history.clear(database))

    def is_usable(self) -> bool:
        """Whether calls are recorded on disk. Raises JournalUnusable when locked by another program."""
        return self._file.transaction(lambda _, durable: durable)

    def is_circuit_open(self) -> bool:
        """Whether the circuit breaker stops all calls now. Raises JournalUnusable."""
        return self._file.transaction(
            lambda database, _: self._is_recent(database, "circuit", CIRCUIT_OPEN_S)
        )

    def notices(self) -> tuple[Notice, ...]:
        """What a person should know of the file. Raises JournalUnusable."""
        aside = self._file.transaction(lambda database, _: self._set_aside_name(database))
        if aside is None:
            return ()
        sentence = f"The record of calls was damaged. It was kept as {aside} and a new one was begun."
        return (Notice("journal_set_aside", sentence),)

    def _begin(
        self, database: Connection, durable: bool, call: CallRecord, decide: Callable[[GuardFacts], bool]
    ) -> Recorded | None:
        known = self._row(database, call.attempt, call.destination)
        if known is not None:
            return known
        opens_circuit = decide(self._facts(database, durable, call.destination, call.country))
        now = self._now()
        database.execute("DELETE FROM attempts WHERE started < ?", (now - ATTEMPTS_KEPT_S,))
        call_history.forget_expired(database, now, call.history)
        database.execute(
            "INSERT INTO attempts VALUES (?, ?, ?, ?, 'attempting', NULL, ?, ?)",
            (call.attempt, _hash(database, call.destination), call.phone, call.risk, now, os.getpid()),
        )
        if opens_circuit:
            database.execute("INSERT OR REPLACE INTO meta VALUES ('circuit', x'', ?)", (now,))
        if call.private:
            return None
        if call.international:
            database.execute("INSERT OR IGNORE INTO countries VALUES (?, ?)", (call.country, now))
        if call.history != "off":
            browser_pid = os.getppid() if call.history == "session" else None
            shown = (call.destination, call.display, call.kind, call.country, call.phone)
            database.execute(
                "INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, 'attempting', NULL, ?)",
                (call.attempt, now, *shown, browser_pid),
            )
        return None

    def _facts(self, database: Connection, durable: bool, destination: str, country: str) -> GuardFacts:
        now = self._now()

        def count(window_s: float, condition: str, *values: object) -> int:
            # Both ways from now: a clock that was set back must not hide what just happened.
            query = (
                "SELECT count(*) FROM attempts WHERE code IS NOT 'not_received' AND started BETWEEN ? AND ?"
            )
            row = database.execute(query + condition, (now - window_s, now + window_s, *values)).fetchone()
            return int(row[0])

        same = " AND state IS NOT 'failed' AND destination_hash = ?"
        international, costly = " AND risk = 'international'", " AND risk = 'costly'"
        confirmed = database.execute("SELECT 1 FROM countries WHERE country = ?", (country,)).fetchone()
        return GuardFacts(
            durable=durable,
            repeated=count(REPEATED_WITHIN_S, same, _hash(database, destination)) > 0,
            calls_last_minute=count(MINUTE_S, ""),
            international_lately=count(RISKY_WINDOW_S, international),
            costly_lately=count(RISKY_WINDOW_S, costly),
            circuit_open=self._is_recent(database, "circuit", CIRCUIT_OPEN_S),
            country_confirmed=confirmed is not None,
            calls_last_day=count(ATTEMPTS_KEPT_S, ""),
            international_last_day=count(ATTEMPTS_KEPT_S, international),
            costly_last_day=count(ATTEMPTS_KEPT_S, costly),
        )

    def _row(self, database: Connection, attempt: str, destination: str | None) -> Recorded | None:
        row = database.execute(
            "SELECT state, code, phone, destination_hash, started, host_pid FROM attempts WHERE attempt = ?",
            (attempt,),
        ).fetchone()
        if row is None:
            return None
        state, code, phone, kept_hash, started, host_pid = row
        same = destination is None or kept_hash is None or kept_hash == _hash(database, destination)
        state, code = call_history.state_now(state, code, started, host_pid, self._now())
        return Recorded(attempt, state, code, phone, same)

    def _close(self, database: Connection, durable: bool, attempt: str) -> Recorded:
        state, code = ("failed", "not_received") if durable else ("unknown", "host_stopped")
        database.execute(
            "INSERT INTO attempts VALUES (?, NULL, NULL, 'none', ?, ?, ?, ?)",
            (attempt, state, code, self._now(), os.getpid()),
        )
        closed = self._row(database, attempt, None)
        assert closed is not None  # noqa: S101  (inserted three lines above)
        return closed

    def _is_recent(self, database: Connection, name: str, window_s: float) -> bool:
        row = database.execute("SELECT at FROM meta WHERE name = ?", (name,)).fetchone()
        return row is not None and abs(self._now() - row[0]) < window_s

    def _set_aside_name(self, database: Connection) -> str | None:
        if not self._is_recent(database, SET_ASIDE_KEPT_NAME, SET_ASIDE_SAID_S):
            return None
        (name,) = database.execute("SELECT value FROM meta WHERE name = ?", (SET_ASIDE_KEPT_NAME,)).fetchone()
        return str(name, "utf-8")


def _hash(database: Connection, destination: str) -> bytes:
    row = database.execute("SELECT value FROM meta WHERE name = 'hash_key'").fetchone()
    if row is None:
        row = (secrets.token_bytes(32),)
        database.execute("INSERT INTO meta VALUES ('hash_key', ?, 0)", row)
    return hashlib.blake2b(destination.encode(), key=row[0], digest_size=16).digest()

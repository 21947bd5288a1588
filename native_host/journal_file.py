"""Transactions on the journal's SQLite file, shared by all browsers. The only file that imports sqlite3.

A damaged file is set aside, never deleted. Where no file can be used, work goes on in memory and is told so.
Rollback journal and synchronous=FULL: write-ahead logging fails on network homes and gains nothing here.
"""

import logging
import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import Connection as Connection  # the type of what a transaction works on
from typing import TypeVar

from native_host import places
from native_host.errors import JournalUnusable

BUSY_TIMEOUT_S = 3.0  # for another browser's transaction, which takes milliseconds; fits the time of a click
AVOID_FILE_S = 60.0  # after a failed write: a full disk then asks for a confirmation, not fails each call
SET_ASIDE_KEPT_NAME = "set_aside"  # the entry of `meta` that says so to the person
SCHEMA_VERSION = 1

_DAMAGED = frozenset({"SQLITE_NOTADB", "SQLITE_CORRUPT"})
_BUSY = frozenset({"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_BUSY_SNAPSHOT", "SQLITE_BUSY_RECOVERY"})
_OWNER_ONLY = 0o600

_log = logging.getLogger(__name__)
T = TypeVar("T")
Work = Callable[[Connection, bool], T]  # the bool: whether what is written outlives this process


class JournalFile:
    """One SQLite file, and a database in memory for when it cannot be used. Safe for several threads."""

    def __init__(self, path: Path, schema: str) -> None:
        self.path = path
        self._schema = schema
        self._lock = threading.Lock()
        self._avoid_until = 0.0
        self._memory: Connection | None = None

    def transaction(self, work: Work[T]) -> T:
        """Do the work in one transaction; whatever it raises undoes it.

        It is done again, in memory, when the file cannot be used. Raises JournalUnusable when another program
        keeps the file locked.
        """
        with self._lock:
            if time.monotonic() >= self._avoid_until:
                try:
                    return self._in_file(work)
                except (sqlite3.Error, OSError) as error:
                    if _name_of(error) in _BUSY:
                        raise JournalUnusable("Another program keeps the record of calls locked.") from error
                    _log.warning("journal not usable: %s", error)
                    self._avoid_until = time.monotonic() + AVOID_FILE_S
            return _within(self._memory_database(), lambda database: work(database, False))

    def in_memory(self, work: Callable[[Connection], T]) -> T | None:
        """Do the work on what was recorded in memory; None when nothing ever was."""
        with self._lock:
            return None if self._memory is None else _within(self._memory, work)

    def _in_file(self, work: Work[T]) -> T:
        try:
            return self._once_in_file(work)
        except sqlite3.DatabaseError as error:
            if _name_of(error) not in _DAMAGED:
                raise
            self._set_aside()
            return self._once_in_file(work)

    def _once_in_file(self, work: Work[T]) -> T:
        places.make_private(self.path.parent)
        self.path.touch(mode=_OWNER_ONLY)
        with closing(_connected(self.path)) as database:
            return _within(database, lambda _: self._with_schema(database, work))

    def _with_schema(self, database: Connection, work: Work[T]) -> T:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA_VERSION:
            raise sqlite3.DatabaseError(f"the journal is of a newer version ({version})")
        if version < SCHEMA_VERSION:
            self._create(database)
        return work(database, True)

    def _create(self, database: Connection) -> None:
        for statement in self._schema.split(";"):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _memory_database(self) -> Connection:
        if self._memory is None:
            self._memory = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
            self._create(self._memory)
        return self._memory

    def _set_aside(self) -> None:
        """Rename the damaged file, once among all processes that noticed: a lock file orders them."""
        lock = self.path.with_name(self.path.name + ".repair")
        with closing(_connected(lock)) as repair:
            repair.execute("BEGIN EXCLUSIVE")
            if not self._is_damaged():
                return
            aside = places.free_name(self.path, "damaged")
            self.path.rename(aside)
            leftover = self.path.with_name(self.path.name + "-journal")
            if leftover.exists():  # what SQLite needs to repair the damaged one; poison for a new one
                leftover.rename(aside.with_name(aside.name + "-journal"))
            _log.error("the journal was damaged and set aside as %s", aside.name)
            self._once_in_file(lambda database, _: _remember_set_aside(database, aside.name))

    def _is_damaged(self) -> bool:
        try:
            with closing(_connected(self.path)) as database:
                return bool(database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
        except sqlite3.DatabaseError as error:
            return _name_of(error) in _DAMAGED


def _connected(path: Path) -> Connection:
    database = sqlite3.connect(path, timeout=BUSY_TIMEOUT_S, isolation_level=None)
    database.execute("PRAGMA synchronous = FULL")
    database.execute("PRAGMA secure_delete = ON")  # what retention or the person deletes is overwritten
    return database


def _within(database: Connection, work: Callable[[Connection], T]) -> T:
    database.execute("BEGIN IMMEDIATE")
    try:
        result = work(database)
        database.execute("COMMIT")
    except BaseException:
        if database.in_transaction:
            database.execute("ROLLBACK")
        raise
    return result


def _remember_set_aside(database: Connection, name: str) -> None:
    database.execute(
        "INSERT OR REPLACE INTO meta (name, value, at) VALUES (?, ?, ?)",
        (SET_ASIDE_KEPT_NAME, name.encode(), time.time()),
    )


def _name_of(error: Exception) -> str:
    """SQLite's primary name of the error, such as SQLITE_BUSY."""
    name = getattr(error, "sqlite_errorname", "") or ""
    return "SQLITE_CORRUPT" if name.startswith("SQLITE_CORRUPT") else name

"""The calls that a person may read later: listed, found, cleared, and forgotten in time. Decides nothing.

Works within the transactions of journal.py, on the table `calls`; what the guard needs is not touched here.
"""

import os
import re
from typing import Any

from native_host.journal_file import Connection
from native_host.protocol import ListedCall, OutcomeState

PENDING_AT_MOST_S = 10.0  # the deadline of a call and a margin; an older attempt has lost its host
HISTORY_KEPT_S = 30 * 24 * 3600.0
SESSION_KEPT_AT_MOST_S = 24 * 3600.0  # where the end of the browser cannot be seen

SCHEMA = """
CREATE TABLE calls (
    attempt TEXT PRIMARY KEY, started REAL NOT NULL, destination TEXT NOT NULL, display TEXT NOT NULL,
    kind TEXT NOT NULL, country TEXT, phone TEXT NOT NULL, state TEXT NOT NULL, code TEXT, browser_pid INTEGER
);
CREATE INDEX calls_by_time ON calls (started)
"""  # browser_pid is set only for what is to be forgotten with the browser's session

_LIST = """
SELECT calls.rowid, calls.attempt, calls.started, destination, display, kind, country, calls.phone,
    calls.state, calls.code, host_pid
FROM calls LEFT JOIN attempts USING (attempt)
WHERE calls.rowid < ? AND (destination LIKE ? ESCAPE '!' OR display LIKE ? ESCAPE '!')
ORDER BY calls.rowid DESC LIMIT ?
"""  # rows are only ever added at the end, so their numbers are the order in which calls were placed
_BEYOND_ALL = 2**63 - 1
_IS_NUMBER = re.compile(r"[0-9+()\s./-]*[0-9][0-9+()\s./-]*")


def page(
    database: Connection, now: float, *, limit: int, before: int | None, search: str | None
) -> list[ListedCall]:
    """The last calls, latest first: at most `limit`, those before the number `before`, with that text.

    A text of digits, however written, is looked for in what was dialled; any other in what was shown.
    """
    shown = _like(search or "")
    dialled = _like(re.sub(r"[^0-9]", "", search)) if search and _IS_NUMBER.fullmatch(search) else shown
    rows = database.execute(_LIST, (_BEYOND_ALL if before is None else before, dialled, shown, limit))
    return [_listed(row, now) for row in rows]


def _listed(row: tuple[Any, ...], now: float) -> ListedCall:
    number, attempt, started, destination, display, kind, country, phone, state, code, host_pid = row
    state, code = state_now(state, code, started, host_pid, now)
    return ListedCall(number, attempt, started, destination, display, kind, country, phone, state, code)


def clear(database: Connection) -> int:
    """Forget all calls, and say how many they were. The guard's own memory of attempts stays."""
    return database.execute("DELETE FROM calls").rowcount


def forget_expired(database: Connection, now: float, history: str) -> None:
    """Forget what this setting of `history` does not keep, also when it kept more before."""
    if history == "off":
        database.execute("DELETE FROM calls")
    elif history == "session":
        database.execute("DELETE FROM calls WHERE browser_pid IS NULL")
    elif history != "for_ever":
        database.execute("DELETE FROM calls WHERE started < ?", (now - HISTORY_KEPT_S,))
    of_sessions = "SELECT DISTINCT browser_pid FROM calls WHERE browser_pid IS NOT NULL"
    for (browser_pid,) in database.execute(of_sessions).fetchall():
        oldest = now - SESSION_KEPT_AT_MOST_S if not _is_gone(browser_pid) else now
        database.execute("DELETE FROM calls WHERE browser_pid = ? AND started < ?", (browser_pid, oldest))


def state_now(
    state: str, code: str | None, started: float, host_pid: int | None, now: float
) -> tuple[OutcomeState, str | None]:
    """The outcome as recorded; of an attempt without one, pending, or unknown when its host must be gone."""
    if state != "attempting":
        return state, code  # type: ignore[return-value]  # only outcomes are ever written there
    under_way = 0 <= now - started < PENDING_AT_MOST_S and host_pid is not None and not _is_gone(host_pid)
    return ("pending", None) if under_way else ("unknown", "host_stopped")


def _like(text: str) -> str:
    sayable = text.encode("utf-8", "replace").decode()  # half a character, as JSON may hold, is in no call
    return "%" + re.sub(r"([!%_])", r"!\1", sayable) + "%"


def _is_gone(pid: int) -> bool:
    """Whether that process surely has ended. Not on Windows: there, os.kill with signal 0 would end it."""
    if os.name != "posix":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        return False
    return False

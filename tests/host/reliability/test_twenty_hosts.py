"""Twenty whole hosts of one person at once: one journal, one guard, one keyring, one stand-in."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import Any

import pytest

from tests.e2e.desktop import Desktop
from tests.host.host_process import HostProcess
from tests.host.placing import placing
from tests.maxo_stand_in import StandIn

HOSTS = 20
ROUNDS = {False: 1, True: 10}
CALLS_EACH = 2
MAKE_LONG_AGO = "UPDATE attempts SET started = started - 120"  # s; the guard looks back a minute

# The real host, patient with a test machine's disk: twenty of them wait for one file.
PATIENT = """
from native_host import __main__, journal_file
journal_file.BUSY_TIMEOUT_S = 60
__main__.main()
"""


@pytest.fixture
def hosts(host: HostProcess, start: Callable[..., HostProcess], desktop: Desktop) -> list[HostProcess]:
    """Twenty hosts that have all loaded; the key is stored, and the guard allows sixty calls a minute."""
    host.result("update_settings", settings={"calls_per_minute": 60})
    twenty = [start(PATIENT) for _ in range(HOSTS)]
    at_once(twenty, lambda one: one.result("get_settings"))
    return twenty


def at_once(hosts: list[HostProcess], ask: Callable[[HostProcess], Any]) -> list[Any]:
    with ThreadPoolExecutor(len(hosts)) as threads:
        return list(threads.map(ask, hosts))


def rows(desktop: Desktop, query: str) -> list[Any]:
    path = desktop.home / ".local" / "state" / "maxo-click-to-call" / "journal.sqlite3"
    with closing(sqlite3.connect(path, timeout=60)) as journal, journal:
        return journal.execute(query).fetchall()


def word_of(reply: dict[str, Any]) -> str:
    return str(reply["result"]["outcome"] if reply["ok"] else ":".join(reply["error"].get("reasons", ["?"])))


def test_of_twenty_identical_clicks_one_calls_and_the_others_ask_first(
    hosts: list[HostProcess], desktop: Desktop, maxo: StandIn, soak: bool
) -> None:
    for _ in range(ROUNDS[soak]):
        maxo.forget()
        words = at_once(hosts, lambda one: word_of(one.ask("place_call", **placing())))

        assert Counter(words) == {"queued": 1, "repeated": HOSTS - 1}
        assert len(maxo.calls) == 1
        rows(desktop, MAKE_LONG_AGO)


def test_one_attempt_asked_for_by_twenty_hosts_is_one_call(
    hosts: list[HostProcess], desktop: Desktop, maxo: StandIn, soak: bool
) -> None:
    for _ in range(ROUNDS[soak]):
        maxo.forget()
        same = placing()
        words = at_once(hosts, lambda one, same=same: word_of(one.ask("place_call", **same)))  # type: ignore[misc]  # binds this turn's value

        assert Counter(words).keys() <= {"queued", "pending"}
        assert len(maxo.calls) == 1
        assert hosts[0].result("get_call", attempt=same["attempt"])["outcome"] == "queued"
        rows(desktop, MAKE_LONG_AGO)


def test_no_row_of_many_calls_at_once_is_lost(
    hosts: list[HostProcess], desktop: Desktop, maxo: StandIn, soak: bool
) -> None:
    turns = ROUNDS[soak] * CALLS_EACH
    for turn in range(turns):
        numbered = {one: f"02{turn:04}{number:04}" for number, one in enumerate(hosts)}
        calls = {one: placing(number, number) for one, number in numbered.items()}
        words = at_once(hosts, lambda one, calls=calls: word_of(one.ask("place_call", **calls[one])))  # type: ignore[misc]  # binds this turn's value

        assert Counter(words) == {"queued": HOSTS}
        rows(desktop, MAKE_LONG_AGO)

    assert len(maxo.calls) == turns * HOSTS
    assert len({call.parameters["destination"] for call in maxo.calls}) == turns * HOSTS
    assert rows(desktop, "SELECT state, count(*) FROM attempts GROUP BY state") == [("queued", turns * HOSTS)]
    assert rows(desktop, "SELECT state, count(*) FROM calls GROUP BY state") == [("queued", turns * HOSTS)]
    assert rows(desktop, "PRAGMA integrity_check") == [("ok",)]

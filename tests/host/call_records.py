"""Calls as the journal records them, for its tests and the processes that these start."""

import sqlite3
import uuid
from dataclasses import replace
from pathlib import Path

from native_host.call_records import CallRecord, GuardFacts
from native_host.journal import Journal

SYDNEY = CallRecord(
    attempt="",
    destination="0299998888",
    phone="101",
    display="(02) 9999 8888",
    kind="fixed_line",
    country="AU",
    risk="none",
    international=False,
    history="30_days",
    private=False,
)
LONDON = replace(
    SYDNEY, destination="0011442079460018", country="GB", risk="international", international=True
)


class Clock:
    def __init__(self) -> None:
        self.now = 1_795_000_000.0

    def __call__(self) -> float:
        return self.now


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

"""The table of faults is whole: nothing that the HTTP libraries can raise, and no code, is missing."""

from __future__ import annotations

import json
from pathlib import Path

import httpcore
import httpx

from native_host.api_faults import FAULTS, UNKNOWN_FAULT
from native_host.maxo_api import REFUSED_STATUSES


def test_every_exception_of_the_http_libraries_has_its_codes() -> None:
    known = {
        name
        for library in (httpx, httpcore)
        for name, thing in vars(library).items()
        if isinstance(thing, type) and issubclass(thing, Exception)
    }

    assert known - FAULTS.keys() == set()
    assert FAULTS.keys() - known == set()


def test_every_code_is_one_of_the_contract() -> None:
    contract = json.loads((Path(__file__).parents[1] / "contract" / "messages.json").read_text())[
        "outcome_codes"
    ]
    not_sent = {codes[0] for codes in [*FAULTS.values(), UNKNOWN_FAULT]} | set(REFUSED_STATUSES.values())
    sent = {codes[1] for codes in [*FAULTS.values(), UNKNOWN_FAULT]}

    assert not_sent <= set(contract["failed"])
    assert sent <= set(contract["unknown"])

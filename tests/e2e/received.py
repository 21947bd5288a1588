"""What the stand-in received, compared with what one correct call is."""

from __future__ import annotations

import time

from tests.e2e.browser import until
from tests.maxo_stand_in import ReceivedRequest, StandIn

SECOND_CALL_WITHIN_S = 0.5  # a call sent twice is sent twice at once


def calls_of(maxo: StandIn) -> list[ReceivedRequest]:
    """Return every request that was, or for all that is known can have been, a call."""
    return [one for one in maxo.requests if one.is_call or one.body is None]


def the_one_call(maxo: StandIn) -> ReceivedRequest:
    """Wait for a call, then make sure that it stays the only one, and return it."""
    until("a call at the stand-in", lambda: calls_of(maxo))
    time.sleep(SECOND_CALL_WITHIN_S)
    calls = calls_of(maxo)
    assert len(calls) == 1, f"more than one call: {calls}"
    return calls[0]


def assert_called(maxo: StandIn, destination: str, *, phone: str = "101", auto_answer: int = 1) -> None:
    """Check that exactly this was sent, exactly once, and that the key was in the body alone."""
    call = the_one_call(maxo)
    expected = {"key": maxo.valid_key, "origin": phone, "destination": destination, "autoAnswer": auto_answer}
    assert (call.method, call.path, call.query) == ("POST", "/calls/initiate/", "")
    assert call.body == expected
    assert maxo.valid_key not in str(call.headers), "the key is in a header"
    for warm_up in maxo.warm_ups:
        said = f"{warm_up.path} {warm_up.query} {warm_up.headers} {warm_up.body}"
        assert maxo.valid_key not in said, "the key is in a warm-up"
        assert destination not in said, "the number is in a warm-up"


def assert_nothing_called(maxo: StandIn) -> None:
    """Check that no call was sent, and that none comes late."""
    time.sleep(SECOND_CALL_WITHIN_S)
    assert calls_of(maxo) == []

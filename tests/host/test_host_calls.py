"""Calls through the whole host: a real process, a real keyring, and MaxoTel's stand-in on a real socket."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.host.host_process import HostProcess
from tests.host.placing import KEY, placing, until
from tests.maxo_stand_in import StandIn


def test_a_call_is_one_post_with_key_and_numbers_in_its_body_only(host: HostProcess, maxo: StandIn) -> None:
    fields = placing()

    assert host.result("place_call", **fields) == {
        "attempt": fields["attempt"],
        "outcome": "queued",
        "code": None,
        "destination": "0299998888",
        "phone": "101",
    }
    (call,) = maxo.calls
    assert (call.method, call.path, call.query) == ("POST", "/calls/initiate/", "")
    assert call.body == {"key": KEY, "origin": "101", "destination": "0299998888", "autoAnswer": 1}


def test_the_same_attempt_again_gets_its_outcome_and_sends_nothing(host: HostProcess, maxo: StandIn) -> None:
    fields = placing()
    first = host.result("place_call", **fields)

    assert host.result("place_call", **fields) == first
    assert host.result("get_call", attempt=fields["attempt"]) == {**first, "destination": None}
    assert len(maxo.calls) == 1


def test_an_attempt_cannot_be_used_for_another_number(host: HostProcess, maxo: StandIn) -> None:
    fields = placing()
    host.result("place_call", **fields)
    other = placing("0412 345 678", "0412345678", attempt=fields["attempt"])

    assert host.error_code("place_call", **other) == "attempt_mismatch"
    assert len(maxo.calls) == 1


def test_an_attempt_that_was_asked_about_before_it_came_can_never_be_sent(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    fields = placing()
    closed = {"attempt": fields["attempt"], "outcome": "failed", "code": "not_received"}

    assert host.result("get_call", attempt=fields["attempt"]).items() >= closed.items()
    assert start().result("place_call", **fields).items() >= closed.items()
    assert maxo.calls == []


def test_a_plan_is_answered_while_a_call_is_under_way(host: HostProcess, maxo: StandIn) -> None:
    maxo.behave("delay", seconds=1.5)
    call = host.post("place_call", **placing())
    until(lambda: maxo.calls)
    plan = host.post("plan_call", text="13 12 34", source="page", phone=None)

    assert [host.reply()["id"], host.reply()["id"]] == [plan, call]


def test_two_calls_at_once_are_both_placed(host: HostProcess, maxo: StandIn) -> None:
    maxo.behave("delay", seconds=0.3, times=2)
    host.post("place_call", **placing())
    host.post("place_call", **placing("0412 345 678", "0412345678"))

    assert [host.reply()["result"]["outcome"] for _ in range(2)] == ["queued", "queued"]
    assert {call.body["destination"] for call in maxo.calls if call.body} == {"0299998888", "0412345678"}


def test_a_host_that_is_killed_under_way_leaves_an_unknown_outcome_that_is_never_sent_again(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    maxo.behave("never_answer")
    fields = placing()
    host.post("place_call", **fields)
    until(lambda: maxo.calls)
    host.process.kill()
    host.process.wait()
    unknown = {"attempt": fields["attempt"], "outcome": "unknown", "code": "host_stopped", "phone": "101"}

    later = start()
    assert later.result("get_call", attempt=fields["attempt"]).items() >= unknown.items()
    assert later.result("place_call", **fields).items() >= unknown.items()
    assert len(maxo.calls) == 1


def test_a_call_still_under_way_in_another_host_is_pending(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    maxo.behave("never_answer")
    fields = placing()
    host.post("place_call", **fields)
    until(lambda: maxo.calls)

    assert start().result("get_call", attempt=fields["attempt"])["outcome"] == "pending"


def test_an_answer_that_comes_just_after_the_port_was_closed_is_recorded(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    maxo.behave("delay", seconds=0.5)
    fields = placing()
    host.post("place_call", **fields)
    until(lambda: maxo.calls)
    host.close_port()

    assert host.wait() == 0
    assert start().result("get_call", attempt=fields["attempt"])["outcome"] == "queued"


ENDLESS_CALLS = """
from native_host import __main__, calls, server
calls.CALL_DEADLINE_S = 3600
server.GRACE_S = 0.3
__main__.main()
"""


def test_a_closed_port_does_not_wait_for_an_answer_that_does_not_come(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    maxo.behave("never_answer")
    patient = start(ENDLESS_CALLS)
    patient.post("place_call", **placing())
    until(lambda: maxo.calls)
    patient.close_port()

    assert patient.wait() == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"text": "000", "expected": {"destination": "000", "phone": "101"}}, "call_refused"),
        ({"text": "+61 000", "expected": {"destination": "+61000", "phone": "101"}}, "call_refused"),
        ({"expected": {"destination": "0299998889", "phone": "101"}}, "plan_changed"),
        ({"expected": {"destination": "0299998888", "phone": "102"}}, "plan_changed"),
        ({"phone": "102"}, "call_refused"),
        ({"text": "hello"}, "invalid_number"),
        ({"attempt": "1"}, "bad_request"),
        (
            {"text": "+44 20 7946 0018", "expected": {"destination": "0011442079460018", "phone": "101"}},
            "confirmation_needed",
        ),
    ],
    ids=str,
)
def test_a_call_that_is_stopped_sends_nothing_and_leaves_its_attempt_free(
    host: HostProcess, maxo: StandIn, changes: dict[str, Any], error: str
) -> None:
    fields = placing(**changes)

    assert host.error_code("place_call", **fields) == error
    assert maxo.calls == []
    if error != "bad_request":
        assert host.result("place_call", **placing(attempt=fields["attempt"]))["outcome"] == "queued"


def test_a_country_is_confirmed_once_and_called_freely_from_then_on(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    text, destination = "+44 20 7946 0018", "0011442079460018"
    fields = placing(text, destination)
    refused = host.ask("place_call", **fields)["error"]

    assert (refused["code"], refused["reasons"]) == ("confirmation_needed", ["international"])
    assert host.result("place_call", **{**fields, "confirmed": ["international"]})["outcome"] == "queued"
    plan = start().result("plan_call", text="+44 20 7946 0019", source="page", phone=None)
    assert plan["decision"] == "allow"
    assert (
        start().result("plan_call", text="+33 1 23 45 67 89", source="page", phone=None)["decision"]
        == "confirm"
    )
    assert len(maxo.calls) == 1


def test_a_number_called_in_another_browser_just_now_needs_a_confirmation(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    host.result("place_call", **placing())
    again, other = placing(), start()

    assert other.ask("place_call", **again)["error"]["reasons"] == ["repeated"]
    assert other.result("place_call", **{**again, "confirmed": ["repeated"]})["outcome"] == "queued"
    assert len(maxo.calls) == 2

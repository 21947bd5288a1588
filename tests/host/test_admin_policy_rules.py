"""What the organisation's policy allows, asks about and refuses: rule by rule."""

from dataclasses import replace
from typing import Any

import pytest

from native_host.admin_policy import AdminPolicy, matches
from native_host.call_records import GuardFacts
from native_host.dialling import plan_number
from native_host.policy import Verdict, judge
from native_host.setting_values import Phone, Settings, changed
from tests.host.test_admin_policy import policy

DESK = Phone("101", "Desk", True)
QUIET = GuardFacts(True, False, 0, 0, 0, False, False)


def judged(
    text: str,
    facts: GuardFacts = QUIET,
    *,
    phone: Phone = DESK,
    setting: dict[str, Any] | None = None,
    **values: Any,
) -> Verdict:
    settings = changed(Settings(), {"international_calls": "allow", **(setting or {})})
    return judge(plan_number(text, "typed", settings), phone, settings, policy(**values), facts)


@pytest.mark.parametrize(
    ("pattern", "destination", "matched"),
    [
        ("0299998888", "0299998888", True),
        ("029999", "0299998888", False),
        ("029999*", "0299998888", True),
        ("*", "+442079460018", True),
        ("+44*", "+442079460018", True),
        ("+44*", "0011442079460018", False),
        ("???", "101", True),
        ("???", "1010", False),
        ("1??*", "190123", True),
        ("?", "+", False),
    ],
)
def test_a_pattern_is_digits_with_a_mark_for_one_and_a_star_for_the_rest(
    pattern: str, destination: str, matched: bool
) -> None:
    assert matches([pattern], [destination]) is matched


ABROAD = [{}, {"international_form": "plus"}, {"outside_line_prefix": "9"}]


@pytest.mark.parametrize("setting", ABROAD, ids=str)
@pytest.mark.parametrize("pattern", ["+44*", "001144*"])
def test_a_destination_is_known_in_each_of_its_spellings(setting: dict[str, Any], pattern: str) -> None:
    refused = judged("+44 20 7946 0018", setting=setting, destinations_refused=[pattern])

    assert refused == Verdict("refuse", ("destination_not_allowed",))
    assert judged("+44 20 7946 0018", setting=setting, destinations_allowed=[pattern]).decision == "allow"


@pytest.mark.parametrize("setting", [{}, {"national_form": "e164"}, {"outside_line_prefix": "0"}], ids=str)
@pytest.mark.parametrize("pattern", ["02*", "+612*"])
def test_so_is_one_at_home(setting: dict[str, Any], pattern: str) -> None:
    assert judged("(02) 9999 8888", setting=setting, destinations_refused=[pattern]).decision == "refuse"


def test_what_is_not_among_the_allowed_destinations_is_refused() -> None:
    home: dict[str, Any] = {"destinations_allowed": ["+61*", "???"]}

    assert judged("(02) 9999 8888", **home).decision == "allow"
    assert judged("13 12 34", **home).decision == "allow"
    assert judged("101", **home).decision == "allow"
    assert judged("1010", **home).decision == "refuse"
    assert judged("+44 20 7946 0018", **home).reasons == ("destination_not_allowed",)
    assert judged("(02) 9999 8888", destinations_allowed=[]).decision == "refuse"


def test_a_refused_destination_is_refused_even_when_it_is_allowed_as_well() -> None:
    both: dict[str, Any] = {"destinations_allowed": ["*"], "destinations_refused": ["0299998888"]}

    assert judged("(02) 9999 8888", **both).decision == "refuse"


def test_a_destination_to_be_confirmed_is_asked_about_each_time() -> None:
    assert judged("0412 345 678", destinations_confirmed=["04*"]) == Verdict(
        "confirm", ("destination_to_confirm",)
    )


def test_a_phone_that_is_not_allowed_may_not_ring() -> None:
    assert judged("13 12 34", phones_allowed=["107"]).reasons == ("phone_not_allowed",)
    assert judged("13 12 34", phones_allowed=["101"]).decision == "allow"
    assert judged("13 12 34", phones_by_user={"ben": ["101"]}).reasons == ("phone_not_allowed",)


@pytest.mark.parametrize(
    ("text", "limit", "count"),
    [
        ("13 12 34", "calls_per_minute", "calls_last_minute"),
        ("13 12 34", "calls_per_day", "calls_last_day"),
        ("+44 20 7946 0018", "international_calls_per_day", "international_last_day"),
        ("1900 123 456", "costly_calls_per_day", "costly_last_day"),
        ("+870 773 111 632", "costly_calls_per_day", "costly_last_day"),
    ],
)
def test_a_limit_is_the_last_call_that_goes_out(text: str, limit: str, count: str) -> None:
    def after(calls: int) -> Verdict:
        facts: dict[str, Any] = {count: calls}
        return judged(text, replace(QUIET, **facts), limits={limit: 3})

    assert after(2).decision != "refuse"
    assert after(3).reasons == ("limit_reached",)


def test_a_limit_for_calls_abroad_does_not_hold_back_calls_at_home() -> None:
    limits: dict[str, Any] = {"international_calls_per_day": 0, "costly_calls_per_day": 0}

    assert judged("13 12 34", limits=limits).decision == "allow"
    assert judged("+44 20 7946 0018", limits=limits).decision == "refuse"


def test_no_policy_lifts_a_rule_of_the_host() -> None:
    generous: dict[str, Any] = {"destinations_allowed": ["*"], "limits": {"calls_per_minute": 100_000}}

    assert judged("000", **generous).reasons == ("emergency",)
    assert judged("1900 123 456", **generous).decision == "confirm"
    assert judged("13 12 34", replace(QUIET, circuit_open=True), **generous).reasons == ("circuit_open",)
    assert judged("13 12 34", replace(QUIET, repeated=True), **generous).reasons == ("repeated",)


def test_under_a_policy_that_cannot_be_used_nothing_is_called() -> None:
    unusable = AdminPolicy(fault="It is not valid.")
    plan = plan_number("13 12 34", "typed", Settings())

    assert judge(plan, DESK, Settings(), unusable, QUIET) == Verdict("refuse", ("policy_invalid",))

"""The organisation's policy: what may stand in it, and what it allows, asks about and refuses."""

import contextlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from native_host.admin_policy import AdminPolicy, Limits, matches, policy_of
from native_host.call_records import GuardFacts
from native_host.dialling import plan_number
from native_host.errors import UnusablePolicyError
from native_host.policy import Verdict, judge
from native_host.setting_values import DEFAULT_BASE_URL, Phone, Settings, changed

DESK = Phone("101", "Desk", True)
QUIET = GuardFacts(True, False, 0, 0, 0, False, False)
ANNA = {"number": "101", "label": "Anna", "auto_answer": False}


def policy(user: str = "anna", **values: Any) -> AdminPolicy:
    return policy_of(values, user=user, place="policy.toml")


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


# -- what may stand in it

INVALID: list[dict[str, Any]] = [
    {"settings": []},
    {"settings": {"region": "XX"}},
    {"settings": {"regions": "AU"}},
    {"settings": {"default_phone": "107"}},
    {"settings": {"phones": ["101"]}},
    {"settings": {"extension_digits": "3-4"}},
    {"setting": {}},
    {"destination_refused": ["190*"]},
    {"destinations_refused": "190*"},
    {"destinations_refused": ["19*0"]},
    {"destinations_refused": [""]},
    {"destinations_refused": ["0299998888 "]},
    {"destinations_allowed": [61]},
    {"destinations_confirmed": [".*"]},
    {"phones_allowed": ["101", "1*"]},
    {"phones_allowed": "101"},
    {"phones_by_user": []},
    {"phones_by_user": {"anna": "101"}},
    {"phones_by_user": {"ben": ["1"]}},
    {"phones_by_user": {"ben": ["101", "101"]}},
    {"phones_by_user": {"anna": ["101"]}, "settings": {"phones": [ANNA]}},
    {"api_base_url": "http://myapi.maxo.com.au/"},
    {"api_base_url": "https://"},
    {"api_base_url": "https://key@example.com/"},
    {"api_base_url": 1},
    {"allowed_base_urls": []},
    {"allowed_base_urls": ["ftp://example.com/"]},
    {"limits": {"calls_per_day": -1}},
    {"limits": {"calls_per_day": True}},
    {"limits": {"calls_per_day": "10"}},
    {"limits": {"calls_per_hour": 10}},
    {"limits": 10},
    {"extension_ids": ["not an id"]},
    {"version": 0},
    {"version": "1"},
]

VALID: list[dict[str, Any]] = [
    {},
    {"version": 1},
    {"settings": {"region": "NZ", "phones": [ANNA], "default_phone": "101", "extension_digits": [2, 4]}},
    {"settings": {"area_code": None, "calls_per_minute": 5, "history": "off", "premium_calls": "refuse"}},
    {"api_base_url": "https://calls.example.com.au:8443/maxo"},
    {"allowed_base_urls": ["https://myapi.voipportal.com.au/", "http://127.0.0.1:8080/"]},
    {"destinations_allowed": ["+61*", "???", "131234"], "destinations_confirmed": ["*"]},
    {"destinations_refused": []},
    {"phones_allowed": []},
    {"phones_by_user": {"anna": [ANNA, "107"], "ben": [], "*": ["199"]}},
    {"limits": {"calls_per_minute": 0, "calls_per_day": 100_000}},
    {"limits": {"international_calls_per_day": 5, "costly_calls_per_day": 0}},
    {"extension_ids": ["mekckcfhcmacbbccnadgbbpiclkfnopo", "click-to-call@maxo.com.au"]},
]  # fmt: skip


@pytest.mark.parametrize("values", INVALID, ids=str)
def test_what_is_not_in_the_schema_makes_the_policy_unusable_by_name(values: dict[str, Any]) -> None:
    with pytest.raises(UnusablePolicyError) as caught:
        policy(**values)

    first, deeper = next(iter(values.items()))
    names = {first, *(deeper if isinstance(deeper, dict) else ()), "phones"}
    assert any(name in str(caught.value) for name in names)


@pytest.mark.parametrize("values", VALID, ids=str)
def test_what_is_in_the_schema_is_understood(values: dict[str, Any]) -> None:
    assert policy(**values).fault is None
    assert policy(**values).notices == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=20), inner, max_size=3),
)


@given(
    st.dictionaries(st.sampled_from([*{name for values in VALID for name in values}, "x"]), JSON, max_size=3)
)
def test_whatever_stands_in_it_a_policy_is_understood_or_unusable(values: dict[str, Any]) -> None:
    with contextlib.suppress(UnusablePolicyError):
        policy(**values)


def test_entries_of_a_newer_schema_are_left_out_and_said() -> None:
    newer = policy(
        version=2,
        hold_music="soft",
        settings={"region": "NZ", "ring_tone": "soft"},
        limits={"calls_per_hour": 5, "calls_per_day": 6},
    )

    assert (newer.settings, newer.limits.calls_per_day, newer.fault) == ({"region": "NZ"}, 6, None)
    (notice,) = newer.notices
    assert notice.code == "policy_newer"
    assert "hold_music, settings.ring_tone, limits.calls_per_hour" in notice.message


def test_an_older_schema_has_no_unknown_entries_since_a_slip_would_let_calls_through() -> None:
    with pytest.raises(UnusablePolicyError, match="destinations_refussed is not an entry"):
        policy(version=1, destinations_refussed=["190*"])


def test_each_user_has_the_phones_of_their_name_and_who_is_not_named_has_none() -> None:
    named = {"anna": [ANNA], "ben": ["107", "108"]}

    assert policy("anna", phones_by_user=named).settings["phones"] == (ANNA,)
    assert [phone["number"] for phone in policy("ben", phones_by_user=named).settings["phones"]] == [
        "107",
        "108",
    ]
    carl = policy("carl", phones_by_user=named)
    assert ("phones" not in carl.settings, carl.phones_allowed) == (True, frozenset())
    assert policy("carl", phones_by_user={**named, "*": ["199"]}).settings["phones"][0]["number"] == "199"
    assert policy("", phones_by_user=named).phones_allowed == frozenset()


# -- what it does


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
    assert Limits() == unusable.limits
    assert DEFAULT_BASE_URL.startswith("https://")

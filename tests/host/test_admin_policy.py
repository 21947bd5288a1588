"""The organisation's policy: what may stand in it, and what it means for each user."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from native_host.admin_policy import AdminPolicy, policy_of
from native_host.call_records import GuardFacts
from native_host.errors import UnusablePolicyError
from native_host.setting_values import Phone

DESK = Phone("101", "Desk", True)
QUIET = GuardFacts(True, False, 0, 0, 0, False, False)
ANNA = {"number": "101", "label": "Anna", "auto_answer": False}


def policy(user: str = "anna", **values: Any) -> AdminPolicy:
    return policy_of(values, user=user, place="policy.toml")


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

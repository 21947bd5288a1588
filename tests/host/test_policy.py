"""What may be called: the rules one by one. The plans of real numbers are tested in test_dialling.py."""

from dataclasses import replace
from typing import Any

import pytest

from native_host.admin_policy import AdminPolicy
from native_host.call_records import GuardFacts
from native_host.dialling import DialPlan
from native_host.policy import (
    COSTLY_BURST,
    COSTLY_LIMIT,
    INTERNATIONAL_BURST,
    INTERNATIONAL_LIMIT,
    Verdict,
    allows_direct_click,
    country_key,
    judge,
    risk_of,
)
from native_host.setting_values import Phone, Settings

DESK = Phone("101", "Desk", True)
QUIET = GuardFacts(True, False, 0, 0, 0, False, False)
SYDNEY = DialPlan("(02) 9999 8888", "0299998888", "fixed_line", "AU", calling_code=61)
LONDON = DialPlan("+44 20", "0011442079460018", "fixed_line", "GB", calling_code=44, international=True)
PREMIUM = replace(SYDNEY, kind="premium")
INMARSAT = replace(LONDON, kind="satellite", country=None, calling_code=870)


def judged(
    plan: DialPlan, facts: GuardFacts | None = QUIET, phone: Phone | None = DESK, **settings: Any
) -> Verdict:
    return judge(plan, phone, replace(Settings(), **settings), AdminPolicy(), facts)


def reasons(plan: DialPlan, **facts: Any) -> tuple[str, ...]:
    return judged(plan, replace(QUIET, **facts)).reasons


def test_a_call_within_the_country_is_allowed() -> None:
    assert judged(SYDNEY) == Verdict("allow")


def test_nothing_else_is_said_of_an_emergency_number() -> None:
    emergency = replace(SYDNEY, kind="emergency", destination="000")

    assert judged(emergency, None, None) == Verdict("refuse", ("emergency",))
    assert judged(replace(emergency, dial_on_phone=True)) == Verdict("refuse", ("dial_on_phone",))


def test_a_prefix_that_makes_an_emergency_number_of_it_is_for_the_phone_itself() -> None:
    assert judged(replace(LONDON, dial_on_phone=True)) == Verdict("refuse", ("dial_on_phone",))


def test_without_a_phone_nothing_can_ring() -> None:
    assert judged(SYDNEY, phone=None) == Verdict("refuse", ("no_phone",))


def test_without_any_knowledge_of_recent_calls_nothing_is_called() -> None:
    assert judged(SYDNEY, None) == Verdict("refuse", ("journal_unusable",))


def test_every_reason_to_refuse_is_named() -> None:
    facts = replace(QUIET, circuit_open=True)
    verdict = judged(INMARSAT, facts, None, premium_calls="refuse", international_calls="refuse")

    assert verdict.reasons == ("no_phone", "premium", "international", "circuit_open")


@pytest.mark.parametrize(
    ("setting", "confirmed_before", "decision"),
    [
        ("confirm_first", False, "confirm"),
        ("confirm_first", True, "allow"),
        ("confirm_always", True, "confirm"),
        ("allow", False, "allow"),
        ("refuse", True, "refuse"),
    ],
)
def test_a_call_abroad_follows_the_setting(setting: str, confirmed_before: bool, decision: str) -> None:
    facts = replace(QUIET, country_confirmed=confirmed_before)

    assert judged(LONDON, facts, international_calls=setting).decision == decision


def test_costly_calls_are_confirmed_each_time() -> None:
    assert reasons(PREMIUM, country_confirmed=True) == ("premium",)
    assert reasons(INMARSAT, country_confirmed=True) == ("satellite",)
    assert reasons(replace(LONDON, kind="shared_cost"), country_confirmed=True) == ("shared_cost",)


def test_a_repeated_call_and_one_without_a_journal_are_confirmed() -> None:
    assert reasons(SYDNEY, repeated=True, durable=False) == ("repeated", "no_journal")


@pytest.mark.parametrize(
    ("plan", "count", "burst", "limit"),
    [
        (SYDNEY, "calls_last_minute", 10, 20),
        (LONDON, "international_lately", INTERNATIONAL_BURST, INTERNATIONAL_LIMIT),
        (PREMIUM, "costly_lately", COSTLY_BURST, COSTLY_LIMIT),
        (INMARSAT, "costly_lately", COSTLY_BURST, COSTLY_LIMIT),
    ],
)
def test_a_burst_is_confirmed_and_a_longer_one_opens_the_circuit(
    plan: DialPlan, count: str, burst: int, limit: int
) -> None:
    def after(calls: int) -> Verdict:
        facts: dict[str, Any] = {count: calls}
        return judged(plan, replace(QUIET, **facts))

    assert "burst" not in after(burst - 1).reasons
    assert "burst" in after(burst).reasons
    assert not after(limit - 2).opens_circuit
    assert after(limit - 1).opens_circuit


def test_the_lowest_rate_still_lets_a_confirmed_call_through() -> None:
    assert not judged(SYDNEY, replace(QUIET, calls_last_minute=2), calls_per_minute=1).opens_circuit
    assert judged(SYDNEY, replace(QUIET, calls_last_minute=3), calls_per_minute=1).opens_circuit


def test_an_open_circuit_refuses_every_call() -> None:
    assert judged(SYDNEY, replace(QUIET, circuit_open=True)) == Verdict("refuse", ("circuit_open",))


def test_a_click_on_the_number_itself_calls_only_cheap_whole_numbers_of_the_home_plan_on_a_page() -> None:
    allow = Verdict("allow")

    assert allows_direct_click(SYDNEY, "page", allow)
    assert allows_direct_click(SYDNEY, "link", allow)
    assert not allows_direct_click(SYDNEY, "selection", allow)
    assert not allows_direct_click(SYDNEY, "typed", allow)
    assert not allows_direct_click(SYDNEY, "page", Verdict("confirm", ("repeated",)))
    assert not allows_direct_click(LONDON, "page", allow)
    assert not allows_direct_click(replace(SYDNEY, kind="unknown"), "page", allow)
    assert not allows_direct_click(replace(SYDNEY, notes=("no_area_code",)), "page", allow)


def test_the_guard_counts_costly_and_international_calls_apart() -> None:
    assert [risk_of(plan) for plan in (SYDNEY, LONDON, PREMIUM, INMARSAT)] == [
        "none",
        "international",
        "costly",
        "costly",
    ]


def test_a_satellite_network_is_remembered_by_its_calling_code() -> None:
    assert [country_key(plan) for plan in (LONDON, INMARSAT)] == ["GB", "+870"]

"""What a written number dials: the shared table of real numbers, and what must hold for any text."""

import json
import re
from pathlib import Path
from typing import Any, get_args

import phonenumbers
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from native_host import numbering
from native_host.admin_policy import AdminPolicy
from native_host.call_records import GuardFacts
from native_host.dialling import DialPlan, plan_number
from native_host.errors import InvalidNumber
from native_host.policy import allows_direct_click, judge
from native_host.protocol import Source
from native_host.setting_values import Settings, changed

CONTRACT = json.loads((Path(__file__).parents[1] / "contract" / "phone_numbers.json").read_text("utf-8"))
PHONES = [{"number": "101", "label": "Desk", "auto_answer": True}]
NOTHING_CALLED_BEFORE = GuardFacts(True, False, 0, 0, 0, False, False)


def settings_with(changes: dict[str, Any]) -> Settings:
    return changed(Settings(), {"phones": PHONES, **changes})


def named(case: dict[str, Any]) -> str:
    return f"{case['text'][:30]!r} {case['source']} {case['settings'] or ''}"


@pytest.mark.parametrize("case", CONTRACT["planned"], ids=named)
def test_a_number_is_planned_as_the_contract_says(case: dict[str, Any]) -> None:
    settings = settings_with(case["settings"])
    plan = plan_number(case["text"], case["source"], settings)
    verdict = judge(plan, settings.phone(None), settings, AdminPolicy(), NOTHING_CALLED_BEFORE)
    found = {
        **vars(plan),
        "notes": list(plan.notes),
        "time_zones": list(plan.time_zones),
        "decision": verdict.decision,
        "reasons": list(verdict.reasons),
        "direct_click": allows_direct_click(plan, case["source"], verdict),
    }

    assert case["plan"] == {name: found[name] for name in case["plan"]}


@pytest.mark.parametrize("case", CONTRACT["refused"], ids=named)
def test_a_text_that_is_no_number_is_refused_as_the_contract_says(case: dict[str, Any]) -> None:
    with pytest.raises(InvalidNumber):
        plan_number(case["text"], case["source"], settings_with(case["settings"]))


def test_the_regions_that_may_be_set_are_those_that_the_library_knows() -> None:
    assert phonenumbers.SUPPORTED_REGIONS == numbering.REGIONS


def test_what_could_divert_a_phone_is_refused_with_a_sentence_that_names_it() -> None:
    with pytest.raises(InvalidNumber, match=r"star \(\*\), which could do more than call"):
        plan_number("*21*0299998888#", "typed", Settings())


SEPARATORS = [" ", "-", "(", ")", "(0)", ".", "/", "+", "ext", "x", ";ext=", "*", "#", ",", ";", "p"]
DIGITS = [
    "0",
    "00",
    "000",
    "001",
    "0011",
    "49",
    "61",
    "65",
    "112",
    "106",
    "13",
    "1300",
    "1800",
    "14",
    "911",
    "02",
    "9999",
    "8888",
]
PIECES = st.sampled_from(
    [*DIGITS, *SEPARATORS, "1", "2", "5", "7", "44", "999", "CABS", "tel:", "٢", "\uff10", "\u00a0", "\u200e"]
)
TEXTS = st.one_of(
    st.lists(PIECES, max_size=12).map("".join), st.text(max_size=40), st.from_regex(r"\+?[0-9]{1,20}")
)
SETTINGS = st.fixed_dictionaries(
    {
        "region": st.sampled_from(["AU", "NZ", "GB", "US", "CA", "DE", "FR", "IE", "JP", "SG", "BR"]),
        "outside_line_prefix": st.sampled_from(["", "0", "00", "9", "1", "11"]),
        "international_form": st.sampled_from(["idd", "plus"]),
        "national_form": st.sampled_from(["national", "e164"]),
        "extension_digits": st.sampled_from([[2, 5], [3, 4], [3, 3]]),
    }
)


def planned_to_call(text: str, source: Source, settings: Settings) -> DialPlan | None:
    """The plan, when policy would let it go out without or with a confirmation."""
    try:
        plan = plan_number(text, source, settings)
    except InvalidNumber:
        return None
    verdict = judge(plan, settings.phone(None), settings, AdminPolicy(), NOTHING_CALLED_BEFORE)
    return None if verdict.decision == "refuse" else plan


@given(TEXTS, st.sampled_from(get_args(Source)), SETTINGS)
@example("000", "typed", {})
@example("+61 000", "typed", {})
@example("0011 61 112", "typed", {})
@example("+44 20 7946 0018", "typed", {"outside_line_prefix": "0"})
@example("12456", "typed", {"outside_line_prefix": "1"})
@example("001 65 999", "typed", {"region": "SG"})
def test_whatever_the_text_what_may_leave_is_a_plain_number_and_no_emergency_number(
    text: str, source: Source, changes: dict[str, Any]
) -> None:
    settings = settings_with(changes)
    plan = planned_to_call(text, source, settings)
    if plan is None:
        return

    idd = {"AU": "0011", "US": "011", "CA": "011", "JP": "010"}.get(settings.region, "00")
    assert re.fullmatch(rf"(\+|{idd})?[0-9]{{2,18}}", plan.destination)
    code = str(phonenumbers.country_code_for_region(settings.region))
    seen = plan.destination.removeprefix("+")
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(settings.region)
    assert metadata is not None
    abroad = re.sub(f"^(?:{metadata.international_prefix})", "", seen)
    forms = {seen, seen.removeprefix(settings.outside_line_prefix)}
    if plan.destination.startswith("+") or abroad != seen:
        forms |= {abroad, abroad.removeprefix(code)}
    assert not forms & {"000", "112"}
    assert not {form for form in forms if phonenumbers.connects_to_emergency_number(form, settings.region)}

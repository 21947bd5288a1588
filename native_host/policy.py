"""Plan, settings and recent calls to allow, confirm or refuse: the rules of what may be called. Does nothing.

An organisation's policy joins here: it can only narrow what these rules allow.
"""

from dataclasses import dataclass

from native_host.admin_policy import AdminPolicy, Limits, matches
from native_host.call_records import GuardFacts, Risk
from native_host.dialling import DialPlan
from native_host.protocol import Decision, Source
from native_host.setting_values import Phone, Settings

DIRECT_CLICK_KINDS = frozenset({"fixed_line", "mobile", "toll_free", "local_rate"})
COSTLY_KINDS = frozenset({"premium", "satellite"})

# Calls within journal.RISKY_WINDOW_S from which on each is confirmed, and at which the circuit opens.
INTERNATIONAL_BURST, INTERNATIONAL_LIMIT = 6, 12
COSTLY_BURST, COSTLY_LIMIT = 2, 4


@dataclass(frozen=True)
class Verdict:
    """Whether a call may go out, why not, and whether it is the one that opens the circuit breaker."""

    decision: Decision
    reasons: tuple[str, ...] = ()
    opens_circuit: bool = False


def judge(
    plan: DialPlan, phone: Phone | None, settings: Settings, policy: AdminPolicy, facts: GuardFacts | None
) -> Verdict:
    """What may be done with the plan. `facts` is None when nothing can be known of recent calls."""
    if plan.kind == "emergency":
        return Verdict("refuse", ("dial_on_phone" if plan.dial_on_phone else "emergency",))
    refusals = (*_refusals_of_policy(plan, phone, policy, facts), *_refusals(plan, phone, settings, facts))
    if refusals or facts is None:
        return Verdict("refuse", refusals)
    confirmations = _confirmations(plan, settings, policy, facts)
    return Verdict(
        "confirm" if confirmations else "allow", confirmations, _opens_circuit(plan, settings, facts)
    )


def allows_direct_click(plan: DialPlan, source: Source, verdict: Verdict) -> bool:
    """Whether a click on the number itself may call: cheap numbers of the home plan, complete, on a page."""
    return (
        verdict.decision == "allow"
        and source in ("page", "link")
        and plan.kind in DIRECT_CLICK_KINDS
        and not plan.international
        and "no_area_code" not in plan.notes
    )


def risk_of(plan: DialPlan) -> Risk:
    """Which of the guard's counts a call to the plan adds to."""
    if plan.kind in COSTLY_KINDS or _is_shared_cost_abroad(plan):
        return "costly"
    return "international" if plan.international else "none"


def country_key(plan: DialPlan) -> str:
    """What stands for the plan's country in the memory of confirmed ones; satellite networks have none."""
    return plan.country or f"+{plan.calling_code}"


def _refusals_of_policy(
    plan: DialPlan, phone: Phone | None, policy: AdminPolicy, facts: GuardFacts | None
) -> tuple[str, ...]:
    destinations, allowed = (plan.destination, *plan.spellings), policy.destinations_allowed
    refused = {
        "policy_invalid": policy.fault is not None,
        "destination_not_allowed": matches(policy.destinations_refused, destinations)
        or (allowed is not None and not matches(allowed, destinations)),
        "phone_not_allowed": policy.phones_allowed is not None
        and phone is not None
        and phone.number not in policy.phones_allowed,
        "limit_reached": facts is not None and _is_limit_reached(risk_of(plan), policy.limits, facts),
    }
    return tuple(reason for reason, holds in refused.items() if holds)


def _is_limit_reached(risk: Risk, limits: Limits, facts: GuardFacts) -> bool:
    counts = [
        (limits.calls_per_minute, facts.calls_last_minute),
        (limits.calls_per_day, facts.calls_last_day),
    ]
    if risk == "international":
        counts.append((limits.international_calls_per_day, facts.international_last_day))
    if risk == "costly":
        counts.append((limits.costly_calls_per_day, facts.costly_last_day))
    return any(limit is not None and placed >= limit for limit, placed in counts)


def _refusals(
    plan: DialPlan, phone: Phone | None, settings: Settings, facts: GuardFacts | None
) -> tuple[str, ...]:
    refused = {
        "dial_on_phone": plan.dial_on_phone,
        "no_phone": phone is None,
        "premium": settings.premium_calls == "refuse" and risk_of(plan) == "costly",
        "international": settings.international_calls == "refuse" and plan.international,
        "circuit_open": facts is not None and facts.circuit_open,
        "journal_unusable": facts is None,
    }
    return tuple(reason for reason, holds in refused.items() if holds)


def _confirmations(
    plan: DialPlan, settings: Settings, policy: AdminPolicy, facts: GuardFacts
) -> tuple[str, ...]:
    known_country = facts.country_confirmed and settings.international_calls == "confirm_first"
    free = settings.international_calls == "allow" or known_country
    needed = {
        "international": plan.international and not free,
        "premium": plan.kind == "premium",
        "satellite": plan.kind == "satellite",
        "shared_cost": _is_shared_cost_abroad(plan),
        "destination_to_confirm": matches(policy.destinations_confirmed, (plan.destination, *plan.spellings)),
        "repeated": facts.repeated,
        "burst": _is_burst(plan, settings, facts),
        "no_journal": not facts.durable,
    }
    return tuple(reason for reason, holds in needed.items() if holds)


def _is_burst(plan: DialPlan, settings: Settings, facts: GuardFacts) -> bool:
    risk = risk_of(plan)
    return (
        facts.calls_last_minute >= settings.calls_per_minute
        or (risk == "international" and facts.international_lately >= INTERNATIONAL_BURST)
        or (risk == "costly" and facts.costly_lately >= COSTLY_BURST)
    )


def _opens_circuit(plan: DialPlan, settings: Settings, facts: GuardFacts) -> bool:
    """Whether this call is the last of a burst that no person dials, however often it was confirmed."""
    risk = risk_of(plan)
    minute_limit = max(2 * settings.calls_per_minute, settings.calls_per_minute + 3)
    return (
        facts.calls_last_minute + 1 >= minute_limit
        or (risk == "international" and facts.international_lately + 1 >= INTERNATIONAL_LIMIT)
        or (risk == "costly" and facts.costly_lately + 1 >= COSTLY_LIMIT)
    )


def _is_shared_cost_abroad(plan: DialPlan) -> bool:
    return plan.kind == "shared_cost" and plan.international

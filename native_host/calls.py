"""Place a call: plan → policy → journal → key → API → journal. For the host and the command line alike.

An attempt is on disk before its request may leave, and is sent at most once, whatever happens. An error means
that nothing was sent and nothing recorded; after the attempt is recorded, every end is an outcome.
"""

import logging
import time
from collections.abc import Callable
from dataclasses import asdict

from native_host.account import KEYRING_TIMEOUT_S, Account
from native_host.call_records import CallRecord, GuardFacts, Recorded
from native_host.dialling import DialPlan, plan_number
from native_host.errors import (
    AttemptMismatch,
    CallRefused,
    ConfirmationNeeded,
    JournalUnusable,
    KeyUnavailable,
    PlanChanged,
)
from native_host.journal import Journal
from native_host.maxo_api import CallAnswer
from native_host.policy import Verdict, allows_direct_click, country_key, judge, risk_of
from native_host.protocol import Outcome, PlaceCall, Plan, PlanCall
from native_host.setting_values import Phone, Settings
from native_host.settings import LoadedSettings, load_settings

CALL_DEADLINE_S = 8.0  # keyring and request together; the extension waits for 10

_log = logging.getLogger(__name__)


class Calls:
    """Plans and places calls for one person on one machine. Safe for several threads."""

    def __init__(
        self,
        journal: Journal,
        account: Account,
        *,
        load: Callable[[], LoadedSettings] = load_settings,
        is_stopping: Callable[[], bool] = lambda: False,
    ) -> None:
        self._journal = journal
        self._account = account
        self._load = load
        self._is_stopping = is_stopping

    def plan(self, request: PlanCall) -> Plan:
        """What would happen if this were called now; sends and records nothing. Raises InvalidNumber."""
        loaded = self._load()
        plan, phone = _planned(request, loaded.settings)
        verdict = judge(plan, phone, loaded.settings, loaded.policy, self._facts(plan))
        return Plan(
            display=plan.display,
            destination=plan.destination,
            kind=plan.kind,
            country=plan.country,
            area=plan.area,
            time_zones=plan.time_zones,
            extension=plan.extension,
            notes=plan.notes,
            decision=verdict.decision,
            reasons=verdict.reasons,
            direct_click=allows_direct_click(plan, request.source, verdict),
            phone=None if phone is None else asdict(phone),
        )

    def place(self, request: PlaceCall) -> Outcome:
        """Call, unless the attempt is known already: then its outcome so far, and nothing is sent.

        Raises InvalidNumber or CallNotPlaced; then nothing was sent and nothing recorded.
        """
        deadline = time.monotonic() + CALL_DEADLINE_S
        known = self._journal.find(request.attempt, request.expected_destination)
        if known is not None:
            return _outcome_of(known, request)
        loaded = self._load()
        plan, phone = _as_expected(request, loaded)

        def decide(facts: GuardFacts) -> bool:
            verdict = judge(plan, phone, loaded.settings, loaded.policy, facts)
            _stop_unless_allowed(verdict, request.confirmed)
            return verdict.opens_circuit

        known = self._journal.begin(_record_of(request, plan, phone, loaded.settings), decide)
        if known is not None:
            return _outcome_of(known, request)
        answer = self._send(loaded.api_base_url, plan.destination, phone, deadline)
        self._finish(request.attempt, answer)
        return Outcome(request.attempt, answer.outcome, answer.code, plan.destination, phone.number)

    def outcome(self, attempt: str) -> Outcome:
        """How the attempt ended. One that never came is closed for good. Raises JournalUnusable."""
        known = self._journal.settle(attempt)
        return Outcome(attempt, known.state, known.code, None, known.phone)

    def _facts(self, plan: DialPlan) -> GuardFacts | None:
        try:
            return self._journal.facts(plan.destination, country_key(plan))
        except JournalUnusable as error:
            _log.warning("no facts for the guard: %s", error)
            return None

    def _send(self, base_url: str, destination: str, phone: Phone, deadline: float) -> CallAnswer:
        """Key, then the one request. Never raises: what is unexpected after the start may have gone out."""
        try:
            key = self._account.key(base_url, timeout_s=min(KEYRING_TIMEOUT_S, deadline - time.monotonic()))
        except KeyUnavailable as error:
            return CallAnswer("failed", error.code, str(error))
        except Exception:  # noqa: BLE001  (a recorded attempt needs an outcome)
            _log.exception("the key could not be read")
            return CallAnswer("failed", "no_keyring", "The key could not be read.")
        if self._is_stopping():
            return CallAnswer("failed", "cancelled", "The browser closed the host before anything was sent.")
        try:
            return self._account.call(
                base_url,
                key=key,
                origin=phone.number,
                destination=destination,
                auto_answer=phone.auto_answer,
                deadline_s=deadline - time.monotonic(),
            )
        except Exception:  # noqa: BLE001  (a recorded attempt needs an outcome)
            _log.exception("the client of the API failed")
            return CallAnswer("unknown", "no_answer", "The request may have been sent.")

    def _finish(self, attempt: str, answer: CallAnswer) -> None:
        _log.info("attempt %s: %s %s %s", attempt, answer.outcome, answer.code or "", answer.detail)
        try:
            self._journal.finish(attempt, answer.outcome, answer.code)
        except JournalUnusable:
            _log.exception("the outcome of %s is not recorded; it will be shown as unknown", attempt)


def _planned(request: PlanCall | PlaceCall, settings: Settings) -> tuple[DialPlan, Phone | None]:
    return plan_number(request.text, request.source, settings), settings.phone(request.phone)


def _as_expected(request: PlaceCall, loaded: LoadedSettings) -> tuple[DialPlan, Phone]:
    """Plan and phone, if they are what the person saw, and no reason to refuse stands without the journal."""
    plan, phone = _planned(request, loaded.settings)
    if plan.destination != request.expected_destination:
        raise PlanChanged
    if plan.kind == "emergency":
        raise CallRefused(reasons=judge(plan, phone, loaded.settings, loaded.policy, None).reasons)
    if phone is None:
        raise CallRefused(reasons=("no_phone",))
    if phone.number != request.expected_phone:
        raise PlanChanged
    return plan, phone


def _stop_unless_allowed(verdict: Verdict, confirmed: frozenset[str]) -> None:
    if verdict.decision == "refuse":
        raise CallRefused(reasons=verdict.reasons)
    if not confirmed.issuperset(verdict.reasons):
        raise ConfirmationNeeded(reasons=verdict.reasons)


def _record_of(request: PlaceCall, plan: DialPlan, phone: Phone, settings: Settings) -> CallRecord:
    return CallRecord(
        attempt=request.attempt,
        destination=plan.destination,
        phone=phone.number,
        display=plan.display,
        kind=plan.kind,
        country=country_key(plan),
        risk=risk_of(plan),
        international=plan.international,
        history=settings.history,
        private=request.private,
    )


def _outcome_of(known: Recorded, request: PlaceCall) -> Outcome:
    if not known.same_destination:
        raise AttemptMismatch
    destination = None if known.phone is None else request.expected_destination
    return Outcome(request.attempt, known.state, known.code, destination, known.phone)

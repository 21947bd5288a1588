"""Placing a call, step by step: what is decided in which order, and that each end tells the truth."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest

from native_host import calls as calls_module
from native_host.account import KEYRING_TIMEOUT_S, WARM_UP_AGAIN_S, Account
from native_host.calls import CALL_DEADLINE_S, Calls
from native_host.errors import (
    CallRefused,
    ConfirmationNeeded,
    InvalidNumber,
    JournalUnusable,
    KeyringLocked,
    KeyringTimeout,
    NoApiKey,
    PlanChanged,
)
from native_host.journal import Journal
from native_host.maxo_api import CallAnswer, KeyVerdict, MaxoApi
from native_host.protocol import KeyState, Outcome, PlaceCall, PlanCall
from native_host.setting_values import DEFAULT_BASE_URL, Phone, Settings
from native_host.settings import LoadedSettings

SETTINGS = Settings(phones=(Phone("101", "Desk", True), Phone("107", "Front", False)))
QUEUED = CallAnswer("queued", None, "queued")


@dataclass
class FakeMaxo:
    """In the place of the API client: answers as told, and keeps what it was asked."""

    answer: CallAnswer | Exception = QUEUED
    asked: list[dict[str, Any]] = field(default_factory=list)
    closed: bool = False

    def initiate_call(self, **fields: Any) -> CallAnswer:
        self.asked.append(fields)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def check_key(self, **_: Any) -> KeyVerdict:
        return KeyVerdict("refused", "api_key_refused")

    def prepare(self) -> None:
        raise ImportError("no httpx")

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeKeys:
    """In the place of the keyring."""

    keys: dict[str, str] = field(default_factory=lambda: {"myapi.maxo.com.au": "key"})
    error: Exception | None = None
    timeouts_s: list[float] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)

    def read_api_key(self, api_host: str, *, timeout_s: float) -> str:
        self.timeouts_s.append(timeout_s)
        if self.error:
            raise self.error
        return self.keys[api_host]

    def store_api_key(self, api_host: str, api_key: str, **_: float) -> None:
        self.keys[api_host] = api_key

    def delete_api_key(self, api_host: str, **_: float) -> None:
        del self.keys[api_host]

    def forget_api_key(self, api_host: str) -> None:
        self.forgotten.append(api_host)

    def key_state(self, api_host: str) -> KeyState:
        return "stored" if api_host in self.keys else "absent"


@dataclass
class Desk:
    """Everything a call needs, with fakes where the outside begins."""

    journal: Journal
    maxo: FakeMaxo = field(default_factory=FakeMaxo)
    keys: FakeKeys = field(default_factory=FakeKeys)
    loaded: LoadedSettings = field(default_factory=lambda: LoadedSettings(SETTINGS, (), (), DEFAULT_BASE_URL))
    stopping: bool = False

    @property
    def calls(self) -> Calls:
        account = Account(lambda _: cast("MaxoApi", self.maxo), self.keys)
        return Calls(self.journal, account, load=lambda: self.loaded, is_stopping=lambda: self.stopping)

    def place(self, **changes: Any) -> Outcome:
        return self.calls.place(placing(**changes))


def placing(**changes: Any) -> PlaceCall:
    usual = PlaceCall(
        str(uuid.uuid4()), "(02) 9999 8888", "page", None, "0299998888", "101", frozenset(), False
    )
    return replace(usual, **changes)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(Journal(tmp_path / "journal.sqlite3"))


def test_a_plan_tells_everything_and_sends_nothing(desk: Desk) -> None:
    plan = desk.calls.plan(PlanCall("+44 20 7946 0018", "page", "107"))

    assert (plan.destination, plan.decision, plan.reasons) == (
        "0011442079460018",
        "confirm",
        ("international",),
    )
    assert plan.phone == {"number": "107", "label": "Front", "auto_answer": False}
    assert desk.maxo.asked == []
    assert desk.keys.timeouts_s == []


def test_a_call_is_sent_with_the_phone_that_was_chosen_and_within_its_time(desk: Desk) -> None:
    outcome = desk.place(phone="107", expected_phone="107")

    assert (outcome.outcome, outcome.code, outcome.destination, outcome.phone) == (
        "queued",
        None,
        "0299998888",
        "107",
    )
    (asked,) = desk.maxo.asked
    assert 0 < asked.pop("deadline_s") <= CALL_DEADLINE_S
    assert asked == {"api_key": "key", "origin": "107", "destination": "0299998888", "auto_answer": False}
    assert desk.keys.timeouts_s == [KEYRING_TIMEOUT_S]


def test_the_attempt_is_on_record_before_the_request_may_leave(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, seen = placing(), []

    def send(**_: Any) -> CallAnswer:
        seen.append(desk.journal.find(request.attempt, "0299998888"))
        return QUEUED

    monkeypatch.setattr(desk.maxo, "initiate_call", send)
    desk.calls.place(request)

    assert [recorded and recorded.state for recorded in seen] == ["pending"]


@pytest.mark.parametrize(
    "error", [NoApiKey(), KeyringLocked(), KeyringTimeout()], ids=lambda error: str(error.code)
)
def test_without_the_key_the_attempt_has_failed_and_nothing_was_sent(desk: Desk, error: NoApiKey) -> None:
    desk.keys.error = error
    outcome = desk.place()

    assert (outcome.outcome, outcome.code) == ("failed", error.code)
    assert desk.calls.outcome(outcome.attempt).code == error.code
    assert desk.maxo.asked == []


def test_a_fault_of_the_keyring_that_nobody_foresaw_sends_nothing(desk: Desk) -> None:
    desk.keys.error = OSError("the bus is on fire")

    assert (desk.place().outcome, desk.maxo.asked) == ("failed", [])


def test_a_fault_of_the_client_that_nobody_foresaw_is_never_called_unsent(desk: Desk) -> None:
    desk.maxo.answer = OSError("something broke after the request")
    outcome = desk.place()

    assert (outcome.outcome, outcome.code) == ("unknown", "no_answer")
    assert desk.calls.outcome(outcome.attempt).outcome == "unknown"


def test_a_port_that_was_closed_before_the_request_cancels_the_call(desk: Desk) -> None:
    desk.stopping = True
    outcome = desk.place()

    assert (outcome.outcome, outcome.code) == ("failed", "cancelled")
    assert desk.maxo.asked == []


def test_an_outcome_that_cannot_be_recorded_is_told_all_the_same(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise JournalUnusable

    monkeypatch.setattr(desk.journal, "finish", locked)
    assert desk.place().outcome == "queued"


def test_a_key_that_maxotel_refused_is_read_anew_next_time(desk: Desk) -> None:
    desk.maxo.answer = CallAnswer("failed", "api_key_refused", "401")
    desk.place()

    assert desk.keys.forgotten == ["myapi.maxo.com.au"]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"text": "hello"}, InvalidNumber),
        ({"expected_destination": "0299998889"}, PlanChanged),
        ({"expected_phone": "107"}, PlanChanged),
        ({"phone": "107"}, PlanChanged),
        ({"phone": "999"}, CallRefused),
        ({"text": "000", "expected_destination": "000"}, CallRefused),
        ({"text": "1900 123 456", "expected_destination": "1900123456"}, ConfirmationNeeded),
        (
            {
                "text": "1900 123 456",
                "expected_destination": "1900123456",
                "confirmed": frozenset({"repeated"}),
            },
            ConfirmationNeeded,
        ),
    ],
    ids=str,
)
def test_a_call_that_is_stopped_leaves_nothing_on_record(
    desk: Desk, changes: dict[str, Any], error: type[Exception]
) -> None:
    request = placing(**changes)
    with pytest.raises(error):
        desk.calls.place(request)

    assert desk.journal.find(request.attempt, request.expected_destination) is None
    assert desk.maxo.asked == []
    assert desk.keys.timeouts_s == []


def test_a_phone_that_is_not_set_up_is_the_one_reason_named(desk: Desk) -> None:
    with pytest.raises(CallRefused) as caught:
        desk.place(phone="999")
    assert caught.value.reasons == ("no_phone",)


def test_an_emergency_number_is_refused_whatever_was_confirmed_and_however_broken_the_journal(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk.journal, "facts", lambda *_: pytest.fail("asked the journal"))
    confirmed = frozenset({"emergency", "dial_on_phone", "repeated", "no_journal"})
    for text in ("000", "+61 000", "0011 61 000", "112"):
        destination = text.replace(" ", "")
        with pytest.raises(CallRefused) as caught:
            desk.place(text=text, expected_destination=destination, confirmed=confirmed)
        assert caught.value.reasons == ("emergency",)


def test_a_refusal_cannot_be_confirmed_away(desk: Desk) -> None:
    desk.loaded = replace(desk.loaded, settings=replace(SETTINGS, premium_calls="refuse"))
    with pytest.raises(CallRefused):
        desk.place(text="1900 123 456", expected_destination="1900123456", confirmed=frozenset({"premium"}))


def test_calls_in_a_row_are_confirmed_and_then_stopped_however_often_confirmed(desk: Desk) -> None:
    desk.loaded = replace(desk.loaded, settings=replace(SETTINGS, calls_per_minute=2))
    ends: list[str] = []
    for number in range(7):
        request = {"text": f"02 9999 888{number}", "expected_destination": f"029999888{number}"}
        try:
            desk.place(**request)
            ends.append("free")
        except ConfirmationNeeded:
            try:
                desk.place(**request, confirmed=frozenset({"burst"}))
                ends.append("confirmed")
            except CallRefused as error:  # pragma: no cover  (the circuit opens after a call, not before)
                ends.append(str(error.reasons))
        except CallRefused as error:
            ends.append(error.reasons[0])

    assert ends == ["free", "free", "confirmed", "confirmed", "confirmed", "circuit_open", "circuit_open"]
    assert len(desk.maxo.asked) == 5
    plan = desk.calls.plan(PlanCall("13 12 34", "page", None))
    assert (plan.decision, plan.reasons) == ("refuse", ("circuit_open",))


def test_a_journal_that_is_locked_makes_a_plan_that_cannot_be_called(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def locked(*_: object) -> None:
        raise JournalUnusable

    monkeypatch.setattr(desk.journal, "facts", locked)
    plan = desk.calls.plan(PlanCall("13 12 34", "page", None))

    assert (plan.decision, plan.reasons) == ("refuse", ("journal_unusable",))


def test_without_a_usable_journal_a_call_goes_out_only_when_that_was_confirmed(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    desk = Desk(Journal(tmp_path / "state" / "journal.sqlite3"))
    with pytest.raises(ConfirmationNeeded) as caught:
        desk.place()
    assert caught.value.reasons == ("no_journal",)
    assert desk.place(confirmed=frozenset({"no_journal"})).outcome == "queued"
    assert len(desk.maxo.asked) == 1


# -- the account


def account(keys: FakeKeys, make: Callable[[str], FakeMaxo]) -> Account:
    return Account(lambda url: cast("MaxoApi", make(url)), keys)


def test_another_base_url_gets_another_client_and_only_its_own_key() -> None:
    made: dict[str, FakeMaxo] = {}
    keys = FakeKeys({"myapi.maxo.com.au": "one", "127.0.0.1:8080": "two"})
    both = account(keys, lambda url: made.setdefault(url, FakeMaxo()))

    for url in ("https://myapi.maxo.com.au/", "http://127.0.0.1:8080/"):
        key = both.key(url)
        both.call(url, key=key, origin="101", destination="131234", auto_answer=True, deadline_s=1)
    assert {url: maxo.asked[0]["api_key"] for url, maxo in made.items()} == {
        "https://myapi.maxo.com.au/": "one",
        "http://127.0.0.1:8080/": "two",
    }
    assert [maxo.closed for maxo in made.values()] == [True, False]


def test_a_client_that_cannot_be_prepared_is_a_matter_for_the_first_call(
    caplog: pytest.LogCaptureFixture,
) -> None:
    account(FakeKeys(), lambda _: FakeMaxo()).prepare(DEFAULT_BASE_URL)

    assert "the API client is not ready: no httpx" in caplog.text


def test_a_refused_key_check_forgets_the_key() -> None:
    keys = FakeKeys()
    account(keys, lambda _: FakeMaxo()).check_key(DEFAULT_BASE_URL)

    assert keys.forgotten == ["myapi.maxo.com.au"]


def test_the_time_for_the_keyring_fits_into_that_of_a_call_and_a_call_into_that_of_the_extension() -> None:
    assert KEYRING_TIMEOUT_S < calls_module.CALL_DEADLINE_S < 10
    assert WARM_UP_AGAIN_S < 30

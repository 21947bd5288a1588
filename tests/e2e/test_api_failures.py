"""Whatever MaxoTel's API does, the card ends in the one sentence for it, and at most one request was sent."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Person, sentence
from tests.e2e.phone_numbers import PhoneNumbers
from tests.e2e.received import assert_nothing_called, the_one_call
from tests.maxo_stand_in import StandIn

CallNumber = Callable[[], None]

# name → what the stand-in does, and the code of the sentence that follows
FAILURES: dict[str, tuple[dict[str, object], str]] = {
    "phone not connected, at 400": ({"kind": "unavailable", "status": 400}, "outcome_phone_unavailable"),
    "phone not connected, at 404": ({"kind": "unavailable", "status": 404}, "outcome_phone_unavailable"),
    "phone not connected, at 503": ({"kind": "unavailable", "status": 503}, "outcome_phone_unavailable"),
    "incomplete request": ({"kind": "status", "status": 400}, "outcome_bad_call_request"),
    "key refused": ({"kind": "status", "status": 401}, "outcome_api_key_refused"),
    "no permission": ({"kind": "status", "status": 403}, "outcome_no_permission"),
    "invalid method": ({"kind": "status", "status": 404}, "outcome_unknown_method"),
    "an undocumented refusal": ({"kind": "rejected", "status": 429}, "outcome_call_rejected"),
    "server error": ({"kind": "status", "status": 500}, "outcome_server_error"),
    "gateway error": ({"kind": "status", "status": 502}, "outcome_server_error"),
    "a captive portal's page": ({"kind": "html"}, "outcome_unexpected_answer"),
    "not queued": (
        {"kind": "body", "text": '{"status": 1, "callstatus": "busy"}'},
        "outcome_unexpected_answer",
    ),
    "not JSON": ({"kind": "body", "text": "OK"}, "outcome_unexpected_answer"),
    "redirect": ({"kind": "redirect"}, "outcome_redirected"),
    "a huge answer": ({"kind": "huge_body"}, "outcome_unexpected_answer"),
    "a compressed bomb": ({"kind": "gzip_bomb"}, "outcome_unexpected_answer"),
    "silence": ({"kind": "never_answer"}, "outcome_no_answer"),
    "a trickle": ({"kind": "trickle", "seconds": 0.3}, "outcome_no_answer"),
    "cut before reading": ({"kind": "drop_before_reading"}, "outcome_connection_lost"),
    "cut after reading": ({"kind": "drop_after_reading"}, "outcome_connection_lost"),
    "cut in the header": ({"kind": "drop_half_header"}, "outcome_connection_lost"),
    "cut in the body": ({"kind": "drop_half_body"}, "outcome_connection_lost"),
}


@pytest.fixture
def call_number(person: Person, pages: Pages, phone_numbers: PhoneNumbers) -> CallNumber:
    """Click on a number that was not called before."""

    def call() -> None:
        number = phone_numbers.landline()
        person.page.open(pages.page(f"<p>{number.written}</p>"))
        person.hover(number.written)
        person.click(number.written)

    return call


@pytest.mark.parametrize("failure", FAILURES)
def test_each_answer_of_the_api_has_its_own_sentence(
    failure: str, person: Person, maxo: StandIn, call_number: CallNumber
) -> None:
    behaviour, code = FAILURES[failure]
    maxo.behave(**behaviour)  # type: ignore[arg-type]  # a table cannot say which type belongs to which name

    call_number()

    card = person.wait_for_card(sentence(code, "101 (Desk)"))
    assert len(card.buttons) <= 2, "besides Copy there is at most one remedy"
    the_one_call(maxo)


def test_a_slow_answer_is_waited_for(person: Person, maxo: StandIn, call_number: CallNumber) -> None:
    maxo.behave("delay", seconds=2.0)

    call_number()

    person.wait_for_card(sentence("outcome_queued", "101 (Desk)"))
    the_one_call(maxo)


def test_an_unknown_outcome_is_called_again_only_when_the_person_says_so_twice(
    person: Person, maxo: StandIn, call_number: CallNumber
) -> None:
    maxo.behave("drop_after_reading")
    call_number()
    person.wait_for_card(sentence("outcome_connection_lost"))
    the_one_call(maxo)

    person.press(sentence("card_call_anyway"))

    popup = person.wait_for_popup()
    popup.reads(sentence("popup_confirm_title"))
    the_one_call(maxo)


def test_a_closed_port_is_told_as_unreachable(
    person: Person, maxo: StandIn, installation: Installation, call_number: CallNumber
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: nobody answers here
        installation.use_api(f"http://127.0.0.1:{taken.getsockname()[1]}/")

        call_number()

        person.wait_for_card(sentence("error_api_unreachable"))
    assert_nothing_called(maxo)


def test_a_certificate_of_a_stranger_is_told_as_not_safe(
    person: Person, installation: Installation, call_number: CallNumber, tmp_path: Path
) -> None:
    with StandIn(tls_dir=tmp_path) as stranger:
        installation.use_api(stranger.url)

        call_number()

        person.wait_for_card(sentence("outcome_tls_failed"))
        assert_nothing_called(stranger)


def test_every_failure_has_a_sentence_that_no_other_has() -> None:
    codes = {code for _, code in FAILURES.values()}

    assert len({sentence(code) for code in codes}) == len(codes)

"""Worker or host end at each step between click and reply: never two calls, and no word that is untrue."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import pytest

from tests.e2e.browser import Browser, until
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Person, sentence
from tests.e2e.phone_numbers import PhoneNumber, PhoneNumbers
from tests.e2e.received import calls_of
from tests.maxo_stand_in import StandIn

ANSWER_AFTER_S = 1.5
IN_THE_PIPE_AFTER_S = 0.5
END_WITHIN_S = 25.0  # the last look at an attempt may come 10 s after the click, and the machine may be slow

QUEUED = sentence("outcome_queued", "101 (Desk)")
# What may be said when nothing was sent, and when something may have been.
NOTHING_SENT = [sentence(f"outcome_{code}") for code in ("not_received", "cancelled")]
NOTHING_SENT += [sentence(f"error_{code}") for code in ("host_failed", "host_timeout", "background_stopped")]
MAY_RING = [sentence(f"outcome_{code}") for code in ("host_stopped", "no_answer", "connection_lost")]
MAY_RING += [sentence("card_outcome_lost")]


@pytest.fixture
def number(phone_numbers: PhoneNumbers) -> PhoneNumber:
    return phone_numbers.landline()


@pytest.fixture
def hovered(person: Person, pages: Pages, number: PhoneNumber) -> None:
    person.page.open(pages.page(f"<p>{number.written}</p>"))
    person.hover(number.written)


def the_end(person: Person) -> str:
    """Wait for the last word of the card, and return it."""

    def last_word() -> str:
        card = person.card()
        said = card.text if card else ""
        return next((end for end in [QUEUED, *NOTHING_SENT, *MAY_RING] if end in said), "")

    return until("an end of the call on the card", last_word, patience_s=END_WITHIN_S)


def assert_true_and_at_most_once(maxo: StandIn, said: str) -> None:
    """Check that what was said agrees with what the stand-in has seen."""
    calls = len(calls_of(maxo))
    assert calls <= 1, f"called {calls} times, and said: {said}"
    assert not (said == QUEUED and calls == 0), f"nothing was sent, and said: {said}"
    assert not (said in NOTHING_SENT and calls), f"the phone rings, and said: {said}"


def wait_for_request(maxo: StandIn) -> None:
    until("the request at the stand-in", lambda: calls_of(maxo))


def click_while_the_host_is_paused(person: Person, installation: Installation, number: PhoneNumber) -> None:
    """Click, and leave time for the call to get as far as the pipe to the host, who does not read it."""
    installation.pause_hosts()
    person.click(number.written)
    person.wait_for_card(sentence("card_calling"))
    time.sleep(IN_THE_PIPE_AFTER_S)


def test_the_host_dies_before_the_click(
    hovered: None, person: Person, maxo: StandIn, installation: Installation, number: PhoneNumber
) -> None:
    installation.kill_hosts()

    person.click(number.written)

    assert the_end(person) == QUEUED, "nothing was lost, so a new host may call"
    assert len(calls_of(maxo)) == 1


def test_the_worker_stops_before_the_click(
    hovered: None, person: Person, maxo: StandIn, browser: Browser, number: PhoneNumber
) -> None:
    browser.stop_background()

    person.click(number.written)

    assert the_end(person) == QUEUED, "nothing was lost, so a woken worker may call"
    assert len(calls_of(maxo)) == 1


def test_the_host_dies_after_the_click_before_it_reads_the_call(
    hovered: None, person: Person, maxo: StandIn, installation: Installation, number: PhoneNumber
) -> None:
    click_while_the_host_is_paused(person, installation, number)

    installation.kill_hosts()

    said = the_end(person)
    assert said in NOTHING_SENT
    assert_true_and_at_most_once(maxo, said)


def test_the_host_dies_while_the_answer_is_awaited(
    hovered: None, person: Person, maxo: StandIn, installation: Installation, number: PhoneNumber
) -> None:
    maxo.behave("delay", seconds=ANSWER_AFTER_S)
    person.click(number.written)
    wait_for_request(maxo)

    installation.kill_hosts()

    said = the_end(person)
    assert said in MAY_RING
    assert_true_and_at_most_once(maxo, said)


def test_the_worker_stops_while_the_answer_is_awaited(
    hovered: None, person: Person, maxo: StandIn, browser: Browser, number: PhoneNumber
) -> None:
    maxo.behave("delay", seconds=ANSWER_AFTER_S)
    person.click(number.written)
    wait_for_request(maxo)

    browser.stop_background()

    assert_true_and_at_most_once(maxo, the_end(person))


def test_the_worker_stops_while_the_call_waits_for_the_host(
    hovered: None,
    person: Person,
    maxo: StandIn,
    installation: Installation,
    browser: Browser,
    number: PhoneNumber,
) -> None:
    click_while_the_host_is_paused(person, installation, number)

    browser.stop_background()
    installation.resume_hosts()

    assert_true_and_at_most_once(maxo, the_end(person))


def test_worker_and_host_end_together_while_the_answer_is_awaited(
    hovered: None,
    person: Person,
    maxo: StandIn,
    installation: Installation,
    browser: Browser,
    number: PhoneNumber,
) -> None:
    maxo.behave("delay", seconds=ANSWER_AFTER_S)
    person.click(number.written)
    wait_for_request(maxo)

    installation.kill_hosts()
    browser.stop_background()

    said = the_end(person)
    assert said in MAY_RING
    assert_true_and_at_most_once(maxo, said)


def test_a_call_that_never_reached_the_host_is_placed_when_tried_again(
    hovered: None, person: Person, maxo: StandIn, installation: Installation, number: PhoneNumber
) -> None:
    click_while_the_host_is_paused(person, installation, number)
    installation.kill_hosts()
    assert the_end(person) in NOTHING_SENT

    person.press(sentence("card_try_again"))

    person.wait_for_card(QUEUED)
    assert len(calls_of(maxo)) == 1


END: dict[str, Callable[[Browser, Installation], None]] = {
    "worker": lambda browser, _: browser.stop_background(),
    "host": lambda _, installation: installation.kill_hosts(),
}


@pytest.mark.parametrize("wait_ms", [0, 5, 20, 60, 150])
@pytest.mark.parametrize("victim", END)
def test_an_end_at_any_moment_after_the_click_makes_no_second_call(
    victim: str,
    wait_ms: int,
    hovered: None,
    person: Person,
    maxo: StandIn,
    installation: Installation,
    browser: Browser,
    number: PhoneNumber,
) -> None:
    maxo.behave("delay", seconds=0.1)
    person.click(number.written)
    person.page.evaluate("(ms) => new Promise((resolve) => setTimeout(resolve, ms))", wait_ms)

    with contextlib.suppress(ProcessLookupError):
        END[victim](browser, installation)

    assert_true_and_at_most_once(maxo, the_end(person))

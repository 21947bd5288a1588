"""A click that nobody meant as a call calls nothing; the card, or the browser itself, asks instead."""

import time
from collections.abc import Callable

import pytest

from tests.e2e.pages import Pages
from tests.e2e.person import READING_S, Card, Person, sentence
from tests.e2e.phone_numbers import PhoneNumber, PhoneNumbers
from tests.e2e.received import assert_called, assert_nothing_called
from tests.maxo_stand_in import StandIn

CALL = sentence("card_call")
QUEUED = sentence("outcome_queued", "101 (Desk)")

NEARLY_INVISIBLE = {
    "a low opacity": "opacity: 0.1",
    "the opacity of a parent": "",
    "a transparent colour": "color: rgb(0 0 0 / 10%)",
    "tiny text": "font-size: 5px",
    "a filter": "filter: opacity(10%)",
}

COVER = """() => {
  const cover = document.createElement("div");
  cover.popover = "manual";
  cover.textContent = "Next";
  cover.style.cssText = `position: fixed; inset: 0; width: 100vw; height: 100vh; margin: 0; border: 0;
    background: white; pointer-events: none`;
  document.body.append(cover);
  cover.showPopover();
}"""


@pytest.fixture
def number(phone_numbers: PhoneNumbers) -> PhoneNumber:
    return phone_numbers.landline()


@pytest.fixture
def page_of(person: Person, pages: Pages) -> Callable[[str], None]:
    """Open a plain page with this body."""
    return lambda body: person.page.open(pages.page(body))


FRAME = """<iframe width="500" height="300" {} srcdoc="<p style='margin: 160px 20px'>{}"></iframe>"""
PLACE_IN_FRAME = """() => {
  const { left, top } = document.querySelector("iframe").getBoundingClientRect();
  return [left + 80, top + 170];
}"""


def click_in_frame(person: Person) -> None:
    """Rest on the number in the frame until its card was read, then click."""
    x, y = person.page.evaluate(PLACE_IN_FRAME)
    person.page.move_to(x - 2, y)
    person.page.move_to(x, y)
    time.sleep(1 + READING_S)
    person.page.click_at(x, y)


def test_a_click_before_the_card_was_seen_only_keeps_it_open(
    person: Person, page_of: Callable[[str], None], number: PhoneNumber, maxo: StandIn
) -> None:
    page_of(f"<p>{number.written}</p>")

    person.point_at(number.written)
    person.click(number.written)
    person.wait_for_card(CALL)
    person.page.move_to(900, 600)

    assert_nothing_called(maxo)
    assert person.card(), "the card stays, for the person to press its button"
    person.press(CALL)
    person.wait_for_card(QUEUED)
    assert_called(maxo, number.destination)


def test_a_double_click_selects_and_calls_nothing(
    person: Person, page_of: Callable[[str], None], number: PhoneNumber, maxo: StandIn
) -> None:
    page_of(f"<p>{number.written}</p>")

    person.hover(number.written)
    person.click(number.written, count=2)

    assert_nothing_called(maxo)
    assert person.page.evaluate("() => getSelection().toString()").strip()


def test_selecting_a_number_calls_nothing(
    person: Person, page_of: Callable[[str], None], number: PhoneNumber, maxo: StandIn
) -> None:
    page_of(f"<p>{number.written}</p>")

    person.hover(number.written)
    person.select(number.written)

    assert_nothing_called(maxo)


def test_inside_a_button_the_page_keeps_its_click_and_the_cards_button_calls(
    person: Person, page_of: Callable[[str], None], number: PhoneNumber, maxo: StandIn
) -> None:
    page_of(f'<button onclick="window.pressed = true">Ring {number.written}</button>')

    person.hover(number.written)
    person.click(number.written)

    assert_nothing_called(maxo)
    assert person.page.evaluate("() => window.pressed"), "the page's button works as before"
    person.press(CALL)
    person.wait_for_card(QUEUED)
    assert_called(maxo, number.destination)


@pytest.mark.parametrize("way", NEARLY_INVISIBLE)
def test_text_that_a_person_can_hardly_see_is_not_called_by_a_click(
    way: str, person: Person, page_of: Callable[[str], None], number: PhoneNumber, maxo: StandIn
) -> None:
    parent = "opacity: 0.1" if way == "the opacity of a parent" else ""
    page_of(f'<div style="{parent}"><p style="{NEARLY_INVISIBLE[way]}">{number.written}</p></div>')

    person.hover(number.written)
    person.click(number.written)

    assert_nothing_called(maxo)


def test_a_number_in_a_frame_of_the_page_is_called_by_a_click(
    person: Person, page_of: Callable[[str], None], number: PhoneNumber, maxo: StandIn
) -> None:
    page_of(FRAME.format("", number.written))

    click_in_frame(person)

    assert_called(maxo, number.destination)


@pytest.mark.parametrize("frame", ['style="opacity: 0.05"', "sandbox"])
def test_a_number_in_a_frame_that_is_hidden_or_a_strangers_is_not_called_by_a_click(
    frame: str, person: Person, page_of: Callable[[str], None], number: PhoneNumber, maxo: StandIn
) -> None:
    page_of(FRAME.format(frame, number.written))

    click_in_frame(person)

    assert_nothing_called(maxo)


def test_a_number_that_the_page_changes_under_the_pointer_is_not_called(
    person: Person,
    page_of: Callable[[str], None],
    number: PhoneNumber,
    phone_numbers: PhoneNumbers,
    maxo: StandIn,
) -> None:
    other = phone_numbers.landline()
    page_of(f"<p>{number.written}</p>")

    person.hover(number.written)
    person.page.evaluate("(text) => { document.querySelector('p').firstChild.data = text; }", other.written)
    person.click(other.written)

    assert_nothing_called(maxo)


def test_the_card_goes_above_whatever_the_page_lays_over_it(
    person: Person, page_of: Callable[[str], None], number: PhoneNumber, maxo: StandIn
) -> None:
    page_of(f"<p>{number.written}</p>")

    before = person.hover(number.written)
    person.page.evaluate(COVER)
    # At once: what lies over the card now lets clicks through to it, and the person reads "Next".
    person.page.click_at(*before.buttons[CALL].centre)

    assert_nothing_called(maxo)


def test_under_a_modal_dialog_the_browser_itself_asks(
    person: Person, page_of: Callable[[str], None], number: PhoneNumber, maxo: StandIn
) -> None:
    page_of(f"<dialog style='margin-top: 260px'><p>{number.written}</p></dialog>")
    person.page.evaluate("() => document.querySelector('dialog').showModal()")

    card: Card = person.hover(number.written)
    assert CALL not in card.buttons, "nothing of ours can be pressed under a modal dialog"
    assert sentence("card_display_only") in card.status
    person.click(number.written)
    popup = person.wait_for_popup()

    popup.reads(sentence("popup_confirm_title"))
    assert_nothing_called(maxo)
    popup.click(sentence("popup_call"))
    assert_called(maxo, number.destination)

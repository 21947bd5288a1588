"""However often a person clicks or presses, and whatever becomes of the page at that moment, it is one call at most."""

# ruff: noqa: E501  # scripts and markup stand as a page has them

import time

from tests.e2e.browser import until
from tests.e2e.hostile import (
    assert_only_the_honest_number_is_called,
    destinations_of,
    open_attack,
    read_card,
)
from tests.e2e.pages import Pages
from tests.e2e.person import READING_S, Person, sentence
from tests.e2e.phone_numbers import PhoneNumbers
from tests.e2e.received import assert_called
from tests.maxo_stand_in import StandIn

CALL = sentence("card_call")
MANY = 20
STAY = "addEventListener('click', (event) => event.preventDefault())"  # there is no tel: program here


def test_many_quick_clicks_are_one_attempt_at_most(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    text, link = phone_numbers.landline(), phone_numbers.landline()
    open_attack(
        person,
        pages,
        f'<p>{text.written}</p><p><a href="tel:{link.destination}">Ring {link.written}</a></p>',
        STAY,
    )

    for number, count in [(text, 1), (link, 1), (text, 3)]:
        assert read_card(person, number.written)
        for _ in range(MANY):
            person.click(number.written, count=count)
        time.sleep(0.5)
    called = destinations_of(maxo)
    assert set(called) <= {text.destination, link.destination}
    assert len(called) == len(set(called)), called


def test_many_quick_presses_of_the_cards_button_are_one_call(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    open_attack(person, pages, f"<p>{number.written}</p>")

    card = person.hover(number.written)
    for _ in range(MANY):
        person.page.click_at(*card.buttons[CALL].centre)

    assert_called(maxo, number.destination)


def test_a_held_enter_key_is_one_attempt_at_most(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    number, honest = phone_numbers.landline(), phone_numbers.landline()
    link = f'<p><a href="tel:{number.destination}" style="cursor: default">Ring {number.written}</a></p>'
    open_attack(person, pages, f"{link}<p>{honest.written}</p>", STAY)

    assert read_card(person, number.written)
    person.page.evaluate("() => document.querySelector('a').focus()")
    for _ in range(MANY):
        person.page.press("Enter")
    time.sleep(0.5)

    assert destinations_of(maxo) in ([], [number.destination])
    maxo.forget()
    assert_only_the_honest_number_is_called(person, maxo, honest)


LEAVE = {
    "goes elsewhere": "location.href = elsewhere",
    "loads again": "location.reload()",
    "writes itself anew": "document.open(); document.write('<p>gone</p>'); document.close()",
    "empties itself": "document.documentElement.replaceChildren()",
    "goes into a frame": "document.body.innerHTML = '<iframe></iframe>'",
}


def test_a_page_that_goes_away_right_at_the_click_gets_one_call_at_most(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    honest = phone_numbers.landline()
    elsewhere = pages.page(f"<p>{honest.written}</p>")

    for leaving in LEAVE.values():
        for what in ["number", "button"]:
            bait = phone_numbers.landline()
            script = f"""const elsewhere = {elsewhere!r};
              let armed = true;
              addEventListener("mouseup", () => {{ if (armed) setTimeout(() => {{ {leaving} }}); armed = false; }}, true);"""
            open_attack(person, pages, f"<p>{bait.written}</p>", script)
            card = person.hover(bait.written)
            place = person.box_of(bait.written) if what == "number" else card.buttons[CALL]
            person.page.click_at(*place.centre)
            time.sleep(0.4)
            assert destinations_of(maxo) in ([], [bait.destination]), (leaving, what)
            maxo.forget()

    person.page.open(elsewhere)
    assert_only_the_honest_number_is_called(person, maxo, honest)


def test_a_page_that_comes_back_from_the_browsers_memory_shows_no_old_card_and_calls_as_before(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    script = "let kept = 0; addEventListener('pageshow', (event) => { if (event.persisted) kept++; })"
    open_attack(person, pages, f"<p>{number.written}</p>", script)
    person.hover(number.written)
    address = person.page.evaluate("() => location.href")

    person.page.open(pages.page("<p>elsewhere</p>"))
    person.page.evaluate("() => { setTimeout(() => history.back(), 50); }")
    until("the page to come back", lambda: person.page.evaluate("() => location.href") == address)
    time.sleep(READING_S)

    assert person.card() is None, "the pointer has not moved since"
    assert_only_the_honest_number_is_called(person, maxo, number)

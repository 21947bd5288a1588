"""The options take effect on pages, and every face stands up to axe-core, mirroring and long texts."""

from collections.abc import Callable

import pytest

from tests.e2e import faces
from tests.e2e.browser import View, until
from tests.e2e.pages import Pages
from tests.e2e.person import Form, Person, sentence
from tests.e2e.phone_numbers import PhoneNumber, PhoneNumbers
from tests.e2e.received import assert_called, assert_nothing_called
from tests.maxo_stand_in import StandIn

LOOK = """() => {
  const { textDecorationLine, textDecorationStyle, backgroundColor } =
    getComputedStyle(document.querySelector("p"), "::highlight(maxo-phone-number)");
  return [textDecorationLine, textDecorationStyle, backgroundColor !== "rgba(0, 0, 0, 0)"];
}"""
MIRROR = "() => { document.documentElement.dir = 'rtl'; }"
LENGTHEN = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (/[a-z]{3}/.test(node.data)) node.data = `[${node.data.replace(/[aeiou]/g, "$&$&")}]`;
  }
}"""


@pytest.fixture
def number(phone_numbers: PhoneNumbers) -> PhoneNumber:
    return phone_numbers.landline()


def choose_in_options(person: Person, label: str) -> None:
    """Choose one option and save."""
    options = person.open_options()
    options.reads(sentence("options_connected", "127.0.0.1")[:-1])
    options.click(label)
    options.click(sentence("options_save"))
    options.reads(sentence("options_saved"))
    options.view.close()


def test_a_chosen_mark_is_seen_on_open_pages_and_on_new_ones(
    person: Person, pages: Pages, number: PhoneNumber
) -> None:
    person.page.open(pages.page(f"<p>{number.written}</p>"))
    until("the usual mark", lambda: person.page.evaluate(LOOK) == ["underline", "dotted", False])

    choose_in_options(person, sentence("options_look_tint"))
    until("the tint on the open page", lambda: person.page.evaluate(LOOK)[2])
    person.page.open(pages.page(f"<p>{number.written}</p>"))
    until("the tint on a new page", lambda: person.page.evaluate(LOOK)[2])
    choose_in_options(person, sentence("options_look_dotted"))

    until("the usual mark again", lambda: person.page.evaluate(LOOK) == ["underline", "dotted", False])


def test_where_only_the_cards_button_calls_a_click_on_the_number_does_not(
    person: Person, pages: Pages, maxo: StandIn, number: PhoneNumber
) -> None:
    choose_in_options(person, sentence("options_click_opens"))
    try:
        person.page.open(pages.page(f"<p>{number.written}</p>"))
        person.hover(number.written)
        person.click(number.written)
        assert_nothing_called(maxo)
        person.press(sentence("card_call"))

        assert_called(maxo, number.destination)
    finally:
        choose_in_options(person, sentence("options_click_calls"))


def open_popup(person: Person) -> Form:
    popup = person.open_popup()
    popup.reads(sentence("popup_ready", "101 (Desk)"))
    until("the page's number", lambda: popup.view.evaluate("() => !!document.querySelector('[role=option]')"))
    popup.view.press("ArrowDown")
    popup.reads(sentence("popup_will_dial"))
    return popup


def open_options(person: Person) -> Form:
    options = person.open_options()
    options.reads(sentence("options_connected", "127.0.0.1")[:-1])
    return options


def open_first_run(person: Person) -> Form:
    page = Form(person.browser.open_options("first-run.html"))
    page.reads(sentence("first_run_helper_found"))
    return page


FACES: dict[str, Callable[[Person], Form]] = {
    "popup": open_popup,
    "options": open_options,
    "first run": open_first_run,
}


def show(face: str, person: Person, pages: Pages, number: PhoneNumber) -> View:
    person.page.open(pages.page(f"<p>{number.written}</p>"))
    return FACES[face](person).view


@pytest.mark.parametrize("face", FACES)
def test_axe_finds_nothing_in_a_face(face: str, person: Person, pages: Pages, number: PhoneNumber) -> None:
    view = show(face, person, pages, number)

    found = faces.accessibility(view)
    view.close()

    assert found["violations"] == []
    assert found["checked"] > 0


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("change", [MIRROR, LENGTHEN], ids=["from right to left", "with longer texts"])
def test_nothing_is_cut_off(
    change: str, face: str, person: Person, pages: Pages, number: PhoneNumber
) -> None:
    view = show(face, person, pages, number)

    view.evaluate(change)
    found = faces.outside(view)
    view.close()

    assert found == []

"""The context menu: one item of ours, an entry per phone, and whatever a person picked, also in editors."""

import pytest

from tests.e2e.browser import Rect, until
from tests.e2e.pages import Pages
from tests.e2e.person import Person, sentence
from tests.e2e.phone_numbers import PhoneNumber, PhoneNumbers
from tests.e2e.received import assert_called, assert_nothing_called
from tests.maxo_stand_in import StandIn

ITEM = sentence("menu_call")
BOX_OF = """(selector) => {
  const { left, top, width, height } = document.querySelector(selector).getBoundingClientRect();
  return { left, top, width, height };
}"""
PICTURE = """() => document.body.outerHTML
  + [...document.querySelectorAll("input, textarea")].map((one) => one.value)"""


@pytest.fixture
def number(phone_numbers: PhoneNumbers) -> PhoneNumber:
    return phone_numbers.landline()


def tell_phones(person: Person) -> None:
    """Let the extension hear of the phones, as any look at its popup or options does."""
    options = person.open_options()
    options.reads(sentence("options_connected", "127.0.0.1")[:-1])
    options.view.close()


def box(person: Person, selector: str) -> Rect:
    return Rect(**person.page.evaluate(BOX_OF, selector))


def test_with_several_phones_the_chosen_one_rings(
    person: Person, pages: Pages, maxo: StandIn, number: PhoneNumber
) -> None:
    tell_phones(person)
    person.page.open(pages.page(f"<p>ref {number.destination}</p>"))
    person.select(number.destination)

    entry = sentence("menu_phone", "107 (Front counter)")
    person.page.choose_from_menu(ITEM, *person.box_of(number.destination).centre, entry)

    assert_called(maxo, number.destination, phone="107", auto_answer=0)


def test_the_item_names_what_is_selected(
    person: Person, pages: Pages, maxo: StandIn, number: PhoneNumber
) -> None:
    person.page.open(pages.page(f"<p>ref {number.destination}</p>"))
    person.select(number.destination)

    person.choose(f"{ITEM} {number.destination}", number.destination)

    assert_called(maxo, number.destination)


def test_in_a_field_with_nothing_selected_its_value_is_called(
    person: Person, pages: Pages, maxo: StandIn, number: PhoneNumber
) -> None:
    person.page.open(pages.page(f'<p><input value="{number.written}"></p>'))
    person.page.click_at(*box(person, "input").centre)
    before = person.page.evaluate(PICTURE)

    person.page.choose_from_menu(ITEM, *box(person, "input").centre)

    assert_called(maxo, number.destination)
    assert person.page.evaluate(PICTURE) == before


@pytest.mark.parametrize(
    "editor", ["<textarea rows=3 cols=40>{}</textarea>", "<div contenteditable>{}</div>"]
)
def test_a_selection_in_an_editor_is_called_and_the_editor_untouched(
    editor: str, person: Person, pages: Pages, maxo: StandIn, number: PhoneNumber
) -> None:
    person.page.open(pages.page(editor.format(number.written)))
    place = "textarea, [contenteditable]"
    person.page.click_at(*box(person, place).centre)
    person.page.evaluate("() => document.execCommand('selectAll')")
    before = person.page.evaluate(PICTURE)

    where = box(person, place)
    person.page.choose_from_menu(ITEM, where.left + 20, where.top + 10)

    assert_called(maxo, number.destination)
    assert person.page.evaluate(PICTURE) == before


def test_a_password_is_never_read(person: Person, pages: Pages, maxo: StandIn) -> None:
    person.page.open(pages.page('<p><input type="password" value="0299998888"></p>'))
    person.page.click_at(*box(person, "input").centre)

    person.page.choose_from_menu(ITEM, *box(person, "input").centre)

    person.wait_for_popup().reads(sentence("error_nothing_picked"))
    assert_nothing_called(maxo)


@pytest.mark.parametrize(
    ("written", "destination"),
    [
        ("call 1300 FLOWERS today", "1300356937"),
        ("Phone: 02 5550 1234 ext. 12", "0255501234"),
    ],
)
def test_whatever_is_selected_is_tried_in_full(
    written: str, destination: str, person: Person, pages: Pages, maxo: StandIn
) -> None:
    person.page.open(pages.page(f"<p>{written}</p>"))
    person.select(written)

    person.page.choose_from_menu(ITEM, *person.box_of(written).centre)

    until("the call", lambda: maxo.calls)
    assert_called(maxo, destination)

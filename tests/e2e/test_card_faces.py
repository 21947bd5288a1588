"""The card on real-life pages: near its number, never over it, gone at once, whatever the page does."""

import time

import pytest

from tests.e2e.browser import Rect, until
from tests.e2e.pages import Pages
from tests.e2e.person import READING_S, Person, sentence
from tests.e2e.phone_numbers import PhoneNumber, PhoneNumbers
from tests.e2e.received import assert_called, assert_nothing_called
from tests.maxo_stand_in import StandIn

CALL = sentence("card_call")
QUEUED = sentence("outcome_queued", "101 (Desk)")

HOSTILE_STYLE = """<style>
  * { color: red !important; font: 40px serif !important; letter-spacing: 1em !important }
  html > div, div { display: none !important; visibility: hidden !important; opacity: 0 !important;
    left: -9999px !important; transform: scale(0.1) !important; pointer-events: none !important }
  *::backdrop { display: block !important; background: black !important }
</style>"""
STRICT_POLICY = """<!doctype html>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; sandbox">
<body style="margin: 180px"><p>Phone {}</p></body>"""
XHTML = """<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>A page</title></head>
<body><p>{}</p></body></html>"""

TOP_LEFT_OF_FRAME = """() => {
  const { left, top } = document.querySelector("iframe").getBoundingClientRect();
  return [left, top];
}"""


@pytest.fixture
def number(phone_numbers: PhoneNumbers) -> PhoneNumber:
    return phone_numbers.landline()


def overlap(one: Rect, other: Rect) -> bool:
    """Whether two boxes have a point in common."""
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )


def gone(person: Person) -> None:
    until("the card to go", lambda: person.card() is None)


@pytest.mark.parametrize(
    "place",
    [
        "left: 0; top: 0",
        "right: 0; top: 0",
        "left: 0; bottom: 0",
        "right: 0; bottom: 0",
        "left: 45%; top: 50%",
    ],
)
def test_the_card_is_in_view_and_never_covers_its_number(
    place: str, person: Person, pages: Pages, number: PhoneNumber
) -> None:
    person.page.open(pages.page(f'<p style="position: fixed; margin: 0; {place}">{number.written}</p>'))

    card = person.hover(number.written)

    width, height = person.page.evaluate("() => [innerWidth, innerHeight]")
    assert not overlap(card.box, person.box_of(number.written))
    assert card.box.left >= 0
    assert card.box.top >= 0
    assert card.box.left + card.box.width <= width
    assert card.box.top + card.box.height <= height


def test_the_card_goes_when_the_pointer_leaves(person: Person, pages: Pages, number: PhoneNumber) -> None:
    person.page.open(pages.page(f"<p>{number.written}</p>"))

    person.hover(number.written)
    person.page.move_to(1000, 650)

    gone(person)


def test_the_card_waits_for_a_pointer_on_its_way_to_the_button(
    person: Person, pages: Pages, number: PhoneNumber, maxo: StandIn
) -> None:
    person.page.open(pages.page(f"<p>{number.written}</p>"))

    (x, y), (to_x, to_y) = (
        person.box_of(number.written).centre,
        person.hover(number.written).buttons[CALL].centre,
    )
    for step in range(1, 11):
        person.page.move_to(x + (to_x - x) * step / 10, y + (to_y - y) * step / 10)
    person.press(CALL)

    person.wait_for_card(QUEUED)
    assert_called(maxo, number.destination)


def test_escape_takes_the_card_away(person: Person, pages: Pages, number: PhoneNumber) -> None:
    person.page.open(pages.page(f"<p>{number.written}</p>"))

    person.hover(number.written)
    person.page.press("Escape")

    gone(person)


def test_scrolling_takes_the_card_away(person: Person, pages: Pages, number: PhoneNumber) -> None:
    person.page.open(pages.page(f'<div style="height: 3000px"><p>{number.written}</p></div>'))

    person.hover(number.written)
    person.page.evaluate("() => scrollBy(0, 30)")

    gone(person)


@pytest.mark.parametrize(
    "document",
    [
        STRICT_POLICY,
        '<!doctype html><html dir="rtl"><body style="margin: 180px">{}',
        HOSTILE_STYLE + "<body>{}",
    ],
    ids=["a strict policy", "right to left", "hostile styles"],
)
def test_the_card_works_on_a_page_with(
    document: str, person: Person, pages: Pages, number: PhoneNumber, maxo: StandIn
) -> None:
    person.page.open(pages.document(document.replace("{}", number.written)))

    card = person.hover(number.written)
    person.press(CALL)

    assert 200 < card.box.width < 400, "the page's styles do not reach the card"
    person.wait_for_card(QUEUED)
    assert_called(maxo, number.destination)


def test_the_card_works_in_a_document_that_is_not_html(
    person: Person, pages: Pages, number: PhoneNumber, maxo: StandIn
) -> None:
    person.page.open(pages.document(XHTML.format(number.written), "application/xhtml+xml"))
    until("the number to be marked", lambda: person.page.evaluate("() => CSS.highlights.size"))

    person.point_at(number.written)
    until("a card", lambda: person.page.evaluate("() => document.documentElement.children.length > 2"))
    time.sleep(1 + READING_S)
    person.click(number.written)

    assert_called(maxo, number.destination)


def click_in_low_frame(person: Person, pages: Pages, number: PhoneNumber, height: int) -> None:
    """Open a page with a frame of this height, rest on the number in it, and click."""
    frame = f"<iframe width='460' height='{height}' srcdoc='<p>{number.written}'></iframe>"
    person.page.open(pages.page(frame))
    left, top = person.page.evaluate(TOP_LEFT_OF_FRAME)
    x, y = left + 50, top + 28
    person.page.move_to(x - 2, y)
    person.page.move_to(x, y)
    time.sleep(1 + READING_S)
    person.page.click_at(x, y)


def test_in_a_frame_with_little_room_the_card_is_one_line(
    person: Person, pages: Pages, number: PhoneNumber, maxo: StandIn
) -> None:
    click_in_low_frame(person, pages, number, height=100)

    assert_called(maxo, number.destination)


def test_in_a_frame_without_room_for_a_card_the_browser_itself_asks(
    person: Person, pages: Pages, number: PhoneNumber, maxo: StandIn
) -> None:
    click_in_low_frame(person, pages, number, height=44)
    popup = person.wait_for_popup()

    popup.reads(sentence("popup_confirm_title"))
    assert_nothing_called(maxo)
    popup.click(sentence("popup_call"))
    assert_called(maxo, number.destination)


def test_a_number_is_copied_from_its_card(person: Person, pages: Pages, number: PhoneNumber) -> None:
    person.page.open(pages.page(f"<p>{number.written}</p>"))

    card = person.hover(number.written)
    person.page.click_at(*card.buttons[sentence("card_copy")].centre)

    person.wait_for_card(sentence("card_copied"))

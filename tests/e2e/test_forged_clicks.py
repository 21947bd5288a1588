"""A page cannot call: events that no hand has made do nothing, on numbers, on links and on the card."""

import pytest

from tests.e2e.pages import Pages
from tests.e2e.person import Person
from tests.e2e.phone_numbers import PhoneNumbers
from tests.e2e.received import assert_nothing_called
from tests.maxo_stand_in import StandIn

# Each is given the element with the number on it, and the card's host if there is one.
FORGERIES = {
    "click()": "(target) => target.click()",
    "a MouseEvent": """(target) => {
      const at = target.getBoundingClientRect();
      const where = { clientX: at.left + 20, clientY: at.top + at.height / 2, bubbles: true, composed: true };
      for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
        target.dispatchEvent(new MouseEvent(type, { ...where, button: 0, detail: 1, cancelable: true }));
      }
    }""",
    "a PointerEvent": """(target) => target.dispatchEvent(
      new PointerEvent("click", { bubbles: true, composed: true, isPrimary: true, pointerType: "mouse" }))""",
    "the Enter key": """(target) => {
      for (const type of ["keydown", "keypress", "keyup"]) {
        target.dispatchEvent(new KeyboardEvent(type, { key: "Enter", bubbles: true, composed: true }));
      }
    }""",
}
ON_EVERYTHING = """(forgery) => {
  const forge = (0, eval)(forgery);
  const outside = [...document.documentElement.children]
    .filter((one) => !["HEAD", "BODY"].includes(one.nodeName));
  for (const target of [...outside, ...document.querySelectorAll("p, a"), document, window]) {
    try { forge(target); } catch { /* document and window have no click() and no box */ }
  }
}"""


@pytest.mark.parametrize("forgery", FORGERIES)
@pytest.mark.parametrize("kind", ["text", "link"])
def test_a_forged_event_calls_nothing(
    kind: str, forgery: str, person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    shown = number.written if kind == "text" else f'<a href="tel:{number.destination}">{number.written}</a>'
    person.page.open(pages.page(f"<p>{shown}</p>"))
    person.page.evaluate(
        "() => addEventListener('click', (event) => event.preventDefault())"
    )  # no tel: program here

    person.hover(number.written)  # everything is ready: only the hand is missing
    person.page.evaluate(ON_EVERYTHING, FORGERIES[forgery])

    assert_nothing_called(maxo)


def test_a_forged_hover_starts_no_host(person: Person, pages: Pages, phone_numbers: PhoneNumbers) -> None:
    number = phone_numbers.landline()
    person.page.open(pages.page(f"<p>{number.written}</p>"))

    person.page.evaluate(
        """() => {
          const target = document.querySelector("p");
          const { left, top, height } = target.getBoundingClientRect();
          const at = { clientX: left + 20, clientY: top + height / 2, bubbles: true, composed: true };
          for (const type of ["mouseover", "mousemove", "mousemove", "pointermove"]) {
            target.dispatchEvent(new MouseEvent(type, at));
          }
        }"""
    )

    person.page.evaluate("() => new Promise((resolve) => setTimeout(resolve, 600))")
    assert person.card() is None


def test_the_page_cannot_reach_into_the_card(
    person: Person, pages: Pages, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    person.page.open(pages.page(f"<p>{number.written}</p>"))

    person.hover(number.written)

    roots = person.page.evaluate(
        """() => [...document.documentElement.children]
          .filter((one) => !["HEAD", "BODY"].includes(one.nodeName)).map((one) => one.shadowRoot)"""
    )
    assert roots == [None], "there is a card, and its root is closed"

"""What tests of hostile pages share: how a person is tempted, and how an honest number shows that all still works."""

# ruff: noqa: E501  # scripts and markup stand as a page has them

from __future__ import annotations

import time

from tests.e2e.pages import Pages
from tests.e2e.person import READING_S, Person, sentence
from tests.e2e.phone_numbers import PhoneNumber
from tests.e2e.received import assert_called, calls_of
from tests.maxo_stand_in import StandIn

CALL_WITHIN_S = 0.45  # a click on text waits for a second one before it calls
NO_CARD_AFTER_S = 1.0  # a card that comes at all comes sooner
WILL_DIAL = sentence("card_will_dial", "").strip()

# Runs before anything of ours, as a page's own script does. `cardHost()` is how a page finds the card.
# What tests use of these scripts is declared by `var`: only that is the same global in both drivers.
ATTACKER = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A hostile page</title>
<style>body {{ font: 16px/1.2 "DejaVu Sans", sans-serif; margin: 180px 40px }} p {{ margin: 0 0 14px }}</style>
<script>
var cardHost = () => [...document.documentElement.children]
  .find((one) => one.nodeName !== "HEAD" && one.nodeName !== "BODY");
{script}
</script></head><body>{body}</body></html>"""


def open_attack(person: Person, pages: Pages, body: str, script: str = "") -> None:
    """Open a page whose script listens before ours does."""
    person.page.open(pages.document(ATTACKER.format(script=script, body=body)))


def read_card(person: Person, text: str, across: float = 0.5) -> bool:
    """Rest on a text until its card was read; False when no card comes that says what would be dialled."""
    put_away_the_card(person)
    box = person.box_of(text)
    x, y = box.left + box.width * across, box.top + box.height / 2
    person.page.move_to(x - 1, y)
    person.page.move_to(x, y)
    deadline = time.monotonic() + NO_CARD_AFTER_S
    while time.monotonic() < deadline:
        card = person.card()
        if card is not None and WILL_DIAL in card.text:
            time.sleep(READING_S)
            return True
    return False


def tempt(person: Person, text: str, across: float = 0.5) -> bool:
    """Rest on a text, read its card if one comes, and click there whether or not; says whether one came."""
    seen = read_card(person, text, across)
    box = person.box_of(text)
    person.page.click_at(box.left + box.width * across, box.top + box.height / 2)
    time.sleep(CALL_WITHIN_S)
    return seen


def assert_only_the_honest_number_is_called(person: Person, maxo: StandIn, honest: PhoneNumber) -> None:
    """Call a number that nobody tampers with by a click: that call, and no other, may have been sent."""
    put_away_the_card(person)
    person.hover(honest.written)
    person.click(honest.written)
    assert_called(maxo, honest.destination)


def put_away_the_card(person: Person) -> None:
    """Go where no number is, and close a card that is kept open."""
    person.page.move_to(5, 5)
    person.page.press("Escape")


def destinations_of(maxo: StandIn) -> list[str]:
    """Return what was called, in order."""
    return [str(call.body["destination"]) if call.body else "unreadable" for call in calls_of(maxo)]

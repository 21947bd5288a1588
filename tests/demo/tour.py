"""The demo's tour, by trusted browser input: a call from a page, a question, and the popup, with pictures."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.e2e.browser import Browser, Rect, View, until
from tests.e2e.person import Person, sentence
from tests.maxo_stand_in import StandIn

NUMBER = "(02) 9999 8888"
DESTINATION = "0299998888"
ABROAD = "+44 20 7946 0018"
COLOURS = 255  # enough for a page of text, and a quarter of the bytes
SETTLE_S = 0.7  # a popup grows to its size after its page has loaded
MARGIN = 200, 50  # CSS pixels beside and above a card in its picture


def take_tour(browser: Browser, maxo: StandIn, folder: Path, say: Callable[[str], None]) -> None:
    """Do what the demo asks a person to do; raises AssertionError when it does not work."""
    album = Album(folder, browser.name)
    person = Person(browser)
    until("painted numbers", lambda: person.page.evaluate("() => CSS.highlights.size"))
    album.keep("page", browser.page)

    say(f"Pointing at {NUMBER} …")
    card = person.hover(NUMBER)
    say("The card says: " + " | ".join(card.text.splitlines()))
    album.keep("card", browser.page, around(card.box, person.box_of(NUMBER)))
    say("Clicking the number …")
    person.click(NUMBER)
    card = person.wait_for_card(sentence("outcome_queued", "101 (Desk)"))
    album.keep("outcome", browser.page, around(card.box, person.box_of(NUMBER)))
    tell_request(maxo, say)

    say(f"Pointing at {ABROAD}: calls abroad are asked about in the browser's own window …")
    person.hover(ABROAD)
    person.press(sentence("card_call_asks"))
    question = person.wait_for_popup()
    question.reads(sentence("popup_confirm_title"))
    album.keep("confirmation", question.view)
    question.click(sentence("popup_cancel"))
    question.view.close()

    popup = person.open_popup()
    popup.fill(sentence("popup_number"), "1300 975 707")
    popup.reads("1300975707")
    album.keep("popup", popup.view)
    popup.view.close()
    options = person.open_options()
    options.reads(sentence("options_connected", "").partition("$")[0].strip().rstrip("."))
    album.keep("options", options.view)
    say(f"The pictures are in {folder}.")


def tell_request(maxo: StandIn, say: Callable[[str], None]) -> None:
    """Print the request that the API received, the key in it shortened."""
    until("the call at the stand-in", lambda: maxo.calls)
    assert len(maxo.calls) == 1, "one click, one call"
    call = maxo.calls[0]
    body = dict(call.body or {})
    assert body.get("destination") == DESTINATION
    body["key"] = f"{str(body['key'])[:4]}… (from the private keyring)"
    say(f"MaxoTel's API received: {call.method} {call.path}")
    say(json.dumps(body, indent=2, ensure_ascii=False))


def around(*boxes: Rect) -> Rect:
    """Return a box around others, with some of the page beside them."""
    left = max(min(box.left for box in boxes) - MARGIN[0], 0)
    top = max(min(box.top for box in boxes) - MARGIN[1], 0)
    right = max(box.left + box.width for box in boxes) + MARGIN[0]
    bottom = max(box.top + box.height for box in boxes) + MARGIN[1]
    return Rect(left, top, right - left, bottom - top)


class Album:
    """Keeps pictures as small PNG files, named after the browser."""

    def __init__(self, folder: Path, browser_name: str) -> None:
        """Make the folder."""
        self._folder = folder
        self._browser_name = browser_name
        folder.mkdir(parents=True, exist_ok=True)

    def keep(self, name: str, view: View, part: Rect | None = None) -> None:
        """Keep what a view shows, or a part of it."""
        file = self._folder / f"{self._browser_name}-{name}.png"
        time.sleep(SETTLE_S)
        view.screenshot(file)
        with Image.open(file) as taken:
            whole = taken.convert("RGB")
        if part:
            whole = whole.crop((part.left, part.top, part.left + part.width, part.top + part.height))
        whole.quantize(COLOURS).save(file, optimize=True)

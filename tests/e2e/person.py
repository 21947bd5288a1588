"""A person at a browser: finds things by the words on them, points, clicks, reads. Knows no selectors."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.browser import EXTENSION_DIST, Browser, Rect, View, until

SENTENCES = json.loads((EXTENSION_DIST / "_locales" / "en" / "messages.json").read_text())
SETTLE_S = 0.05  # a page that still loads moves what is on it
READING_S = 0.4  # longer than a card must have been seen before a click on the number counts

# The first box of a text, also when inline elements split it.
TEXT_BOX = """(wanted) => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let all = "";
  const nodes = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push([node, all.length]);
    all += node.data;
  }
  const at = all.indexOf(wanted);
  if (at < 0) return null;
  const place = (offset) => {
    const [node, start] = nodes.findLast(([, begin]) => begin <= offset);
    return [node, offset - start];
  };
  const range = document.createRange();
  range.setStart(...place(at));
  range.setEnd(...place(at + wanted.length - 1).map((part, index) => (index ? part + 1 : part)));
  range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
  const { left, top, width, height } = range.getClientRects()[0];
  return { left, top, width, height };
}"""

# The card is the one child of the root element that a page has not put there.
READ_CARD = """() => {
  const host = [...document.documentElement.children].find((one) => !["HEAD", "BODY"].includes(one.nodeName));
  const root = host && rootOf(host);
  if (!root) return null;
  const boxOf = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { left, top, width, height };
  };
  const shown = (element) => element.checkVisibility() && boxOf(element).height > 0;
  const card = root.firstElementChild;
  return {
    text: card.innerText,
    status: [...root.querySelectorAll("[role=status]")].filter(shown).map((one) => one.innerText).join(" "),
    buttons: [...root.querySelectorAll("button")].filter(shown)
      .map((one) => [one.innerText.trim() || one.title, boxOf(one)]),
    box: boxOf(card),
  };
}"""

# A control by the words on it, as `control(words)` in what follows.
CONTROL = """const control = (words) => {
  const wordsOf = (one) => [one.innerText, one.ariaLabel, one.title, one.placeholder,
    ...[...(one.labels ?? [])].map((label) => label.innerText)].map((text) => (text ?? "").trim());
  return [...document.querySelectorAll("button, input, select, textarea, a, summary")]
    .find((one) => one.checkVisibility() && wordsOf(one).includes(words));
};"""
CONTROL_BOX = f"""(words) => {{
  {CONTROL}
  const found = control(words);
  if (!found || found.disabled) return null;
  found.scrollIntoView({{ block: "center" }});
  const {{ left, top, width, height }} = found.getBoundingClientRect();
  return {{ left, top, width, height }};
}}"""
HAS_FOCUS = f"""(words) => {{ {CONTROL} return document.activeElement === control(words); }}"""


def sentence(code: str, *values: str) -> str:
    """Return what a person reads for a message of the extension, in English."""
    text: str = SENTENCES[code]["message"]
    for position, value in enumerate(values, start=1):
        text = text.replace(f"${position}", value)
    return text


@dataclass(frozen=True)
class Card:
    """What the card beside a number says, and where its buttons are."""

    text: str
    status: str
    buttons: dict[str, Rect]
    box: Rect


class Form:
    """A person at one of the extension's own pages: popup or options."""

    def __init__(self, view: View) -> None:
        """Sit down at an open view."""
        self.view = view

    def text(self) -> str:
        """Return all that is to be read."""
        return str(self.view.evaluate("() => document.body.innerText"))

    def reads(self, words: str) -> str:
        """Wait until some words are to be read, and return the whole text."""
        try:
            return until(f"the words {words!r}", lambda: words in self.text() and self.text())  # type: ignore[return-value]  # truthy
        except AssertionError as failed:
            raise AssertionError(f"{failed}\nto be read is:\n{self.text()}") from None

    def click(self, label: str) -> None:
        """Click a button or field by its visible label."""
        self.view.click_at(*self._box(label).centre)

    def fill(self, label: str, text: str) -> None:
        """Click a field by its label, again if it moved (a popup grows), and type over what is in it."""

        def has_focus() -> Any:
            self.view.click_at(*self._box(label).centre, count=3)
            return self.view.evaluate(HAS_FOCUS, label)

        until(f"the focus in {label!r}", has_focus)
        self.view.type(text)

    def _box(self, label: str) -> Rect:
        def find() -> Any:
            before = self.view.evaluate(CONTROL_BOX, label)
            time.sleep(SETTLE_S)
            return before if before == self.view.evaluate(CONTROL_BOX, label) else None

        return Rect(**until(f"{label!r} to click, at rest", find))


class Person:
    """Points and clicks on the page under test, and reads the card."""

    def __init__(self, browser: Browser) -> None:
        """Sit down at a browser."""
        self.browser = browser
        self.page = browser.page

    def box_of(self, text: str) -> Rect:
        """Return where a text of the page is, its first line if it is broken over several."""
        found = self.page.evaluate(TEXT_BOX, text)
        assert found, f"{text!r} is not on the page"
        return Rect(**found)

    def card(self) -> Card | None:
        """Return what the card says now, or None when there is none."""
        found = self.page.evaluate_in_extension(READ_CARD)
        if not found:
            return None
        buttons = {label: Rect(**box) for label, box in found["buttons"]}
        return Card(found["text"], found["status"], buttons, Rect(**found["box"]))

    def point_at(self, text: str) -> None:
        """Move the mouse onto a text of the page, from elsewhere."""
        self.page.move_to(5, 5)
        x, y = self.box_of(text).centre
        self.page.move_to(x - 3, y)
        self.page.move_to(x, y)

    def hover(self, text: str, *, until_reads: str = "") -> Card:
        """Point at a number until its card says what would be dialled (or other words), and read that."""
        wanted = until_reads or sentence("card_will_dial", "").strip()
        self.point_at(text)
        card = self.wait_for_card(wanted)
        time.sleep(READING_S)
        return card

    def wait_for_card(self, words: str) -> Card:
        """Wait for a card that has these words, and return it."""

        def reading() -> Card | None:
            card = self.card()
            return card if card and words in card.text else None

        try:
            return until(f"a card with {words!r}", reading)
        except AssertionError as failed:
            raise AssertionError(f"{failed}\nthe card is: {self.card()}") from None

    def click(self, text: str, *, count: int = 1) -> None:
        """Click on a text of the page."""
        self.page.click_at(*self.box_of(text).centre, count=count)

    def press(self, label: str) -> None:
        """Press a button of the card by its label, after reading what the card says."""
        self.wait_for_card(label)
        time.sleep(READING_S)
        card = self.wait_for_card(label)
        self.page.click_at(*card.buttons[label].centre)

    def choose(self, label: str, text: str) -> None:
        """Right-click on a text of the page and choose from the context menu."""
        self.page.choose_from_menu(label, *self.box_of(text).centre)

    def select(self, text: str) -> None:
        """Select a text with the mouse."""
        box = self.box_of(text)
        middle = box.top + box.height / 2
        self.page.drag((box.left + 0.5, middle), (box.left + box.width - 0.5, middle))
        assert self.page.evaluate("() => getSelection().toString()").strip() == text

    def open_popup(self) -> Form:
        """Click the toolbar button."""
        return Form(self.browser.open_popup())

    def wait_for_popup(self) -> Form:
        """Return the popup that the extension opens by itself."""
        return Form(self.browser.wait_for_popup())

    def open_options(self) -> Form:
        """Open the options page."""
        return Form(self.browser.open_options())

    def photograph(self, file: Path) -> None:
        """Keep a picture of the page."""
        self.page.screenshot(file)

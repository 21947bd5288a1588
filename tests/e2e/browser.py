"""What every end-to-end test may ask of a browser, whichever it is. Drives nothing itself.

Scripts are JavaScript function sources such as `(a, b) => a + b`; arguments and results are JSON.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

T = TypeVar("T")
V = TypeVar("V", bound="View")

EXTENSION_DIST = Path(__file__).resolve().parents[2] / "extension" / "dist"
CHROMIUM_ID = "mekckcfhcmacbbccnadgbbpiclkfnopo"  # from `key` in the manifest
GECKO_ID = "click-to-call@maxo.com.au"
PATIENCE_S = 15.0  # a full machine may be slow; nothing measures time by this
POLL_S = 0.02
WINDOW = (1280, 720)  # CSS pixels of the page, the same in both browsers


def until(describe: str, probe: Callable[[], T | None], patience_s: float = PATIENCE_S) -> T:
    """Return the first truthy answer of probe; raises AssertionError with the description when none comes."""
    deadline = time.monotonic() + patience_s
    while True:
        answer = probe()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {patience_s:.0f} s in vain for {describe}; last answer: {answer!r}")
        time.sleep(POLL_S)


@dataclass(frozen=True)
class Rect:
    """A box in CSS pixels of the viewport."""

    left: float
    top: float
    width: float
    height: float

    @property
    def centre(self) -> tuple[float, float]:
        """The point that a person would aim at."""
        return self.left + self.width / 2, self.top + self.height / 2


class View(Protocol):
    """A document that can be read, and given input that the browser itself trusts."""

    def evaluate(self, script: str, *arguments: object) -> Any:
        """Run a function in the document's own world and return its (awaited) result."""

    def move_to(self, x: float, y: float) -> None:
        """Move the mouse there."""

    def click_at(self, x: float, y: float, *, count: int = 1, button: int = 0) -> None:
        """Move the mouse there and click; a count of 2 is a double-click, button 2 the right one."""

    def type(self, text: str) -> None:
        """Press the keys of a text, where the focus is."""

    def press(self, key: str) -> None:
        """Press a named key such as Enter, Tab or Escape, where the focus is."""

    def screenshot(self, file: Path) -> None:
        """Write what is to be seen as a PNG."""

    def close(self) -> None:
        """Close it."""


def loaded(view: V) -> V:
    """Return a view once its document has loaded; it may only just have been created."""

    def is_complete() -> bool:
        try:
            return bool(view.evaluate("() => document.readyState") == "complete")
        except AssertionError:
            return False  # it is only being made, or moves to another process

    until("a page of the extension to load", is_complete)
    return view


class Page(View, Protocol):
    """The tab under test."""

    def open(self, url: str) -> None:
        """Go to an address and wait for it to load."""

    def evaluate_in_extension(self, script: str, *arguments: object) -> Any:
        """Run a function in the content scripts' world; `rootOf(element)` there opens closed shadow roots."""

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press at start, move to end, let go."""

    def choose_from_menu(self, label: str, x: float, y: float, entry: str = "") -> None:
        """Right-click there and choose from the browser's real context menu by the start of a visible label.

        Where the item opens a submenu, the entry that starts so is chosen from it, by default the first.
        """

    def menu_labels(self, x: float, y: float) -> list[str]:
        """Right-click there, return what the real context menu offers, and close it again."""


class Browser(Protocol):
    """A real browser with the extension in it."""

    name: str
    profile: Path
    page: Page

    def extension_address(self, file: str) -> str:
        """Return the address of one of the extension's own files."""

    def open_popup(self) -> View:
        """Open the toolbar button's real popup, as a click on it does."""

    def wait_for_popup(self) -> View:
        """Return the popup, or the window with it, that the extension opened by itself."""

    def open_options(self, file: str = "options.html") -> View:
        """Open the options page, or another page of the extension, in a tab of its own."""

    def wait_for_tab(self, file: str) -> View:
        """Return the tab with one of the extension's pages that the extension opened by itself."""

    def tabs(self) -> list[str]:
        """Return the address of every tab."""

    def close_other_tabs(self) -> None:
        """Close every tab and popup but the page under test."""

    def forget_session(self) -> None:
        """Empty what the extension keeps until the browser ends: attempts, notices, open questions."""

    def run_command(self, name: str) -> None:
        """Have the browser tell the extension that the keys of one of its commands were pressed."""

    def stop_background(self) -> None:
        """Stop the service worker or event page, as the browser does when it has been idle."""

    def manifest_complaints(self) -> list[str]:
        """Return every error and warning that the browser has about the manifest."""

    def is_open(self) -> bool:
        """Say whether the tab under test is still there, after waiting a moment."""

    def quit(self) -> None:
        """End the browser and all that it started."""

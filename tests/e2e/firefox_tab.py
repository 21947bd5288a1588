"""Tabs of Firefox: reading, trusted input, the content scripts' world and the real context menu."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from tests.e2e.browser import GECKO_ID, until
from tests.e2e.marionette import Marionette

KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c", "Backspace": "\ue003"}
KEYS |= {"ArrowDown": "\ue015", "ArrowUp": "\ue013", "ArrowLeft": "\ue012", "ArrowRight": "\ue014"}

IN_EXTENSION = """async (id, source, given) => {
  const { ExtensionContent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionContent.sys.mjs");
  const sandbox = ExtensionContent.getContextByExtensionId(id, window)?.sandbox;
  if (!sandbox) return null;
  const rootOf = "const rootOf = (element) => element.openOrClosedShadowRoot;";
  return { value: await Cu.evalInSandbox(`{${rootOf} (${source})(...${JSON.stringify(given)})}`, sandbox) };
}"""

MENU = "Services.wm.getMostRecentBrowserWindow().document.getElementById('contentAreaContextMenu')"
MENU_LABELS = f"""() => [...{MENU}.querySelectorAll("menuitem, menu")]
  .filter((item) => item.getBoundingClientRect().height > 0).map((item) => item.label)"""
CHOOSE = f"""async (label, entry) => {{
  const context = {MENU};
  const shown = (menu, words) => [...menu.querySelectorAll(":scope > menuitem, :scope > menu")]
    .find((item) => item.getBoundingClientRect().height > 0 && item.label.startsWith(words));
  const event = (menu, name) =>
    new Promise((resolve) => menu.addEventListener(name, resolve, {{ once: true }}));
  const pause = () => new Promise((resolve) => setTimeout(resolve, 30));
  let [menu, item] = [context, shown(context, label)];
  // An extension that suits its items to the click has Firefox make them anew while the menu is open.
  for (let tries = 0; item?.localName === "menu" && tries < 100; tries++) {{
    item.openMenu(true);
    await pause();
    const isOpen = item.isConnected && item.menupopup.state === "open";
    if (isOpen) menu = item.menupopup;
    item = isOpen ? shown(menu, entry) : shown(context, label);
  }}
  if (item?.localName !== "menuitem") return false;
  const hidden = event(context, "popuphidden");
  menu.activateItem(item);
  await hidden;
  return true;
}}"""


class FirefoxTab:
    """A tab, by its window handle."""

    def __init__(self, marionette: Marionette, handle: str) -> None:
        """Take over an open tab."""
        self.handle = handle
        self._marionette = marionette

    def evaluate(self, script: str, *arguments: object) -> Any:
        """Run a function in the page's own world."""
        return self._here().evaluate(script, *arguments)

    def move_to(self, x: float, y: float) -> None:
        """Move the mouse."""
        self._here().perform("pointer", [_move(x, y)])

    def click_at(self, x: float, y: float, *, count: int = 1, button: int = 0) -> None:
        """Click by trusted input."""
        self._here().perform("pointer", [_move(x, y), *_press_and_release(button) * count])

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        steps: list[dict[str, object]] = [
            {"type": kind, "value": character} for character in text for kind in ("keyDown", "keyUp")
        ]
        self._here().perform("key", steps)

    def press(self, key: str) -> None:
        """Press a named key."""
        self.type(KEYS[key])

    def screenshot(self, file: Path) -> None:
        """Write a PNG of the viewport."""
        file.write_bytes(base64.b64decode(self._here().send("WebDriver:TakeScreenshot", full=False)))

    def close(self) -> None:
        """Close the tab."""
        self._here().send("WebDriver:CloseWindow")

    def _here(self) -> Marionette:
        self._marionette.use("content", self.handle)
        return self._marionette


class FirefoxPage(FirefoxTab):
    """The tab under test, with the content scripts' world and the real context menu."""

    def open(self, url: str) -> None:
        """Go to an address and wait for it to load."""
        self._here().send("WebDriver:Navigate", url=url)

    def evaluate_in_extension(self, script: str, *arguments: object) -> Any:
        """Run a function in the extension's world of the top frame."""

        def attempt() -> dict[str, Any] | None:
            answer: dict[str, Any] | None = self._here().evaluate(
                IN_EXTENSION, GECKO_ID, script, arguments, sandbox="system"
            )
            return answer

        return until("the content script to start", attempt).get("value")

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press, move, let go."""
        down, up = _press_and_release(0)
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        self._here().perform("pointer", [_move(*start), down, _move(*middle), _move(*end), up])

    def choose_from_menu(self, label: str, x: float, y: float, entry: str = "") -> None:
        """Right-click and choose from the native menu."""
        labels = self._open_menu(x, y)
        assert self._marionette.evaluate(CHOOSE, label, entry), f"no {label!r} in the context menu: {labels}"

    def menu_labels(self, x: float, y: float) -> list[str]:
        """Right-click, read the native menu, and close it."""
        labels = self._open_menu(x, y)
        self._marionette.evaluate(f"() => {MENU}.hidePopup()")
        until("the context menu to close", lambda: self._menu_state() == "closed")
        return labels

    def _open_menu(self, x: float, y: float) -> list[str]:
        self.click_at(x, y, button=2)
        self._marionette.use("chrome")
        until("the context menu", lambda: self._menu_state() == "open")
        return list(self._marionette.evaluate(MENU_LABELS))

    def _menu_state(self) -> str:
        return str(self._marionette.evaluate(f"() => {MENU}.state"))


def _move(x: float, y: float) -> dict[str, object]:
    return {"type": "pointerMove", "x": round(x), "y": round(y), "duration": 0, "origin": "viewport"}


def _press_and_release(button: int) -> list[dict[str, object]]:
    return [{"type": "pointerDown", "button": button}, {"type": "pointerUp", "button": button}]

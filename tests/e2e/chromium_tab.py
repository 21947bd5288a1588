"""Tabs of Chromium: reading, trusted input, the content scripts' world and the real context menu."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from playwright.sync_api import Page as Tab

from tests.e2e.browser import CHROMIUM_ID, until
from tests.e2e.chromium_target import BUTTONS, call_expression, value_of

SYSTEM_PYTHON = "/usr/bin/python3"
NATIVE_MENU = Path(__file__).with_name("native_menu.py")
MENU_WAIT_S = 30
ROOT_OF = "const rootOf = (element) => chrome.dom.openOrClosedShadowRoot(element);"


class ChromiumTab:
    """A tab, as Playwright knows it."""

    def __init__(self, tab: Tab) -> None:
        """Take over an open tab."""
        self.tab = tab

    def evaluate(self, script: str, *arguments: object) -> Any:
        """Run a function in the page's world, also where the page's policy forbids `eval`."""
        session = self.tab.context.new_cdp_session(self.tab)
        try:
            wanted = {"expression": call_expression(script, arguments), "awaitPromise": True}
            return value_of(session.send("Runtime.evaluate", {**wanted, "returnByValue": True}))
        finally:
            session.detach()

    def move_to(self, x: float, y: float) -> None:
        """Move the mouse."""
        self.tab.mouse.move(x, y)

    def click_at(self, x: float, y: float, *, count: int = 1, button: int = 0) -> None:
        """Click by trusted input."""
        self.tab.mouse.click(x, y, click_count=count, button=BUTTONS[button])  # type: ignore[arg-type]  # a literal

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        self.tab.keyboard.type(text)

    def press(self, key: str) -> None:
        """Press a named key."""
        self.tab.keyboard.press(key)

    def screenshot(self, file: Path) -> None:
        """Write a PNG of the viewport."""
        self.tab.screenshot(path=str(file))

    def close(self) -> None:
        """Close the tab."""
        self.tab.close()


class ChromiumPage(ChromiumTab):
    """The tab under test, with the content scripts' world and the real context menu."""

    def __init__(self, tab: Tab, environment: dict[str, str]) -> None:
        """Note each world that the extension makes in this tab."""
        super().__init__(tab)
        self._environment = environment
        self._session = tab.context.new_cdp_session(tab)
        self._worlds: list[dict[str, Any]] = []
        self._session.on("Runtime.executionContextCreated", self._created)
        self._session.on("Runtime.executionContextDestroyed", self._destroyed)
        self._session.on("Runtime.executionContextsCleared", lambda _: self._worlds.clear())
        self._session.send("Runtime.enable")

    def open(self, url: str) -> None:
        """Go to an address and wait for it to load."""
        self.tab.goto(url)

    def evaluate_in_extension(self, script: str, *arguments: object) -> Any:
        """Run a function in the extension's world of the top frame."""
        until("the content script to start", self._top_world)
        expression = f"{{{ROOT_OF} {call_expression(script, arguments)}}}"
        wanted = {"expression": expression, "contextId": self._top_world(), "awaitPromise": True}
        return value_of(self._session.send("Runtime.evaluate", {**wanted, "returnByValue": True}))

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """Press, move, let go."""
        self.tab.mouse.move(*start)
        self.tab.mouse.down()
        self.tab.mouse.move(*end, steps=5)
        self.tab.mouse.up()

    def choose_from_menu(self, label: str, x: float, y: float, entry: str = "") -> None:
        """Right-click and choose from the native menu."""
        self.click_at(x, y, button=2)
        found, labels = self._native_menu("choose", label, entry)
        assert found, f"no {label!r} in the context menu: {labels}"

    def menu_labels(self, x: float, y: float) -> list[str]:
        """Right-click, read the native menu, and close it."""
        self.click_at(x, y, button=2)
        _, labels = self._native_menu("list")
        self.press("Escape")
        return labels

    def _native_menu(self, *action: str) -> tuple[bool, list[str]]:
        done = subprocess.run(
            [SYSTEM_PYTHON, str(NATIVE_MENU), *action],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=MENU_WAIT_S,
        )
        assert done.stdout, f"the context menu could not be read: {done.stderr}"
        return done.returncode == 0, json.loads(done.stdout.splitlines()[-1])

    def _created(self, event: dict[str, Any]) -> None:
        context = event["context"]
        if context["auxData"]["type"] == "isolated" and CHROMIUM_ID in context["origin"]:
            self._worlds.append(context)

    def _destroyed(self, event: dict[str, Any]) -> None:
        self._worlds = [world for world in self._worlds if world["id"] != event["executionContextId"]]

    def _top_world(self) -> int | None:
        self.tab.wait_for_timeout(1)  # lets events come in
        top = self._session.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
        ids = [world["id"] for world in self._worlds if world["auxData"]["frameId"] == top]
        return ids[-1] if ids else None

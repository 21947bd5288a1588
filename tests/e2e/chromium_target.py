"""One DevTools target that Playwright does not show as a page: the toolbar popup. Knows no extension."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession

from tests.e2e.browser import PATIENCE_S, until

BUTTONS = {0: "left", 1: "middle", 2: "right"}
KEY_CODES = {"Enter": 13, "Tab": 9, "Escape": 27, "Backspace": 8, "ArrowDown": 40, "ArrowUp": 38}
KEY_TEXT = {"Enter": "\r"}


class EvaluationError(AssertionError):
    """A script threw, with what it threw."""


def call_expression(script: str, arguments: tuple[object, ...]) -> str:
    """Return an expression that calls a function source with JSON arguments."""
    return f"({script})(...{json.dumps(arguments)})"


def value_of(answer: dict[str, Any]) -> Any:
    """Return the value of an answer of Runtime.evaluate; raises EvaluationError."""
    if "exceptionDetails" in answer:
        details = answer["exceptionDetails"]
        raise EvaluationError(details.get("exception", {}).get("description", details["text"]))
    return answer["result"].get("value")


class ChromiumTarget:
    """A target spoken to through the browser's own session, without Playwright in between."""

    def __init__(
        self,
        browser: CDPSession,
        target_id: str,
        pump: Callable[[], object],
        *,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Attach. `pump` lets Playwright hand over events that have come."""
        self._patience_s = patience_s
        self._browser = browser
        self._target_id = target_id
        self._pump = pump
        self._replies: dict[int, dict[str, Any]] = {}
        self._last_id = 0
        self._gone = False
        browser.on("Target.receivedMessageFromTarget", self._receive)
        browser.on("Target.detachedFromTarget", self._detached)
        attached = browser.send("Target.attachToTarget", {"targetId": target_id, "flatten": False})
        self._session: str = attached["sessionId"]

    def send(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send one command and return its result; raises EvaluationError if refused or the target is gone."""
        self._last_id += 1
        number = self._last_id
        message = json.dumps({"id": number, "method": method, "params": parameters})
        self._browser.send("Target.sendMessageToTarget", {"sessionId": self._session, "message": message})
        until(f"an answer to {method}", lambda: self._pumped(number), self._patience_s)
        if number not in self._replies:
            raise EvaluationError(f"the window closed before it answered {method}")
        reply = self._replies.pop(number)
        if "error" in reply:
            raise EvaluationError(f"{method}: {reply['error']['message']}")
        result: dict[str, Any] = reply["result"]
        return result

    def evaluate(self, script: str, *arguments: object) -> Any:
        """Run a function in the document and return its result."""
        expression = call_expression(script, arguments)
        wanted = {"expression": expression, "awaitPromise": True, "returnByValue": True, "userGesture": False}
        return value_of(self.send("Runtime.evaluate", **wanted))

    def move_to(self, x: float, y: float) -> None:
        """Move the mouse."""
        self.send("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)

    def click_at(self, x: float, y: float, *, count: int = 1, button: int = 0) -> None:
        """Click by trusted input."""
        self.move_to(x, y)
        for nth in range(1, count + 1):
            for kind in ("mousePressed", "mouseReleased"):
                at = {"x": x, "y": y, "button": BUTTONS[button], "clickCount": nth}
                self.send("Input.dispatchMouseEvent", type=kind, **at)

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        for character in text:
            self.send("Input.dispatchKeyEvent", type="keyDown", key=character, text=character)
            self.send("Input.dispatchKeyEvent", type="keyUp", key=character)

    def press(self, key: str) -> None:
        """Press a named key."""
        known = {"key": key, "code": key, "windowsVirtualKeyCode": KEY_CODES[key]}
        text = {"text": KEY_TEXT[key]} if key in KEY_TEXT else {}
        self.send("Input.dispatchKeyEvent", type="keyDown", **known, **text)
        self.send("Input.dispatchKeyEvent", type="keyUp", **known)

    def screenshot(self, file: Path) -> None:
        """Write a PNG."""
        file.write_bytes(base64.b64decode(self.send("Page.captureScreenshot", format="png")["data"]))

    def detach(self) -> None:
        """Let go of the target: one that is held is not stopped when it is idle."""
        if not self._gone:
            self._browser.send("Target.detachFromTarget", {"sessionId": self._session})

    def close(self) -> None:
        """Close the window; it is no fault if it has closed itself."""
        if not self._gone:
            self._browser.send("Target.closeTarget", {"targetId": self._target_id})
            until("the popup to close", self._is_gone)

    def _is_gone(self) -> bool:
        self._pump()
        return self._gone

    def _pumped(self, number: int) -> bool:
        return self._is_gone() or number in self._replies

    def _receive(self, event: dict[str, Any]) -> None:
        if event["sessionId"] == self._session:
            message = json.loads(event["message"])
            if "id" in message:
                self._replies[message["id"]] = message

    def _detached(self, event: dict[str, Any]) -> None:
        if event["sessionId"] == self._session:
            self._gone = True

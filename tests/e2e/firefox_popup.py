"""Firefox's toolbar popup: a panel that no window handle names, reached by frame scripts from the chrome.

Its input is synthesised below the page, so it is trusted, as a hand's would be.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

from tests.e2e.marionette import Marionette, MarionetteError

# Runs in the popup's process. The work is a function source of ours with the process's powers; it is put into
# the text, because the policy there forbids `eval`.
FRAME_SCRIPT = """
const say = (answer) => sendAsyncMessage(%(name)s, JSON.stringify(answer));
const fail = (error) => say({ error: String(error) });
try { Promise.resolve((%(work)s)(...%(given)s)).then((value) => say({ value }), fail); }
catch (error) { fail(error); }
"""

ANSWER_MS = 5000  # it never comes from a popup that closes, or moves to another process, on the way

EVALUATE = """(script, ...given) => {
  const sandbox = Cu.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
  return Cu.evalInSandbox(`(${script})(...${JSON.stringify(given)})`, sandbox);
}"""

# Runs in the chrome: finds the popup, sends it a frame script, and waits for what it says.
ASK = """async (address, name, script, patience, focused) => {
  const browser = findPopup(address);
  if (!browser) throw new Error("no popup is open");
  if (focused) browser.focus();
  const manager = browser.messageManager;
  return JSON.parse(await new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error("the popup did not answer")), patience);
    const hear = (message) => { manager.removeMessageListener(name, hear); resolve(message.data); };
    manager.addMessageListener(name, hear);
    manager.loadFrameScript(`data:application/javascript;charset=utf-8,${encodeURIComponent(script)}`, false);
  }));
}"""

FIND_POPUP = """const findPopup = (address) => {
  for (const window of Services.wm.getEnumerator("navigator:browser")) {
    for (const browser of window.document.querySelectorAll("browser")) {
      if (browser.currentURI?.spec.startsWith(address)) return browser;
    }
  }
  return null;
};"""

CLICK = """(x, y, count, button) => {
  const event = (type, clickCount, buttons) => content.synthesizeMouseEvent(
    type, x, y, { button, buttons, clickCount }, { isDOMEventSynthesized: false });
  event("mousemove", 0, 0);
  for (let nth = 1; nth <= count; nth++) { event("mousedown", nth, 1); event("mouseup", nth, 0); }
}"""

# A popup has the keys only once the browser has moved its focus there, a moment after it is shown.
PRESS = """async (...keys) => {
  for (let tries = 0; !content.document.hasFocus() && tries < 200; tries++) {
    await new Promise((resolve) => content.setTimeout(resolve, 10));
  }
  const typist = Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
  if (!typist.beginInputTransactionForTests(content)) throw new Error("no key can be pressed here");
  for (const key of keys) {
    const press = new content.KeyboardEvent("", { key, code: key.length > 1 ? key : "" });
    typist.keydown(press);
    typist.keyup(press);
  }
}"""

SNAPSHOT = """async (address) => {
  const browser = findPopup(address);
  const bitmap = await browser.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, "white");
  const canvas = document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
  [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  return canvas.toDataURL("image/png");
}"""

CLOSE = """(address) => {
  const browser = findPopup(address);
  if (browser?.closest("panel")) browser.closest("panel").hidePopup();
  else if (browser) browser.ownerGlobal.close();
}"""


def in_chrome(script: str) -> str:
    """Return a function source with `findPopup` in reach."""
    return f"(...given) => {{ {FIND_POPUP} return ({script})(...given); }}"


class FirefoxPopup:
    """The open popup with an address that starts so."""

    def __init__(self, marionette: Marionette, address: str) -> None:
        """Take over the popup; it must be open."""
        self._marionette = marionette
        self._address = address
        self._last = 0

    def evaluate(self, script: str, *arguments: object) -> Any:
        """Run a function in the popup's document and return its result."""
        return self._ask(EVALUATE, script, *arguments)

    def move_to(self, x: float, y: float) -> None:
        """Move the mouse."""
        self._ask(CLICK, x, y, 0, 0)

    def click_at(self, x: float, y: float, *, count: int = 1, button: int = 0) -> None:
        """Click by trusted input."""
        self._ask(CLICK, x, y, count, button)

    def type(self, text: str) -> None:
        """Press the keys of a text."""
        self._ask(PRESS, *text)

    def press(self, key: str) -> None:
        """Press a named key."""
        self._ask(PRESS, key)

    def screenshot(self, file: Path) -> None:
        """Write a PNG of the popup's document."""
        self._marionette.use("chrome")
        picture: str = self._marionette.evaluate(in_chrome(SNAPSHOT), self._address)
        file.write_bytes(base64.b64decode(picture.partition(",")[2]))

    def close(self) -> None:
        """Close the panel; it is no fault if it has closed itself."""
        self._marionette.use("chrome")
        self._marionette.evaluate(in_chrome(CLOSE), self._address)

    def _ask(self, work: str, *given: object) -> Any:
        self._last += 1
        name = f"maxo-tests:{id(self)}:{self._last}"
        script = FRAME_SCRIPT % {"name": json.dumps(name), "work": work, "given": json.dumps(given)}
        self._marionette.use("chrome")
        focused = work is PRESS
        answer = self._marionette.evaluate(in_chrome(ASK), self._address, name, script, ANSWER_MS, focused)
        if "error" in answer:
            raise MarionetteError(answer["error"])
        return answer.get("value")

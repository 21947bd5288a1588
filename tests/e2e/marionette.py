"""A client of Firefox's remote protocol, Marionette. Knows commands and contexts, no extension.

Debian has no geckodriver, and the packaged clients bring a dozen libraries for a length and some JSON.
"""

from __future__ import annotations

import json
import socket
from typing import Any, Literal

Context = Literal["content", "chrome"]
CONNECT_S = 60.0
ANSWER_S = 60.0
SCRIPT_MS = 30_000


class MarionetteError(AssertionError):
    """Firefox refused a command, or a script threw."""


class Marionette:
    """One session with one Firefox."""

    def __init__(self, port: int) -> None:
        """Connect and start a session; the port must accept connections already."""
        self._socket = socket.create_connection(("127.0.0.1", port), CONNECT_S)
        self._socket.settimeout(ANSWER_S)
        self._buffer = b""
        self._last_id = 0
        self._context: Context = "content"
        self._window = ""
        self._read()  # the greeting
        self.send("WebDriver:NewSession", strictFileInteractability=True)
        self.send("WebDriver:SetTimeouts", script=SCRIPT_MS)

    def send(self, command: str, **parameters: object) -> Any:
        """Send one command and return its value; raises MarionetteError."""
        self._last_id += 1
        message = json.dumps([0, self._last_id, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(message), message))
        while True:
            kind, number, error, result = self._read()
            if (kind, number) == (1, self._last_id):
                break
        if error:
            raise MarionetteError(
                f"{command}: {error['error']}: {error['message']}\n{error.get('stacktrace', '')}"
            )
        if isinstance(result, dict) and set(result) == {"value"}:
            return result["value"]
        return result

    def use(self, context: Context, window: str = "") -> None:
        """Send what follows to the page of a window (its handle), or to the browser's own chrome."""
        if context != self._context:
            self.send("Marionette:SetContext", value=context)
            self._context = context
        if window and window != self._window:
            self.send("WebDriver:SwitchToWindow", handle=window, focus=True)
            self._window = window

    def evaluate(self, script: str, *arguments: object, sandbox: str | None = None) -> Any:
        """Run a function (source) where `use` said, and return its awaited result.

        `sandbox` is None for the document's own globals, or "system" for a privileged sandbox beside them.
        """
        body = f"""const done = arguments[arguments.length - 1];
          const given = JSON.parse(arguments[0]);
          const say = (error) => done({{ error: `${{error}}\\n${{error?.stack ?? ""}}` }});
          try {{ Promise.resolve(({script})(...given)).then((value) => done({{ value }}), say); }}
          catch (error) {{ say(error); }}"""
        answer = self.send(
            "WebDriver:ExecuteAsyncScript", script=body, args=[json.dumps(arguments)], sandbox=sandbox
        )
        if answer is None:
            raise MarionetteError("the document went away under the script")
        if "error" in answer:
            raise MarionetteError(answer["error"])
        return answer.get("value")

    def perform(self, kind: Literal["pointer", "key"], actions: list[dict[str, object]]) -> None:
        """Give trusted input, one step after the other."""
        source: dict[str, object] = {"type": kind, "id": kind, "actions": actions}
        if kind == "pointer":
            source["parameters"] = {"pointerType": "mouse"}
        self.send("WebDriver:PerformActions", actions=[source])

    def quit(self) -> None:
        """End Firefox without asking."""
        self.send("Marionette:Quit", flags=["eForceQuit"])
        self._socket.close()

    def _read(self) -> Any:
        while b":" not in self._buffer:
            self._receive()
        length, _, rest = self._buffer.partition(b":")
        self._buffer = rest
        while len(self._buffer) < int(length):
            self._receive()
        message, self._buffer = self._buffer[: int(length)], self._buffer[int(length) :]
        return json.loads(message)

    def _receive(self) -> None:
        received = self._socket.recv(65536)
        if not received:
            raise MarionetteError("Firefox has gone")
        self._buffer += received

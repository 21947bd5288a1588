"""The installed product in a private desktop session, used by command and in a browser."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.e2e.browser import Browser
from tests.e2e.desktop import Desktop
from tests.e2e.installation import PHONES
from tests.e2e.pages import Pages
from tests.e2e.person import Person, sentence
from tests.e2e.phone_numbers import PhoneNumber
from tests.e2e.received import assert_called
from tests.host.host_process import HELLO, encoded, framed
from tests.maxo_stand_in import StandIn


def set_up(desktop: Desktop, maxo_call: str, maxo: StandIn) -> None:
    """Set what a person sets: phones, key; and the stand-in for MaxoTel."""
    desktop.run(maxo_call, "settings", "set", "api_base_url", maxo.url)
    desktop.run(maxo_call, "settings", "set", "phones", json.dumps(PHONES))
    desktop.run(maxo_call, "key", "set", "--stdin", stdin=f"{maxo.valid_key}\n".encode())


def call_from_page(browser: Browser, pages: Pages, maxo: StandIn, number: PhoneNumber) -> None:
    """Click a number in a page, and see that exactly one call is placed for it."""
    maxo.forget()
    person = Person(browser)
    person.page.open(pages.page(f"<p>Reception: {number.written}</p>"))
    person.hover(number.written)
    person.click(number.written)
    person.wait_for_card(sentence("outcome_queued", "101 (Desk)"))
    assert_called(maxo, number.destination)


@contextmanager
def running_host(program: Path, environment: Mapping[str, str]) -> Generator[HostPipes]:
    """The host as a browser starts it; it is gone at the end."""
    process = subprocess.Popen(
        [program, "chrome-extension://test/"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with process:
        try:
            yield HostPipes(process)
        finally:
            process.kill()


class HostPipes:
    """Asks a running host one thing after the other."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Take the pipes of the process."""
        self._process = process

    def ask(self, **message: Any) -> dict[str, Any]:
        """Send a message and wait for the reply."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(framed(encoded(message)))
        self._process.stdin.flush()
        length = int.from_bytes(self._process.stdout.read(4), "little")
        reply: dict[str, Any] = json.loads(self._process.stdout.read(length))
        return reply

    def hello(self) -> dict[str, Any]:
        """Say hello as the extension does."""
        return self.ask(id=0, **HELLO)

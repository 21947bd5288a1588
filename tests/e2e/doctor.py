"""A person who asks the doctor, does what it says, and calls a number to see whether that helped."""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
import time
from typing import Any

from tests.e2e.browser import until
from tests.e2e.desktop import Desktop
from tests.e2e.installation import ROOT
from tests.e2e.pages import Pages
from tests.e2e.person import Person, sentence
from tests.e2e.phone_numbers import PhoneNumbers
from tests.e2e.private_system import PrivateSystem
from tests.e2e.received import assert_called
from tests.maxo_stand_in import StandIn

MARKED_WITHIN_S = 1.0


class Doctor:
    """`maxo-call doctor` as a person uses it who does what its sentences say."""

    def __init__(self, desktop: Desktop, options: list[str], system: PrivateSystem | None = None) -> None:
        self._desktop = desktop
        self._options = options
        self._system = system

    def troubles(self) -> list[dict[str, Any]]:
        """All lines that are not ok."""
        done = self._run("doctor", "--json", *self._options)
        assert done.stderr == ""
        findings: list[dict[str, Any]] = json.loads(done.stdout)
        assert done.returncode == (1 if any(one["state"] == "fault" for one in findings) else 0)
        return [one for one in findings if one["state"] != "ok"]

    def the_trouble(self, about: str) -> str:
        """The one thing that is wrong, which has to be about this."""
        troubles = self.troubles()
        assert [one["about"] for one in troubles] == [about], troubles
        return str(troubles[0]["text"])

    def do_what_it_says(self, text: str) -> None:
        """Run the one command of a sentence."""
        words = shlex.split(text.split("`")[1])
        assert "maxo-call" in words[:2], text
        done = self._run(*words[words.index("maxo-call") + 1 :])
        assert done.returncode == 0, done.stderr

    def _run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "native_host.cli", *words]
        return subprocess.run(
            self._system.command(*command) if self._system else command,
            env=self._desktop.environment,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )


def doctor_for(browser_name: str, desktop: Desktop, system: PrivateSystem | None = None) -> Doctor:
    """The doctor for the profile that the browser of a test has."""
    profile = ["--user-data-dir", str(desktop.folder / "chromium")] if browser_name == "chromium" else []
    return Doctor(desktop, profile, system)


def is_marked(person: Person, address: str) -> bool:
    """Open a page anew and see whether it is marked: what a policy allows may reach it a moment late."""
    person.page.open(address)
    time.sleep(MARKED_WITHIN_S)
    return bool(person.page.evaluate("() => CSS.highlights.size"))


def call(person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers) -> None:
    """Call a number of a page, and check that exactly that call was sent."""
    number = phone_numbers.landline()
    maxo.forget()
    address = pages.page(f"<p>{number.written}</p>")
    until("a page that is marked", lambda: is_marked(person, address))
    person.hover(number.written)
    person.click(number.written)
    person.wait_for_card(sentence("outcome_queued", "101 (Desk)"))
    assert_called(maxo, number.destination)

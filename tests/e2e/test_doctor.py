"""What keeps a browser from the helper is named by the doctor, and doing what it says lets a call through."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from tests.e2e.browser import Browser
from tests.e2e.desktop import Desktop
from tests.e2e.doctor import Doctor, call, doctor_for
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Person
from tests.e2e.phone_numbers import PhoneNumbers
from tests.maxo_stand_in import StandIn

PYTHON = f"#!{sys.executable} -I"
OTHERS = {
    "allowed_origins": ["chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"],
    "allowed_extensions": ["another@example.org"],
}


@pytest.fixture
def doctor(browser: Browser, desktop: Desktop, installation: Installation) -> Doctor:
    """The doctor, where all is well so far."""
    found = doctor_for(browser.name, desktop)
    assert found.troubles() == []
    return found


def in_its_place(*lines: str) -> Callable[[Installation], dict[str, object]]:
    """Have a program with these lines in the host's place."""
    return lambda installation: {"path": installation.program("broken-host", *lines)}


def not_executable(installation: Installation) -> dict[str, object]:
    file = installation.desktop.folder / "not-executable"
    file.write_text("#!/bin/sh\n")
    return {"path": str(file)}


# fault → what is changed in the manifest (None: no manifest; a text: all that is in it), which line names it
# and what that says
BREAKS: dict[str, tuple[Callable[[Installation], dict[str, object]] | str | None, str, str]] = {
    "no manifest": (None, "registration", "does not know the helper"),
    "bad JSON": ("{", "registration", "is damaged"),
    "no object": ("[]", "registration", "is damaged"),
    "another extension": (lambda _: {**OTHERS}, "extension_id", "the id|allows only"),
    "no program": (lambda _: {"path": "/nowhere/maxo-host"}, "program", "is not there"),
    "not executable": (not_executable, "program", "may not be run"),
    "exits at once": (in_its_place("#!/bin/sh", "exit 3"), "host", "ends at once with status 3"),
    "prints text": (in_its_place("#!/bin/sh", "echo Traceback", "sleep 9"), "host", "writes something else"),
    "never answers": (in_its_place(PYTHON, "import time; time.sleep(60)"), "host", "does not answer within"),
}


@pytest.mark.parametrize("fault", BREAKS)
def test_a_broken_registration_is_named_and_its_remedy_makes_a_call_go_through(
    fault: str,
    doctor: Doctor,
    person: Person,
    pages: Pages,
    maxo: StandIn,
    installation: Installation,
    phone_numbers: PhoneNumbers,
) -> None:
    change, about, words = BREAKS[fault]
    broken = (
        installation.broken(**change(installation))
        if callable(change)
        else installation.manifest_text(change)
    )
    with broken:
        text = doctor.the_trouble(about)
        assert any(one in text for one in words.split("|")), text

        doctor.do_what_it_says(text)

        assert doctor.troubles() == []
        call(person, pages, maxo, phone_numbers)


def test_repair_mends_what_registering_can_mend(
    doctor: Doctor,
    person: Person,
    pages: Pages,
    maxo: StandIn,
    installation: Installation,
    phone_numbers: PhoneNumbers,
    browser: Browser,
) -> None:
    options = ["--user-data-dir", str(browser.profile)] if browser.name == "chromium" else []
    with installation.broken(path="/nowhere/maxo-host", **OTHERS):
        installation.command("doctor", "--repair", *options)

        assert doctor.troubles() == []
        call(person, pages, maxo, phone_numbers)

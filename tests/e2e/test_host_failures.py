"""Each way in which an installed host can be broken ends in a sentence on the card; nothing is called."""

from __future__ import annotations

import sys

import pytest

from tests.e2e.browser import Browser
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Person, sentence
from tests.e2e.phone_numbers import PhoneNumber, PhoneNumbers
from tests.e2e.received import assert_called, assert_nothing_called
from tests.maxo_stand_in import StandIn

PYTHON = f"#!{sys.executable} -I"
READ_FIRST = "import struct, sys, time; sys.stdin.buffer.read(4)"
SEND = (
    "def send(body): sys.stdout.buffer.write(struct.pack('=I', len(body)) + body); sys.stdout.buffer.flush()"
)
STAY = "time.sleep(60)"

NOT_FOUND, FORBIDDEN, FAILED, TIMEOUT = (
    f"error_host_{what}" for what in ("not_found", "forbidden", "failed", "timeout")
)

# name → the lines of a program in the host's place, and what each browser lets the extension know of it
PROGRAMS: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "exits at once": (("#!/bin/sh", "exit 3"), {"chromium": FAILED, "firefox": FAILED}),
    "prints text": (
        ("#!/bin/sh", "echo Traceback, most recent call last", "sleep 60"),
        {"chromium": FAILED, "firefox": FAILED},
    ),
    "sends more than a browser takes": (
        (PYTHON, READ_FIRST, SEND, "send(b'[' + b' ' * 1024 * 1024 + b']')", STAY),
        {"chromium": FAILED, "firefox": FAILED},
    ),
    "sends no JSON": (
        (PYTHON, READ_FIRST, SEND, "send(b'{hello}')", STAY),
        {"chromium": TIMEOUT, "firefox": FAILED},  # Chromium drops the message and says nothing
    ),
    "never answers": ((PYTHON, READ_FIRST, STAY), {"chromium": TIMEOUT, "firefox": TIMEOUT}),
}


@pytest.fixture
def number(phone_numbers: PhoneNumbers) -> PhoneNumber:
    return phone_numbers.landline()


def assert_told(person: Person, pages: Pages, maxo: StandIn, number: PhoneNumber, code: str) -> None:
    """Point at a number and click it: the card says this sentence, and nothing is called."""
    person.page.open(pages.page(f"<p>{number.written}</p>"))
    person.hover(number.written, until_reads=sentence(code))
    person.click(number.written)
    person.wait_for_card(sentence(code))
    assert_nothing_called(maxo)


@pytest.mark.parametrize("text", [None, "{", "[]"], ids=["none", "bad JSON", "no object"])
def test_a_missing_or_damaged_manifest_is_told_as_not_installed(
    text: str | None,
    person: Person,
    pages: Pages,
    maxo: StandIn,
    installation: Installation,
    number: PhoneNumber,
) -> None:
    with installation.manifest_text(text):
        assert_told(person, pages, maxo, number, NOT_FOUND)


def test_a_host_that_does_not_know_this_extension_is_told(
    person: Person,
    pages: Pages,
    maxo: StandIn,
    installation: Installation,
    number: PhoneNumber,
    browser: Browser,
) -> None:
    others = {
        "allowed_origins": ["chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/"],
        "allowed_extensions": ["another@example.org"],
    }
    # Firefox says the same as for a missing manifest.
    code = {"chromium": FORBIDDEN, "firefox": NOT_FOUND}[browser.name]
    listed = "allowed_extensions" if browser.name == "firefox" else "allowed_origins"

    with installation.broken(**{listed: others[listed]}):
        assert_told(person, pages, maxo, number, code)


def test_a_program_that_is_not_there_is_told(
    person: Person,
    pages: Pages,
    maxo: StandIn,
    installation: Installation,
    number: PhoneNumber,
    browser: Browser,
) -> None:
    code = {"chromium": NOT_FOUND, "firefox": FAILED}[browser.name]

    with installation.broken(path=str(installation.desktop.folder / "no-such-program")):
        assert_told(person, pages, maxo, number, code)


def test_a_program_that_may_not_be_run_is_told(
    person: Person, pages: Pages, maxo: StandIn, installation: Installation, number: PhoneNumber
) -> None:
    program = installation.desktop.folder / "not-executable"
    program.write_text("#!/bin/sh\n")

    with installation.broken(path=str(program)):
        assert_told(person, pages, maxo, number, FAILED)


@pytest.mark.parametrize("fault", PROGRAMS)
def test_a_program_that_does_not_speak_as_the_host_is_told(
    fault: str,
    person: Person,
    pages: Pages,
    maxo: StandIn,
    installation: Installation,
    number: PhoneNumber,
    browser: Browser,
) -> None:
    lines, codes = PROGRAMS[fault]

    with installation.broken(path=installation.program("broken-host", *lines)):
        assert_told(person, pages, maxo, number, codes[browser.name])


def test_the_popup_tells_of_a_missing_host_and_works_once_it_is_installed(
    person: Person, pages: Pages, maxo: StandIn, installation: Installation, number: PhoneNumber
) -> None:
    person.page.open(pages.page("<p>Nothing to call here</p>"))
    with installation.manifest_text(None):
        popup = person.open_popup()
        popup.reads(sentence("error_host_not_found"))
        popup.view.close()

    popup = person.open_popup()
    popup.fill(sentence("popup_number"), number.written)
    popup.click(sentence("popup_call"))

    popup.reads(sentence("outcome_queued", "101 (Desk)"))
    assert_called(maxo, number.destination)


def test_a_page_that_told_of_a_missing_host_calls_once_it_is_installed(
    person: Person, pages: Pages, maxo: StandIn, installation: Installation, number: PhoneNumber
) -> None:
    with installation.manifest_text(None):
        assert_told(person, pages, maxo, number, NOT_FOUND)
        person.page.press("Escape")

    person.hover(number.written)
    person.click(number.written)

    person.wait_for_card(sentence("outcome_queued", "101 (Desk)"))
    assert_called(maxo, number.destination)


def test_without_a_host_a_phone_link_is_left_to_the_system(
    person: Person, pages: Pages, installation: Installation
) -> None:
    person.page.open(pages.page('<p><a href="tel:0255509999">Ring us</a></p>'))
    # Seen last, and kept from the system then: a test machine has no program for it.
    person.page.evaluate(
        """() => addEventListener("click", (event) => {
          window.leftToSystem = !event.defaultPrevented;
          event.preventDefault();
        })"""
    )
    with installation.manifest_text(None):
        person.hover("Ring us", until_reads=sentence(NOT_FOUND))
        person.click("Ring us")

        assert person.page.evaluate("() => window.leftToSystem") is True

"""When the keyring does not give the key, the card says which of its faults it was, and nothing is sent."""

from __future__ import annotations

import socket
from collections.abc import Generator
from contextlib import contextmanager

import pytest

from tests.e2e.desktop import Desktop
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Card, Person, sentence
from tests.e2e.phone_numbers import PhoneNumber, PhoneNumbers
from tests.e2e.received import assert_called, assert_nothing_called
from tests.maxo_stand_in import StandIn


@pytest.fixture
def number(phone_numbers: PhoneNumbers) -> PhoneNumber:
    return phone_numbers.landline()


def call(person: Person, pages: Pages, number: PhoneNumber, code: str) -> Card:
    """Call a number on a page, and wait for the sentence with this code."""
    person.page.open(pages.page(f"<p>{number.written}</p>"))
    person.hover(number.written)
    person.click(number.written)
    return person.wait_for_card(sentence(code, "101 (Desk)"))


@contextmanager
def bus_at(installation: Installation, address: str) -> Generator[None]:
    """Have the host look for its message bus elsewhere."""
    launcher = installation.program(
        "other-bus",
        "#!/bin/sh",
        f"DBUS_SESSION_BUS_ADDRESS={address}",
        f'exec "{installation.launcher()}" "$@"',
    )
    with installation.broken(path=launcher):
        yield


def test_no_key_is_told_and_a_key_makes_the_next_call_work(
    person: Person, pages: Pages, maxo: StandIn, installation: Installation, number: PhoneNumber
) -> None:
    installation.delete_key()
    try:
        card = call(person, pages, number, "error_no_api_key")
        assert sentence("card_open_setup") in card.buttons
        assert_nothing_called(maxo)
    finally:
        installation.store_key()

    installation.forget_calls()
    call(person, pages, number, "outcome_queued")
    assert_called(maxo, number.destination)


def test_a_locked_keyring_is_told_and_works_once_it_is_unlocked(
    person: Person, pages: Pages, maxo: StandIn, desktop: Desktop, number: PhoneNumber
) -> None:
    desktop.lock_keyring()
    try:
        call(person, pages, number, "error_keyring_locked")
        assert_nothing_called(maxo)
    finally:
        desktop.unlock_keyring()

    person.press(sentence("card_try_again"))
    person.wait_for_card(sentence("outcome_queued", "101 (Desk)"))
    assert_called(maxo, number.destination)


def test_a_computer_without_a_keyring_is_told(
    person: Person, pages: Pages, maxo: StandIn, installation: Installation, number: PhoneNumber
) -> None:
    with bus_at(installation, f"unix:path={installation.desktop.folder}/no-such-bus"):
        call(person, pages, number, "error_no_keyring")

    assert_nothing_called(maxo)


def test_a_keyring_that_does_not_answer_is_given_up_in_time(
    person: Person, pages: Pages, maxo: StandIn, installation: Installation, number: PhoneNumber
) -> None:
    path = str(installation.desktop.folder / "silent-bus")
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(path)
        silent.listen()
        with bus_at(installation, f"unix:path={path}"):
            call(person, pages, number, "error_keyring_timeout")

    assert_nothing_called(maxo)

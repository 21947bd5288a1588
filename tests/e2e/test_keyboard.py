"""The keyboard's commands: what is selected is called, and the last number once more after a question."""

from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Person, sentence
from tests.e2e.phone_numbers import PhoneNumbers
from tests.e2e.received import assert_called, assert_nothing_called
from tests.maxo_stand_in import StandIn


def test_the_keys_call_what_is_selected(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    person.page.open(pages.page(f"<p>ref {number.destination}</p>"))
    person.select(number.destination)

    person.browser.run_command("call-selection")

    assert_called(maxo, number.destination)


def test_with_nothing_selected_the_keys_say_what_to_do(person: Person, pages: Pages, maxo: StandIn) -> None:
    person.page.open(pages.page("<p>Nothing to call here</p>"))

    person.browser.run_command("call-selection")

    person.wait_for_popup().reads(sentence("error_nothing_picked"))
    assert_nothing_called(maxo)


def test_the_keys_for_the_last_number_ask_before_they_call(
    person: Person, pages: Pages, maxo: StandIn, installation: Installation, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    installation.command("call", number.written)
    installation.kill_hosts()
    maxo.forget()
    person.page.open(pages.page("<p>Nothing to call here</p>"))

    person.browser.run_command("redial-last")
    question = person.wait_for_popup()
    question.reads(sentence("popup_confirm_title"))
    question.reads(number.destination)
    assert_nothing_called(maxo)
    question.click(sentence("popup_call"))

    assert_called(maxo, number.destination)

"""From a number to one correct request: every way in which a person calls, in both browsers."""

from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Person, sentence
from tests.e2e.phone_numbers import PhoneNumbers
from tests.e2e.received import assert_called, assert_nothing_called
from tests.maxo_stand_in import StandIn

MENU_ITEM = sentence("menu_call")
QUEUED = sentence("outcome_queued", "101 (Desk)")


def test_a_click_on_a_number_in_text_rings_the_phone(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    person.page.open(pages.page(f"<p>Reception: {number.written}, weekdays from nine.</p>"))

    card = person.hover(number.written)
    person.click(number.written)

    assert sentence("card_will_dial", number.destination) in card.text
    assert sentence("card_rings", "101 (Desk)") in card.text
    person.wait_for_card(QUEUED)
    assert_called(maxo, number.destination)


def test_the_button_of_the_card_calls(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    person.page.open(pages.page(f"<p>Reception: {number.written}</p>"))

    person.hover(number.written)
    person.press(sentence("card_call"))

    person.wait_for_card(QUEUED)
    assert_called(maxo, number.destination)


def test_a_number_split_over_inline_tags_is_called_as_one(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    area, first, last = number.written.split(" ")
    person.page.open(
        pages.page(f"<p>Call <b>{area}</b> {first[:2]}<i>{first[2:]} <span>{last}</span></i> now</p>")
    )

    person.hover(number.written)
    person.click(number.written)

    person.wait_for_card(QUEUED)
    assert_called(maxo, number.destination)


def test_a_click_on_a_phone_link_calls_and_is_not_left_to_the_system(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    international = f"+61{number.destination[1:]}"
    person.page.open(pages.page(f'<p><a href="tel:{international}">Ring the workshop</a></p>'))
    person.page.evaluate(
        """() => addEventListener("click", (event) => { window.leftToSystem = !event.defaultPrevented; })"""
    )

    person.hover("Ring the workshop")
    person.click("Ring the workshop")

    person.wait_for_card(QUEUED)
    assert_called(maxo, number.destination)
    assert person.page.evaluate("() => window.leftToSystem ?? false") is False


def test_the_context_menu_calls_a_selected_number(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    person.page.open(pages.page(f"<p>ref {number.destination}</p>"))

    person.select(number.destination)
    person.choose(MENU_ITEM, number.destination)

    assert_called(maxo, number.destination)


def test_the_context_menu_calls_a_phone_link(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    person.page.open(pages.page(f'<p><a href="tel:{number.destination}">Front desk</a></p>'))

    person.choose(MENU_ITEM, "Front desk")

    assert_called(maxo, number.destination)


def test_the_context_menu_offers_nothing_where_there_is_no_number(person: Person, pages: Pages) -> None:
    person.page.open(pages.page("<p>Nothing to call here</p>"))

    labels = person.page.menu_labels(*person.box_of("Nothing").centre)

    assert labels, "the menu was read"
    assert MENU_ITEM not in labels


def test_a_number_typed_into_the_popup_is_called(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    person.page.open(pages.page("<p>Nothing to call here</p>"))

    popup = person.open_popup()
    popup.fill(sentence("popup_number"), number.written)
    popup.reads(number.destination)
    popup.click(sentence("popup_call"))

    popup.reads(QUEUED)
    assert_called(maxo, number.destination)


def test_the_popup_takes_keys_as_soon_as_it_is_open(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    person.page.open(pages.page("<p>Nothing to call here</p>"))

    popup = person.open_popup()
    popup.reads(sentence("popup_ready", "101 (Desk)"))
    popup.view.type(number.destination)
    popup.reads(sentence("kind_fixed_line"))
    popup.view.press("Enter")

    popup.reads(QUEUED)
    assert_called(maxo, number.destination)


def test_an_extension_typed_into_the_popup_is_called_as_it_is(
    person: Person, pages: Pages, maxo: StandIn
) -> None:
    person.page.open(pages.page("<p>Nothing to call here</p>"))

    popup = person.open_popup()
    popup.fill(sentence("popup_number"), "214")
    popup.reads(sentence("kind_extension"))
    popup.view.press("Enter")

    popup.reads(QUEUED)
    assert_called(maxo, "214")


def test_a_key_stored_by_the_options_page_is_the_one_that_calls(
    person: Person, pages: Pages, maxo: StandIn, installation: Installation, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    installation.delete_key()
    installation.kill_hosts()

    options = person.open_options()
    options.fill(sentence("options_key_label"), maxo.valid_key)
    options.click(sentence("options_key_store"))
    options.reads(sentence("options_key_saved"))
    options.click(sentence("options_key_check"))
    options.reads(sentence("key_answered"))
    assert maxo.valid_key not in options.view.evaluate("() => document.documentElement.outerHTML")
    options.view.close()
    person.page.open(pages.page(f"<p>{number.written}</p>"))
    person.hover(number.written)
    person.click(number.written)

    person.wait_for_card(QUEUED)
    assert_called(maxo, number.destination)
    assert maxo.key_checks, "the key check asked MaxoTel"
    assert all(check.body == {"key": maxo.valid_key} for check in maxo.key_checks)


def test_a_number_abroad_is_confirmed_in_the_browsers_own_surface(
    person: Person, pages: Pages, maxo: StandIn
) -> None:
    person.page.open(pages.page("<p>London office: +44 20 7946 0018</p>"))

    person.hover("+44 20 7946 0018")
    person.click("+44 20 7946 0018")
    assert_nothing_called(maxo)
    person.press(sentence("card_call_asks"))
    popup = person.wait_for_popup()
    popup.reads("0011442079460018")
    popup.reads(sentence("reason_international"))
    assert_nothing_called(maxo)
    popup.click(sentence("popup_call"))

    assert_called(maxo, "0011442079460018")


def test_a_call_that_is_not_confirmed_is_never_sent(person: Person, pages: Pages, maxo: StandIn) -> None:
    person.page.open(pages.page("<p>London office: +44 20 7946 0019</p>"))

    person.hover("+44 20 7946 0019")
    person.press(sentence("card_call_asks"))
    popup = person.wait_for_popup()
    popup.reads("0011442079460019")
    popup.click(sentence("popup_cancel"))

    assert_nothing_called(maxo)

"""The popup: typing, this page's numbers, recent calls, the phone that rings, this site, the helper."""

import pytest

from tests.e2e.browser import until
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Form, Person, sentence
from tests.e2e.phone_numbers import PhoneNumber, PhoneNumbers
from tests.e2e.received import assert_called, assert_nothing_called
from tests.maxo_stand_in import StandIn

FIELD = sentence("popup_number")
CALL = sentence("popup_call")
QUEUED = sentence("outcome_queued", "101 (Desk)")
MARKED = "() => CSS.highlights.get('maxo-phone-number')?.size ?? 0"
OPTIONS = """() => [...document.querySelectorAll("[role=option]")]
  .filter((one) => one.checkVisibility()).map((one) => one.innerText.split("\\n")[0])"""
PHONES = """() => document.querySelector("#phone").textContent"""
CHOOSE_PHONE = """(number) => {
  const select = document.querySelector("#phone");
  select.value = number;
  select.dispatchEvent(new Event("change"));
}"""


@pytest.fixture
def number(phone_numbers: PhoneNumbers) -> PhoneNumber:
    return phone_numbers.landline()


def listed(popup: Form) -> list[str]:
    """Return the numbers that the list shows."""
    found: list[str] = popup.view.evaluate(OPTIONS)
    return found


def until_listed(popup: Form, *numbers: str) -> None:
    until(f"{numbers} in the list", lambda: all(one in listed(popup) for one in numbers))


def test_every_frames_numbers_are_listed_and_called_with_arrow_and_enter(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    one, other, framed = phone_numbers.landline(), phone_numbers.landline(), phone_numbers.landline()
    frame = f'<iframe srcdoc="<p>Workshop {framed.written}</p>"></iframe>'
    person.page.open(pages.page(f"<p>Desk {one.written}</p><p>Store {other.written}</p>{frame}"))

    popup = person.open_popup()
    until_listed(popup, one.written, other.written, framed.written)
    popup.view.press("ArrowDown")
    popup.view.press("ArrowDown")
    popup.reads(other.destination)
    popup.view.press("Enter")

    popup.reads(QUEUED)
    assert_called(maxo, other.destination)


def test_a_click_on_a_listed_number_shows_what_would_be_dialled_and_calls_nothing(
    person: Person, pages: Pages, maxo: StandIn, number: PhoneNumber
) -> None:
    person.page.open(pages.page(f"<p>Desk {number.written}</p>"))

    popup = person.open_popup()
    until_listed(popup, number.written)
    box = popup.view.evaluate(
        """() => { const { left, top } = document.querySelector("[role=option]").getBoundingClientRect();
          return [left + 20, top + 10]; }"""
    )
    popup.view.click_at(*box)
    popup.reads(number.destination)
    assert_nothing_called(maxo)
    popup.click(CALL)

    assert_called(maxo, number.destination)


def test_typing_is_shown_in_groups_and_leaves_what_fits(
    person: Person, pages: Pages, phone_numbers: PhoneNumbers
) -> None:
    one, other = phone_numbers.landline(), phone_numbers.landline()
    person.page.open(pages.page(f"<p>{one.written}</p><p>{other.written}</p>"))

    popup = person.open_popup()
    until_listed(popup, one.written, other.written)
    popup.fill(FIELD, one.destination[:8])
    popup.reads(f"({one.destination[:2]}) {one.destination[2:6]} {one.destination[6:8]}")

    popup.fill(FIELD, one.destination)

    until("only what fits", lambda: listed(popup) == [one.written])


def test_a_recent_call_says_how_it_ended_and_is_called_again_after_a_look(
    person: Person, pages: Pages, maxo: StandIn, installation: Installation, number: PhoneNumber
) -> None:
    installation.command("call", number.written)
    installation.kill_hosts()
    maxo.forget()
    person.page.open(pages.page("<p>Nothing to call here</p>"))

    popup = person.open_popup()
    popup.reads(sentence("popup_was_queued"))
    popup.fill(FIELD, number.destination[:6])
    until("the recent call", lambda: len(listed(popup)) == 1)
    popup.view.press("ArrowDown")
    # Just called, so it is asked about here, and the answer is the button.
    popup.reads(number.destination)
    popup.reads(sentence("reason_repeated"))
    assert_nothing_called(maxo)
    popup.view.press("Enter")

    popup.reads(QUEUED)
    assert_called(maxo, number.destination)


def test_another_phone_is_chosen_in_one_step(
    person: Person, pages: Pages, maxo: StandIn, number: PhoneNumber
) -> None:
    person.page.open(pages.page(f"<p>{number.written}</p>"))

    popup = person.open_popup()
    until("a choice of phones", lambda: "107 (Front counter)" in popup.view.evaluate(PHONES))
    popup.view.evaluate(CHOOSE_PHONE, "107")
    popup.reads(sentence("popup_phone_chosen", "107 (Front counter)"))
    popup.fill(FIELD, number.written)
    popup.reads(number.destination)
    popup.view.press("Enter")

    popup.reads(sentence("outcome_queued", "107 (Front counter)"))
    assert_called(maxo, number.destination, phone="107", auto_answer=0)


def test_a_site_is_switched_off_and_on_at_once(person: Person, pages: Pages, number: PhoneNumber) -> None:
    person.page.open(pages.page(f"<p>{number.written}</p>"))
    until("a mark", lambda: person.page.evaluate(MARKED))
    switch = sentence("popup_site", "127.0.0.1")

    popup = person.open_popup()
    until_listed(popup, number.written)
    popup.click(switch)
    until("no mark", lambda: person.page.evaluate(MARKED) == 0)
    popup.reads(sentence("popup_page_off"))
    popup.click(switch)

    until("the mark again", lambda: person.page.evaluate(MARKED))
    until_listed(popup, number.written)


def test_without_the_helper_the_foot_says_so_and_offers_the_setup(
    person: Person, pages: Pages, installation: Installation, number: PhoneNumber
) -> None:
    person.page.open(pages.page(f"<p>{number.written}</p>"))
    with installation.manifest_text(None):
        popup = person.open_popup()
        popup.reads(sentence("error_host_not_found"))
        popup.reads(sentence("popup_set_up"))
        popup.view.close()

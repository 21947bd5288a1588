"""The first run: from nothing installed to the first call, on one page that notices what arrives."""

from tests.e2e.browser import until
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Form, Person, sentence
from tests.e2e.phone_numbers import PhoneNumbers
from tests.e2e.received import assert_called
from tests.maxo_stand_in import StandIn

MARKED = "() => CSS.highlights.get('maxo-phone-number')?.size ?? 0"


def open_first_run(person: Person) -> Form:
    """Open the page; that an installation opens it by itself is what every start of a browser waits for."""
    page = Form(person.browser.open_options("first-run.html"))
    page.reads(sentence("first_run_heading"))
    return page


def test_a_new_user_comes_from_nothing_to_a_call(
    person: Person, maxo: StandIn, installation: Installation, phone_numbers: PhoneNumbers
) -> None:
    number = phone_numbers.landline()
    installation.delete_key()
    installation.command("settings", "set", "phones", "[]")
    with installation.manifest_text(None):
        page = open_first_run(person)
        page.reads(sentence("error_host_not_found"))
        page.reads("sudo apt install ./maxo-click-to-call_*.deb")
        page.reads(sentence("first_run_helper_waiting"))

    # The helper has arrived, and nobody pressed anything.
    page.reads(sentence("first_run_helper_found"))
    page.fill(sentence("options_key_label"), maxo.valid_key)
    page.click(sentence("options_key_store"))
    page.reads(sentence("options_key_saved"))
    page.click(sentence("options_key_check"))
    page.reads(sentence("key_answered"))
    assert not maxo.calls, "no phone rings for a check"
    page.fill(sentence("first_run_phone_number"), "101")
    page.fill(sentence("first_run_phone_label"), "Desk")
    page.click(sentence("first_run_phone_save"))
    page.reads(sentence("first_run_phone_saved", "101 (Desk)"))
    page.fill(sentence("first_run_test_number"), number.written)
    page.reads(number.destination)
    page.click(sentence("first_run_test_call"))

    page.reads(sentence("outcome_queued", "101 (Desk)"))
    page.reads(sentence("first_run_done"))
    assert_called(maxo, number.destination)
    page.view.close()


def test_the_choice_of_sites_holds_at_once(person: Person, pages: Pages, phone_numbers: PhoneNumbers) -> None:
    person.page.open(pages.page(f"<p>{phone_numbers.landline().written}</p>"))
    until("a mark", lambda: person.page.evaluate(MARKED))

    page = open_first_run(person)
    page.click(sentence("options_where_allowed"))
    until("no mark on a site that is not allowed", lambda: person.page.evaluate(MARKED) == 0)
    page.click(sentence("options_where_everywhere"))

    until("the mark again", lambda: person.page.evaluate(MARKED))
    page.view.close()


def test_a_helper_that_does_not_know_this_extension_is_told_how(
    person: Person, installation: Installation
) -> None:
    strangers = {
        "allowed_origins": [f"chrome-extension://{'p' * 32}/"],
        "allowed_extensions": ["nobody@example.com"],
    }
    known = {name: value for name, value in strangers.items() if name in installation.manifest.read_text()}
    with installation.broken(**known):
        page = open_first_run(person)

        page.reads("maxo-call register")
        page.view.close()

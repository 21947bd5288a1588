"""The key in a real browser: typed into the options page, used, and found nowhere but in the keyring."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.e2e.browser import Browser
from tests.e2e.conftest import BROWSERS
from tests.e2e.desktop import Desktop
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Person, sentence
from tests.e2e.phone_numbers import PhoneNumbers
from tests.maxo_stand_in import StandIn
from tests.secret_search import ProcessWatch, find_in_folders, forms_in, new_canary

QUEUED = sentence("outcome_queued", "101 (Desk)")
# Everything that the extension's own pages can store, as text.
READ_STORES = """async () => {
  const { storage } = globalThis.browser ?? globalThis.chrome;
  const areas = ["local", "session", "sync"].filter((area) => storage[area]);
  const kept = await Promise.all(areas.map((area) => storage[area].get(null)));
  const others = [await indexedDB.databases?.(), await caches.keys(), document.cookie];
  return JSON.stringify([kept, { ...localStorage }, { ...sessionStorage }, others]);
}"""
WHOLE_TEXT = "() => document.documentElement.outerHTML"
PLANT = """async (secret) => {
  await (globalThis.browser ?? globalThis.chrome).storage.local.set({ planted: secret });
}"""


@pytest.fixture
def canary() -> str:
    return new_canary()


@pytest.fixture
def fresh_desktop() -> Generator[Desktop]:
    desktop = Desktop()
    yield desktop
    desktop.close()


@pytest.fixture
def fresh_maxo(canary: str) -> Generator[StandIn]:
    with StandIn() as maxo:
        maxo.valid_key = canary
        yield maxo


def is_keyring(file: Path) -> bool:
    """Whether the file is the keyring's own, which is encrypted by it."""
    return "keyrings" in file.parts


def spend_a_day(browser: Browser, maxo: StandIn, pages: Pages, numbers: PhoneNumbers, key: str) -> str:
    """Store and check the key as a person does, call, fail, lose the worker; return all stored and shown."""
    person, seen = Person(browser), []
    options = person.open_options()
    options.fill(sentence("options_key_label"), key)
    options.click(sentence("options_key_store"))
    options.reads(sentence("options_key_saved"))
    options.click(sentence("options_key_check"))
    options.reads(sentence("key_answered"))
    seen.append(str(options.view.evaluate(WHOLE_TEXT)))
    options.view.close()
    for behaviour, said in ((None, QUEUED), ("drop_after_reading", sentence("outcome_connection_lost"))):
        if behaviour == "drop_after_reading":
            maxo.behave("drop_after_reading")
        number = numbers.landline()
        person.page.open(pages.page(f"<p>{number.written}</p>"))
        person.hover(number.written)
        person.click(number.written)
        person.wait_for_card(said)
        seen.append(str(person.page.evaluate(WHOLE_TEXT)))
    browser.stop_background()
    again = person.open_options()
    seen += [str(again.view.evaluate(script)) for script in (WHOLE_TEXT, READ_STORES)]
    return "\n".join(seen)


@pytest.mark.parametrize("name", BROWSERS)
def test_the_key_is_in_no_storage_of_the_extension_and_in_no_file_of_the_profile(
    name: str,
    fresh_desktop: Desktop,
    fresh_maxo: StandIn,
    pages: Pages,
    phone_numbers: PhoneNumbers,
    canary: str,
) -> None:
    planted = new_canary()
    with ProcessWatch(fresh_desktop.home, every_s=0.1) as watch:
        browser = BROWSERS[name](fresh_desktop)
        try:
            Installation(fresh_desktop, browser, fresh_maxo)
            seen = spend_a_day(browser, fresh_maxo, pages, phone_numbers, canary)
            browser.open_options().evaluate(PLANT, planted)
            while_running = find_in_folders(planted, [browser.profile])
            found = find_in_folders(canary, [fresh_desktop.folder], leave_out=is_keyring)
        finally:
            browser.quit()
    found += find_in_folders(canary, [fresh_desktop.folder], leave_out=is_keyring)

    assert forms_in(seen.encode(), canary) == []
    assert found == []
    assert watch.find(canary) == []
    assert len(fresh_maxo.calls) == 2
    assert while_running + find_in_folders(planted, [browser.profile]), (
        "the search finds what is stored there"
    )

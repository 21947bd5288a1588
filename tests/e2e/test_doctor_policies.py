"""Policies, and what a person lets the extension read, are named where they keep calls from working.

In browsers and a view of the system of their own, as policies hold for every browser of a machine.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from native_host import HOST_NAME
from tests.e2e import chromium, firefox
from tests.e2e.browser import CHROMIUM_ID, GECKO_ID, until
from tests.e2e.conftest import BROWSERS
from tests.e2e.desktop import Desktop
from tests.e2e.doctor import call, doctor_for, is_marked
from tests.e2e.installation import Installation
from tests.e2e.marionette import MarionetteError
from tests.e2e.pages import Pages
from tests.e2e.person import Person, sentence
from tests.e2e.phone_numbers import PhoneNumbers
from tests.e2e.private_system import PrivateSystem, is_possible
from tests.maxo_stand_in import StandIn

POLICY_FILES = {
    "chromium": "/etc/chromium/policies/managed/company.json",
    "firefox": "/etc/firefox/policies/policies.json",
}
NOTED_WITHIN_S = 45.0  # Chromium writes its preferences every 10 s


class Place:
    """A machine with policies, on which one kind of browser is started and set up as often as needed."""

    def __init__(self, name: str, system: PrivateSystem, desktop: Desktop, maxo: StandIn) -> None:
        self.doctor = doctor_for(name, desktop, system)
        self._name = name
        self._system = system
        self._desktop = desktop
        self._maxo = maxo
        self._installation: Installation | None = None

    def set_policy(self, **values: object) -> None:
        policies = {"policies": values} if self._name == "firefox" else values
        self._system.write(POLICY_FILES[self._name], json.dumps(policies))

    def refuses_the_extension(self) -> None:
        """Start Firefox, and check that it takes no extension."""
        browser = object.__new__(firefox.Firefox)  # kept, as it has to be ended though it is not whole
        with pytest.raises(MarionetteError, match="Addon:Install"):
            firefox.Firefox.__init__(browser, self._desktop)
        browser.quit()
        shutil.rmtree(browser.profile)

    @contextmanager
    def browser(self) -> Generator[Person]:
        """A new profile, with the product set up for it."""
        browser = BROWSERS[self._name](self._desktop)
        try:
            if self._installation is None:
                self._installation = Installation(self._desktop, browser, self._maxo)
                self._installation.store_key()
            self._installation.register()
            if self._name == "firefox":  # a profile where Firefox keeps its own
                link = self._desktop.home / ".mozilla" / "firefox" / "here"
                link.parent.mkdir(exist_ok=True)
                link.unlink(missing_ok=True)
                link.symlink_to(browser.profile)
            yield Person(browser)
        finally:
            browser.quit()
            shutil.rmtree(browser.profile)


@pytest.fixture
def machine_with(
    tmp_path: Path, maxo: StandIn, monkeypatch: pytest.MonkeyPatch
) -> Generator[Callable[[str], Place]]:
    """Makes a machine for a browser of this name."""
    if not is_possible():
        pytest.skip("only root can give a browser policies of its own")
    with ExitStack() as ends:
        system = PrivateSystem(tmp_path / "system")
        ends.callback(system.close)
        desktop = Desktop()
        ends.callback(desktop.close)
        for module in (chromium, firefox):
            name = Path(module.PROGRAM).name
            monkeypatch.setattr(module, "PROGRAM", system.program(name, module.PROGRAM))
        yield lambda name: Place(name, system, desktop, maxo)


def assert_nothing_is_marked(person: Person, pages: Pages, phone_numbers: PhoneNumbers) -> None:
    assert not is_marked(person, pages.page(f"<p>{phone_numbers.landline().written}</p>"))


def test_a_policy_that_blocks_helpers_is_named(
    machine_with: Callable[[str], Place], pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    place, number = machine_with("chromium"), phone_numbers.landline()
    place.set_policy(NativeMessagingBlocklist=["*"])
    with place.browser() as person:
        assert f"add {HOST_NAME} to NativeMessagingAllowlist" in place.doctor.the_trouble("policy")
        person.page.open(pages.page(f"<p>{number.written}</p>"))
        person.hover(number.written, until_reads="The Maxo helper does not")

    place.set_policy(NativeMessagingBlocklist=["*"], NativeMessagingAllowlist=[HOST_NAME])
    with place.browser() as person:
        assert place.doctor.troubles() == []
        call(person, pages, maxo, phone_numbers)


def test_a_policy_that_wants_helpers_for_all_users_is_satisfied_by_its_remedy(
    machine_with: Callable[[str], Place], pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    place, number = machine_with("chromium"), phone_numbers.landline()
    place.set_policy(NativeMessagingUserLevelHosts=False)
    with place.browser() as person:
        person.page.open(pages.page(f"<p>{number.written}</p>"))
        person.hover(number.written, until_reads=sentence("error_host_not_found"))

        place.doctor.do_what_it_says(place.doctor.the_trouble("policy"))

        assert place.doctor.troubles() == []
        call(person, pages, maxo, phone_numbers)


def test_a_policy_that_keeps_the_extension_off_every_site_is_named(
    machine_with: Callable[[str], Place], pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    place = machine_with("chromium")
    place.set_policy(ExtensionSettings={"*": {"runtime_blocked_hosts": ["*://*"]}})
    with place.browser() as person:
        assert "runtime_allowed_hosts" in place.doctor.the_trouble("policy")
        assert_nothing_is_marked(person, pages, phone_numbers)

    allowed = {"runtime_allowed_hosts": ["*://127.0.0.1"]}
    place.set_policy(ExtensionSettings={CHROMIUM_ID: {"runtime_blocked_hosts": ["*://*"], **allowed}})
    with place.browser() as person:
        assert [one["state"] for one in place.doctor.troubles()] == ["warning"]  # it names the other sites
        call(person, pages, maxo, phone_numbers)


def test_a_policy_of_firefox_that_blocks_the_extension_is_named(
    machine_with: Callable[[str], Place], pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    place = machine_with("firefox")
    with place.browser() as person:
        call(person, pages, maxo, phone_numbers)
        place.set_policy(ExtensionSettings={"*": {"installation_mode": "blocked"}})
        assert "blocks the extension" in place.doctor.the_trouble("policy")
    place.refuses_the_extension()

    own = {GECKO_ID: {"installation_mode": "allowed"}}
    place.set_policy(ExtensionSettings={"*": {"installation_mode": "blocked"}, **own})
    with place.browser() as person:
        assert place.doctor.troubles() == []
        call(person, pages, maxo, phone_numbers)


SET_SITE_ACCESS = {
    "chromium": """async (all, extensionId) => chrome.developerPrivate.updateExtensionConfiguration(
      { extensionId, hostAccess: all ? "ON_ALL_SITES" : "ON_CLICK" })""",
    "firefox": """async (all, id) => {
      const { ExtensionPermissions } =
        ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
      const { extension } = WebExtensionPolicy.getByID(id);
      await ExtensionPermissions[all ? "add" : "remove"](
        extension.id, { permissions: [], origins: ["<all_urls>"] }, extension);
    }""",
}


def set_site_access(person: Person, *, every_site: bool) -> None:
    """Use the browser's own switch for it."""
    browser = person.browser
    if isinstance(browser, firefox.Firefox):
        browser.marionette.use("chrome")
        browser.marionette.evaluate(SET_SITE_ACCESS["firefox"], every_site, GECKO_ID)
        browser.marionette.use("content")
        return
    browser.page.open("chrome://extensions")
    browser.page.evaluate(SET_SITE_ACCESS["chromium"], every_site, CHROMIUM_ID)


@pytest.mark.parametrize("name", BROWSERS)
def test_pages_that_a_person_keeps_the_extension_from_are_told(
    name: str,
    machine_with: Callable[[str], Place],
    pages: Pages,
    maxo: StandIn,
    phone_numbers: PhoneNumbers,
) -> None:
    place = machine_with(name)
    with place.browser() as person:
        set_site_access(person, every_site=False)
        # Browsers write what was changed some seconds later.
        until("the doctor to see it", place.doctor.troubles, patience_s=NOTED_WITHIN_S)
        assert "Let it read all sites" in place.doctor.the_trouble("site_access")
        assert_nothing_is_marked(person, pages, phone_numbers)

        set_site_access(person, every_site=True)
        until("all to be well", lambda: not place.doctor.troubles(), patience_s=NOTED_WITHIN_S)
        call(person, pages, maxo, phone_numbers)

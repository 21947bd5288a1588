"""What end-to-end tests work with: a real browser, the real host and keyring, the stand-in, a person.

Each browser is started once and used by one test after the other; between tests everything that a test can
have changed is put back. All of it lives in a private desktop session that is removed at the end.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests.e2e.browser import EXTENSION_DIST, Browser
from tests.e2e.chromium import Chromium
from tests.e2e.desktop import Desktop
from tests.e2e.firefox import Firefox
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Person
from tests.e2e.phone_numbers import PhoneNumbers
from tests.maxo_stand_in import StandIn

BROWSERS: dict[str, Callable[[Desktop], Browser]] = {"chromium": Chromium, "firefox": Firefox}
DID_NOT_START: set[str] = set()  # so that hundreds of tests do not wait for the same thing in vain
SCREENSHOTS = Path(__file__).with_name("screenshots")


@pytest.fixture(scope="session")
def desktop(started: tuple[Desktop, Browser]) -> Desktop:
    """The private desktop session that the browser runs in."""
    return started[0]


@pytest.fixture(scope="session", params=list(BROWSERS))
def started(request: pytest.FixtureRequest) -> Generator[tuple[Desktop, Browser]]:
    """One browser with the built extension, in a desktop session of its own."""
    assert (EXTENSION_DIST / "manifest.json").exists(), "the extension is not built: run `make build`"
    if request.param in DID_NOT_START:
        pytest.fail(f"{request.param} did not start: see the first error")
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a run that is ended takes everything down too
    desktop = Desktop()
    try:
        DID_NOT_START.add(request.param)
        browser = BROWSERS[request.param](desktop)
        DID_NOT_START.remove(request.param)
        try:
            yield desktop, browser
        finally:
            browser.quit()
    finally:
        desktop.close()


@pytest.fixture(scope="session")
def maxo() -> Generator[StandIn]:
    """The stand-in for MaxoTel's API."""
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture(scope="session")
def installed(started: tuple[Desktop, Browser], maxo: StandIn) -> Installation:
    """The product, set up once for this browser."""
    desktop, browser = started
    installation = Installation(desktop, browser, maxo)
    installation.store_key()
    return installation


@pytest.fixture
def installation(
    installed: Installation, maxo: StandIn, started: tuple[Desktop, Browser]
) -> Generator[Installation]:
    """The product as if just set up: no call made, no fault told of."""
    maxo.forget()
    installed.start_afresh()
    yield installed
    started[1].close_other_tabs()
    started[1].forget_session()
    started[1].page.open("about:blank")


@pytest.fixture
def browser(installation: Installation, started: tuple[Desktop, Browser]) -> Browser:
    """The browser under test, the product set up in it."""
    return started[1]


@pytest.fixture
def person(browser: Browser, request: pytest.FixtureRequest) -> Generator[Person]:
    """A person at the browser under test; after a failure a picture of the page is kept."""
    someone = Person(browser)
    yield someone
    if getattr(request.node, "failed", False):
        SCREENSHOTS.mkdir(exist_ok=True)
        someone.photograph(SCREENSHOTS / f"{request.node.name}.png")


@pytest.fixture(scope="session")
def pages() -> Generator[Pages]:
    """A web server for the pages of the tests."""
    with Pages() as server:
        yield server


@pytest.fixture(scope="session")
def phone_numbers() -> PhoneNumbers:
    """Numbers that nobody has, each used once."""
    return PhoneNumbers()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Tell fixtures at their end whether the test has failed."""
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True  # type: ignore[attr-defined]  # read by the fixture `person`
    return report

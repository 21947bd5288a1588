"""What the tests of packages work with: packages built once, a private desktop, the stand-in."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.e2e.browser import CHROMIUM_ID
from tests.e2e.desktop import Desktop
from tests.e2e.pages import Pages
from tests.e2e.phone_numbers import PhoneNumbers
from tests.installer.packages.building import EARLIER_VERSION, Built, build
from tests.maxo_stand_in import StandIn


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Every package, for the extension of this checkout as well: real browsers are to use them."""
    return build(tmp_path_factory.mktemp("packages"), "--extension-id", CHROMIUM_ID)


@pytest.fixture(scope="session")
def earlier(packages: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same packages under an earlier version, with one file that the later version lacks."""
    program = tmp_path_factory.mktemp("earlier") / "program"
    packages.copy_program(program)
    (program / "_internal" / "gone_since.pyc").touch()
    folder = tmp_path_factory.mktemp("earlier-packages")
    parts = ("archive", "deb", "rpm", "--extension-id", CHROMIUM_ID, "--program", str(program))
    return build(folder, *parts, version=EARLIER_VERSION)


@pytest.fixture
def desktop() -> Generator[Desktop]:
    """A private desktop session."""
    desktop = Desktop()
    yield desktop
    desktop.close()


@pytest.fixture
def maxo() -> Generator[StandIn]:
    """The stand-in for MaxoTel's API."""
    with StandIn() as stand_in:
        yield stand_in


@pytest.fixture
def maxo_by_tls(tmp_path: Path) -> Generator[StandIn]:
    """The stand-in behind TLS, with a certificate of its own."""
    with StandIn(tls_dir=tmp_path) as stand_in:
        yield stand_in


@pytest.fixture(scope="session")
def pages() -> Generator[Pages]:
    """A web server for the pages of the tests."""
    with Pages() as server:
        yield server


@pytest.fixture(scope="session")
def phone_numbers() -> PhoneNumbers:
    """Numbers that nobody has, each used once."""
    return PhoneNumbers()

"""The life of the deb, on this very system: installed, used, upgraded, removed without a trace.

It refuses to begin where the package is installed already: that one is somebody's.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from native_host import HOST_NAME, __version__
from tests.e2e.browser import Browser
from tests.e2e.chromium import Chromium
from tests.e2e.desktop import Desktop
from tests.e2e.firefox import Firefox
from tests.e2e.pages import Pages
from tests.e2e.phone_numbers import PhoneNumbers
from tests.installer.packages.building import EARLIER_VERSION, Built
from tests.installer.packages.installed_product import call_from_page, set_up
from tests.maxo_stand_in import StandIn

NAME = "maxo-click-to-call"
MAXO_CALL = "/usr/bin/maxo-call"
PROGRAMS = Path("/usr/lib/maxo-click-to-call")
BROWSERS: dict[str, Callable[[Desktop], Browser]] = {"chromium": Chromium, "firefox": Firefox}


def dpkg(*words: str) -> str:
    """Run dpkg and return what it said."""
    done = subprocess.run(["dpkg", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def installed_version() -> str | None:
    """The version that dpkg knows of; None when it knows of none, not even of left configuration."""
    asked = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${Version}", NAME], capture_output=True, text=True, check=False
    )
    return asked.stdout or None


def paths_of(package: Path) -> set[Path]:
    """Every path that the package brings."""
    listed = subprocess.run(["dpkg-deb", "--contents", package], capture_output=True, text=True, check=True)
    return {Path("/") / line.split(" -> ")[0].split(maxsplit=5)[5] for line in listed.stdout.splitlines()}


def there(paths: set[Path]) -> set[Path]:
    """Those of the paths that exist, broken links too."""
    return {path for path in paths if os.path.lexists(path)}


@pytest.fixture
def clean_system() -> Generator[None]:
    """A system without the package, before and after."""
    if os.geteuid() != 0:
        pytest.skip("installing a package needs root")
    if installed_version() or PROGRAMS.exists():
        pytest.fail(f"{NAME} is installed here already, and is not this test's to touch: remove it first")
    yield
    if installed_version():
        dpkg("--purge", NAME)


def test_lintian_finds_nothing(packages: Built) -> None:
    said = subprocess.run(
        [
            "lintian",
            "--allow-root",
            "--profile",
            "debian",
            "--fail-on",
            "error,warning,info",
            packages.package(".deb"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    assert said.stdout == ""
    assert said.returncode == 0, said.stderr


@pytest.mark.parametrize("browser_name", list(BROWSERS))
def test_it_is_installed_used_upgraded_and_removed(
    browser_name: str,
    clean_system: None,
    packages: Built,
    earlier: Built,
    desktop: Desktop,
    maxo: StandIn,
    pages: Pages,
    phone_numbers: PhoneNumbers,
) -> None:
    brought = paths_of(packages.package(".deb")) | paths_of(earlier.package(".deb"))
    before = there(brought)

    dpkg("--install", str(earlier.package(".deb")))
    assert installed_version() == EARLIER_VERSION
    browser = BROWSERS[browser_name](desktop)
    try:
        set_up(desktop, MAXO_CALL, maxo)
        call_from_page(browser, pages, maxo, phone_numbers.landline())

        dpkg("--install", str(packages.package(".deb")))
        assert installed_version() == __version__
        assert not (PROGRAMS / "_internal" / "gone_since.pyc").exists()
        call_from_page(browser, pages, maxo, phone_numbers.landline())  # by the host that ran meanwhile
        end_hosts(desktop)
        call_from_page(browser, pages, maxo, phone_numbers.landline())  # by the new one
    finally:
        browser.quit()

    dpkg("--remove", NAME)
    assert installed_version() is None, "dpkg keeps configuration files"
    assert there(brought) == before
    assert not list(Path("/etc").rglob(f"{HOST_NAME}.json"))


def test_every_browser_of_the_system_is_told(packages: Built) -> None:
    manifests = {
        path.parent for path in paths_of(packages.package(".deb")) if path.name == f"{HOST_NAME}.json"
    }

    assert manifests == {
        Path("/etc/opt/chrome/native-messaging-hosts"),
        Path("/etc/chromium/native-messaging-hosts"),
        Path("/etc/opt/edge/native-messaging-hosts"),
        Path("/etc/brave/native-messaging-hosts"),
        Path("/etc/vivaldi/native-messaging-hosts"),
        Path("/usr/lib/mozilla/native-messaging-hosts"),
    }


def end_hosts(desktop: Desktop) -> None:
    """End the hosts that the browser has started, so that it starts another."""
    for pid in desktop.processes(str(PROGRAMS / "maxo-host")):
        os.kill(pid, 9)

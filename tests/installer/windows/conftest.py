"""Programs frozen under Wine, their installers, and a Windows to install them in."""

from __future__ import annotations

from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from native_host import __version__
from tests.e2e.browser import CHROMIUM_ID
from tests.installer.packages.building import BUILD, Built, build
from tests.installer.windows.wine import Wine, windows_python


@pytest.fixture(scope="session")
def wine(tmp_path_factory: pytest.TempPathFactory) -> Generator[Wine]:
    """A Windows under Wine."""
    wine = Wine(tmp_path_factory.mktemp("wine"))
    yield wine
    wine.close()


@pytest.fixture(scope="session")
def program(wine: Wine, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both programs, frozen by PyInstaller for Windows."""
    folder = tmp_path_factory.mktemp("frozen")
    places = ("--out", f"Z:{folder}/out", "--scratch", f"Z:{folder}/scratch")
    wine.run(str(windows_python()), str(BUILD), *places, "--extension-id", CHROMIUM_ID, "program")
    return folder / "scratch" / "program"


@pytest.fixture(scope="session")
def installers(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """Both installers under the version asked for."""
    made: dict[str, Built] = {}

    def installers_of(version: str) -> Built:
        if version not in made:
            folder = tmp_path_factory.mktemp(f"installers-{version}")
            made[version] = build(folder, "--program", str(program), "windows", version=version)
        return made[version]

    return installers_of


@pytest.fixture
def for_one_user(installers: Callable[[str], Built]) -> str:
    """The installer for one user."""
    return str(installers(__version__).package("-setup.exe"))


@pytest.fixture
def for_all_users(installers: Callable[[str], Built]) -> str:
    """The installer for all users."""
    return str(installers(__version__).package("-setup-all-users.exe"))

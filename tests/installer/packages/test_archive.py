"""The life of the archive with install.sh: for one user, without administrator rights."""

from __future__ import annotations

import os
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.e2e.browser import Browser
from tests.e2e.chromium import Chromium
from tests.e2e.desktop import Desktop
from tests.e2e.firefox import Firefox
from tests.e2e.pages import Pages
from tests.e2e.phone_numbers import PhoneNumbers
from tests.installer.packages.building import Built
from tests.installer.packages.installed_product import call_from_page, set_up
from tests.maxo_stand_in import StandIn

BROWSERS: dict[str, Callable[[Desktop], Browser]] = {"chromium": Chromium, "firefox": Firefox}

KEPT_SETTINGS = Path(".config/maxo-click-to-call")
KEPT_STATE = Path(".local/state/maxo-click-to-call")


def unpacked(built: Built, folder: Path) -> Path:
    """The archive's install.sh, unpacked below a folder."""
    with tarfile.open(built.package(".tar.xz")) as archive:
        archive.extractall(folder, filter="data")
    (script,) = folder.glob("*/install.sh")
    return script


def files_below(folder: Path) -> set[Path]:
    """Every file and link below a folder, and no folders: a browser makes some of its own."""
    return {path for path in folder.rglob("*") if path.is_symlink() or path.is_file()}


@pytest.mark.parametrize("browser_name", list(BROWSERS))
def test_it_is_installed_used_upgraded_and_removed(
    browser_name: str,
    packages: Built,
    earlier: Built,
    desktop: Desktop,
    maxo: StandIn,
    pages: Pages,
    phone_numbers: PhoneNumbers,
    tmp_path: Path,
) -> None:
    install_earlier = unpacked(earlier, tmp_path / "earlier")
    install = unpacked(packages, tmp_path / "later")
    programs = desktop.home / ".local" / "lib" / "maxo-click-to-call"
    maxo_call = str(desktop.home / ".local" / "bin" / "maxo-call")
    (desktop.home / ".mozilla").mkdir()  # this user has both browsers
    (desktop.home / ".config" / "chromium").mkdir(parents=True)
    before = files_below(desktop.home)

    said = desktop.run(str(install_earlier))
    assert f"{maxo_call} key set" in said
    assert (programs / "_internal" / "gone_since.pyc").exists()
    browser = BROWSERS[browser_name](desktop)
    try:
        set_up(desktop, maxo_call, maxo)
        if browser_name == "chromium":  # a profile elsewhere than in ~/.config has host manifests of its own
            where = ("--browser", "chromium", "--user-data-dir", str(browser.profile))
            desktop.run(maxo_call, "register", *where)
        call_from_page(browser, pages, maxo, phone_numbers.landline())

        desktop.run(str(install))
        assert not (programs / "_internal" / "gone_since.pyc").exists()
        for pid in desktop.processes(str(programs / "maxo-host")):
            os.kill(pid, 9)
        call_from_page(browser, pages, maxo, phone_numbers.landline())
    finally:
        browser.quit()

    desktop.run(str(install), "--remove")
    assert not programs.exists()
    left = {path.relative_to(desktop.home) for path in files_below(desktop.home) - before}
    ours = {path for path in left if "maxo" in str(path)}
    assert {path.parts[:-1] for path in ours} <= {
        KEPT_SETTINGS.parts,
        KEPT_STATE.parts,
        (KEPT_STATE / "log").parts,
    }


def test_another_program_of_that_name_is_left_alone(
    packages: Built, desktop: Desktop, tmp_path: Path
) -> None:
    install = unpacked(packages, tmp_path)
    other = desktop.home / ".local" / "bin" / "maxo-call"
    other.parent.mkdir(parents=True)
    other.write_text("mine")

    with pytest.raises(RuntimeError, match="is another program"):
        desktop.run(str(install))
    desktop.run(str(install), "--remove")

    assert other.read_text() == "mine"
    assert not (desktop.home / ".local" / "lib" / "maxo-click-to-call").exists()


def test_an_archive_unpacked_in_part_changes_nothing(
    packages: Built, desktop: Desktop, tmp_path: Path
) -> None:
    install = unpacked(packages, tmp_path)
    (install.parent / "program" / "maxo-call").unlink()

    with pytest.raises(RuntimeError, match="Unpack the whole archive again"):
        desktop.run(str(install))

    assert not (desktop.home / ".local" / "lib").exists()


def test_the_archive_belongs_to_nobody(packages: Built) -> None:
    with tarfile.open(packages.package(".tar.xz")) as archive:
        owners = {(member.uid, member.gid, member.uname, member.gname) for member in archive}

    assert owners == {(0, 0, "", "")}


def test_the_script_is_portable(packages: Built, tmp_path: Path) -> None:
    subprocess.run(["dash", "-n", unpacked(packages, tmp_path)], check=True)

"""The life of the rpm, in a root folder and a database of its own: this system is not touched."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from native_host import HOST_NAME, __version__
from tests.e2e.desktop import Desktop
from tests.installer.packages.building import EARLIER_VERSION, Built
from tests.installer.packages.installed_product import running_host, set_up
from tests.maxo_stand_in import StandIn

NAME = "maxo-click-to-call"
SYSTEM_FOLDERS = {"etc", "etc/opt", "usr", "usr/bin", "usr/lib", "usr/lib64", "usr/share"} | {
    f"usr/share/{name}" for name in ("doc", "man", "man/man1")
}


class RpmRoot:
    """A folder that rpm takes for the system."""

    def __init__(self, folder: Path) -> None:
        """Nothing is installed in it yet."""
        self.folder = folder

    def rpm(self, *words: str) -> str:
        """Run rpm on it and return what it said."""
        done = subprocess.run(
            ["rpm", "--root", str(self.folder), "--dbpath", "/rpm-database", *words],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def paths(self) -> set[str]:
        """All that is in it but the database."""
        found = {str(path.relative_to(self.folder)) for path in self.folder.rglob("*")}
        return {path for path in found if not path.startswith("rpm-database")}


@pytest.fixture
def root(tmp_path: Path) -> RpmRoot:
    """An empty system."""
    return RpmRoot(tmp_path)


def test_it_is_installed_used_upgraded_and_removed(
    root: RpmRoot, packages: Built, earlier: Built, desktop: Desktop, maxo: StandIn
) -> None:
    programs = root.folder / "usr" / "lib" / NAME

    root.rpm("--nodeps", "--install", str(earlier.package(".rpm")))
    assert root.rpm("--query", "--queryformat", "%{version}", NAME) == EARLIER_VERSION
    assert (programs / "_internal" / "gone_since.pyc").exists()
    root.rpm("--nodeps", "--upgrade", str(packages.package(".rpm")))
    assert root.rpm("--query", "--queryformat", "%{version}", NAME) == __version__
    assert not (programs / "_internal" / "gone_since.pyc").exists()
    assert root.rpm("--verify", "--nodeps", NAME) == ""

    set_up(desktop, str(programs / "maxo-call"), maxo)
    assert "Queued" in desktop.run(str(programs / "maxo-call"), "call", "(02) 5550 0196")
    assert len(maxo.calls) == 1
    with running_host(programs / "maxo-host", desktop.environment) as host:
        assert host.hello()["result"]["host_version"] == __version__

    root.rpm("--erase", NAME)
    assert root.paths() <= SYSTEM_FOLDERS


def test_firefox_is_told_where_fedora_and_where_debian_have_it_look(root: RpmRoot, packages: Built) -> None:
    listed = root.rpm("--query", "--package", "--list", str(packages.package(".rpm"))).split()

    assert f"/usr/lib64/mozilla/native-messaging-hosts/{HOST_NAME}.json" in listed
    assert f"/usr/lib/mozilla/native-messaging-hosts/{HOST_NAME}.json" in listed


def test_it_asks_for_nothing_but_a_c_library_that_is_new_enough(root: RpmRoot, packages: Built) -> None:
    needs = root.rpm("--query", "--package", "--requires", str(packages.package(".rpm"))).splitlines()

    (needed,) = [need for need in needs if not need.startswith("rpmlib(")]
    assert needed.startswith("glibc >= 2.")

"""The packages of the extension: what the stores get is what was built, and reviewers can build it again."""

from __future__ import annotations

import json
import subprocess
import zipfile
from pathlib import Path

from native_host import __version__
from tests.e2e.desktop import Desktop
from tests.e2e.firefox import Firefox
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.phone_numbers import PhoneNumbers
from tests.installer.packages.building import ROOT, Built
from tests.installer.packages.installed_product import call_from_page
from tests.maxo_stand_in import StandIn


def contents(archive: Path) -> dict[str, bytes]:
    """The files of a zip by their names."""
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_no_store_gets_the_key_of_the_development_id(packages: Built) -> None:
    for ending in ("chrome.zip", "firefox.xpi"):
        manifest = json.loads(contents(packages.package(ending))["manifest.json"])
        assert "key" not in manifest
        assert manifest["version"] == __version__


def test_both_stores_get_the_same(packages: Built) -> None:
    assert contents(packages.package("chrome.zip")) == contents(packages.package("firefox.xpi"))


def test_web_ext_finds_no_fault(packages: Built, tmp_path: Path) -> None:
    with zipfile.ZipFile(packages.package("firefox.xpi")) as opened:
        opened.extractall(tmp_path)
    web_ext = ROOT / "extension" / "node_modules" / ".bin" / "web-ext"
    done = subprocess.run(
        [str(web_ext), "lint", "--source-dir", str(tmp_path), "--no-config-discovery", "--output", "json"],
        capture_output=True,
        text=True,
        check=False,
    )
    report = json.loads(done.stdout)
    # Firefox takes the event page and leaves Chrome's service worker: one manifest for both.
    complaints = {one["code"] for one in report["errors"] + report["warnings"]}

    assert complaints <= {"BACKGROUND_SERVICE_WORKER_IGNORED"}, report


def test_the_sources_give_the_same_package(packages: Built, tmp_path: Path) -> None:
    with zipfile.ZipFile(packages.package("sources.zip")) as opened:
        opened.extractall(tmp_path)
    extension = tmp_path / "extension"
    assert not (extension / "node_modules").exists()
    (extension / "node_modules").symlink_to(ROOT / "extension" / "node_modules")  # what `npm ci` would give

    built = tmp_path / "built"
    command = ["node", "build.mjs", "--variant", "store", "--outdir", str(built)]
    subprocess.run(command, cwd=extension, check=True, capture_output=True)

    rebuilt = {str(file.relative_to(built)): file.read_bytes() for file in built.rglob("*") if file.is_file()}
    assert rebuilt == contents(packages.package("firefox.xpi"))
    assert "npm ci" in (tmp_path / "README.md").read_text()


def test_the_xpi_calls_in_firefox(
    packages: Built, desktop: Desktop, maxo: StandIn, pages: Pages, phone_numbers: PhoneNumbers
) -> None:
    firefox = Firefox(desktop, packages.package("firefox.xpi"))
    try:
        Installation(desktop, firefox, maxo).store_key()
        assert firefox.manifest_complaints() == []
        call_from_page(firefox, pages, maxo, phone_numbers.landline())
    finally:
        firefox.quit()

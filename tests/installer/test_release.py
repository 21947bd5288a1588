"""What a release says of itself: one version everywhere, and no extension but those of the stores."""

from __future__ import annotations

import json
import os
import plistlib
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from native_host import __version__

ROOT = Path(__file__).resolve().parents[2]
DEVELOPMENT_ID = "mekckcfhcmacbbccnadgbbpiclkfnopo"


def run_build(*arguments: str, root: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run the build script of a checkout."""
    return subprocess.run(
        [sys.executable, str(root / "installer" / "build.py"), *arguments],
        env={**os.environ, "SOURCE_DATE_EPOCH": "1790000000"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of what says the version, and of what builds."""
    for folder in ("native_host", "installer"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("package.json", "package-lock.json", "static/manifest.json"):
        (tmp_path / "extension" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "extension" / name, tmp_path / "extension" / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def versions_said(root: Path) -> set[str]:
    """Every version that a checkout says it is."""
    lock = json.loads((root / "extension/package-lock.json").read_text())
    found = re.search(r'__version__ = "([^"]+)"', (root / "native_host/__init__.py").read_text())
    assert found
    return {
        found[1],
        tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"],
        json.loads((root / "extension/package.json").read_text())["version"],
        json.loads((root / "extension/static/manifest.json").read_text())["version"],
        lock["version"],
        lock["packages"][""]["version"],
    }


def test_every_part_says_the_same_version() -> None:
    assert versions_said(ROOT) == {__version__}


def test_one_command_sets_the_version_of_every_part(checkout: Path) -> None:
    done = run_build("set-version", "3.14.159", root=checkout)

    assert done.returncode == 0, done.stderr
    assert versions_said(checkout) == {"3.14.159"}


def test_parts_that_do_not_agree_are_not_built(checkout: Path) -> None:
    manifest = checkout / "extension" / "static" / "manifest.json"
    manifest.write_text(manifest.read_text().replace(__version__, "0.0.1"))

    done = run_build("extension", root=checkout)

    assert done.returncode == 1
    assert "extension/static/manifest.json says version 0.0.1" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("version", ["1.2", "v1.2.3", "1.2.3-beta"])
def test_a_version_that_browsers_would_refuse_is_refused(checkout: Path, version: str) -> None:
    before = versions_said(checkout)

    done = run_build("set-version", version, root=checkout)

    assert done.returncode == 1
    assert "browsers want three numbers" in done.stderr
    assert versions_said(checkout) == before


def test_the_development_id_is_never_released() -> None:
    done = run_build("--release", "--extension-id", DEVELOPMENT_ID, "extension")

    assert done.returncode == 1
    assert "id of a source checkout" in done.stderr


def test_the_development_id_is_not_among_the_ids_that_ship() -> None:
    shipped = tomllib.loads((ROOT / "installer" / "extension-ids.toml").read_text())

    assert DEVELOPMENT_ID not in shipped.values()
    assert set(shipped) == {"chrome", "edge", "firefox"}


def test_an_id_that_is_none_is_refused_in_one_sentence() -> None:
    done = run_build("--extension-id", "not an id", "extension")

    assert done.returncode == 1
    assert done.stderr == "'not an id' is not the id of an extension.\n"


def test_a_tag_of_another_version_is_not_built() -> None:
    done = run_build("--tag", "v9.9.9", "extension")

    assert done.returncode == 1
    assert done.stderr == f"The tag is v9.9.9, the version {__version__}.\n"


def test_every_action_of_the_workflows_is_pinned_to_a_commit() -> None:
    workflows = (ROOT / ".github" / "workflows").glob("*.yml")
    used = [line for file in workflows for line in file.read_text().splitlines() if "uses:" in line]

    assert used
    assert [line for line in used if not re.search(r"@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line)] == []


@pytest.mark.parametrize(
    "script", ["linux/install.sh", "macos/postinstall", "macos/uninstall.sh", "macos/register-for-me.sh"]
)
def test_every_script_can_be_read_by_a_plain_shell_and_run(script: str) -> None:
    file = ROOT / "installer" / script

    subprocess.run(["sh", "-n", str(file)], check=True)
    assert os.access(file, os.X_OK)


def test_the_entitlements_of_the_macos_programs_are_a_property_list() -> None:
    entitlements = plistlib.loads((ROOT / "installer" / "macos" / "entitlements.plist").read_bytes())

    assert entitlements == {"com.apple.security.cs.allow-unsigned-executable-memory": True}

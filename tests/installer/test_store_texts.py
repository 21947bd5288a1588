"""What is told to the stores, held against what the extension asks and says."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
LISTING = (EXTENSION / "store" / "listing.md").read_text()
PRIVACY = (EXTENSION / "store" / "privacy-answers.md").read_text()
MANIFEST: dict[str, Any] = json.loads((EXTENSION / "static" / "manifest.json").read_text())
MESSAGES: dict[str, Any] = json.loads((EXTENSION / "static/_locales/en/messages.json").read_text())
PERMISSIONS = {*MANIFEST["permissions"], *MANIFEST.get("optional_permissions", [])}
SUMMARY_MAX_CHARACTERS = 132  # the Chrome Web Store's limit


def test_every_permission_is_accounted_for() -> None:
    asked = PERMISSIONS | set(MANIFEST["host_permissions"])
    table = "\n".join(line for line in PRIVACY.splitlines() if line.startswith("|"))

    assert {permission for permission in asked if f"`{permission}`" not in table} == set()


def test_no_permission_is_explained_that_is_not_asked_for() -> None:
    explained = re.findall(r"^\| `(\w+)`(?: \([^)]*\))? \|", PRIVACY, re.MULTILINE)

    assert set(explained) <= PERMISSIONS


def test_firefox_is_told_of_the_same_data_as_the_other_stores() -> None:
    said = MANIFEST["browser_specific_settings"]["gecko"]["data_collection_permissions"]["required"]

    assert {kind for kind in said if f"`{kind}`" not in PRIVACY} == set()


def test_the_summary_is_the_extension_s_own_and_short_enough() -> None:
    summary = MESSAGES["description"]["message"]

    assert f"> {summary}\n" in LISTING
    assert len(summary) <= SUMMARY_MAX_CHARACTERS
    assert MESSAGES["name"]["message"] in LISTING


def test_the_versions_of_browsers_are_those_of_the_manifest() -> None:
    gecko = MANIFEST["browser_specific_settings"]["gecko"]["strict_min_version"]

    assert f"Chrome {MANIFEST['minimum_chrome_version']} or newer" in LISTING
    assert f"Firefox {gecko.removesuffix('.0')} or newer" in LISTING

"""The organisation's policy as macOS and Windows keep it, in the forms of the one schema."""

import json
import os
import plistlib
from pathlib import Path
from typing import Any

import pytest

from native_host import admin_policy_preferences, admin_policy_registry
from native_host.admin_policy import FoundPolicy, policy_of
from native_host.errors import UnusablePolicyError
from tests.host.test_admin_policy_source import write

ME = os.getuid()

# -- macOS


def preferences(folder: Path, entries: Any) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    write(folder / "au.com.maxo.click_to_call.plist", plistlib.dumps(entries))


def found_values(found: FoundPolicy | None) -> dict[str, Any]:
    assert found is not None
    return dict(found.values())


def test_managed_preferences_are_those_of_the_machine_and_over_them_the_users(tmp_path: Path) -> None:
    def find() -> FoundPolicy | None:
        return admin_policy_preferences.find("anna", top=tmp_path, owner=ME)

    tmp_path.chmod(0o755)
    assert find() is None
    preferences(tmp_path, {"settings": {"region": "NZ"}, "limits": {"calls_per_day": 9}, "PayloadUUID": "x"})
    preferences(tmp_path / "anna", {"settings": {"region": "GB"}})
    preferences(tmp_path / "ben", {"settings": {"region": "US"}})

    values = found_values(find())
    assert values == {"settings": {"region": "GB"}, "limits": {"calls_per_day": 9}}
    assert policy_of(values, user="anna", place="").limits.calls_per_day == 9


@pytest.mark.parametrize("content", [b"no plist", plistlib.dumps(["x"]), b"bplist00" + b"\xff" * 40])
def test_managed_preferences_that_are_not_valid_are_unusable(tmp_path: Path, content: bytes) -> None:
    tmp_path.chmod(0o755)
    write(tmp_path / "au.com.maxo.click_to_call.plist", content)

    with pytest.raises(UnusablePolicyError, match="plist is not a"):
        found_values(admin_policy_preferences.find("anna", top=tmp_path, owner=ME))


# -- Windows


def test_the_registry_says_the_same_in_texts_numbers_and_keys() -> None:
    phone = {"number": "101", "label": "Anna", "auto_answer": False}
    tree = {
        "Version": 1,
        "API_base_URL": "https://calls.example.com.au/",
        "destinations_allowed": ["+61*", "???"],
        "destinations_refused": {"1": "190*", "2": "0147*", "10": "+870*"},
        "phones_allowed": "101, 107",
        "extension_ids": "",
        "Settings": {
            "Region": "NZ",
            "calls_per_minute": 5,
            "phones": json.dumps([phone]),
            "extension_digits": "[2, 4]",
        },
        "Limits": {"calls_per_day": 200},
        "unknown": {"a": 1},
    }
    values = admin_policy_registry.values_of(tree)

    assert values == {
        "version": 1,
        "api_base_url": "https://calls.example.com.au/",
        "destinations_allowed": ["+61*", "???"],
        "destinations_refused": ["190*", "0147*", "+870*"],
        "phones_allowed": ["101", "107"],
        "extension_ids": [],
        "settings": {"region": "NZ", "calls_per_minute": 5, "phones": [phone], "extension_digits": [2, 4]},
        "limits": {"calls_per_day": 200},
        "unknown": {"a": 1},
    }
    del values["unknown"]
    assert policy_of(values, user="anna", place="HKLM").limits.calls_per_day == 200


def test_the_registry_names_users_without_case_and_their_phones_with_commas() -> None:
    values = admin_policy_registry.values_of({"phones_by_user": {"Anna": "101,107", "*": ["199"]}})

    assert values == {"phones_by_user": {"anna": ["101", "107"], "*": ["199"]}}


def test_phones_in_the_registry_that_are_not_json_are_unusable() -> None:
    with pytest.raises(UnusablePolicyError, match="phones is not valid JSON"):
        admin_policy_registry.values_of({"settings": {"phones": "101, 107"}})


def test_where_there_is_no_registry_there_is_no_policy_in_it() -> None:
    assert admin_policy_registry.find() is None

"""The published schema of the organisation's policy says what the host does; the example is valid by both."""

import json
import tomllib
from pathlib import Path
from typing import Any, get_args

import pytest

from native_host.admin_policy import ENTRIES, LIMITS, policy_of
from native_host.setting_values import SETTING_NAMES, Settings
from tests.host.json_schema import is_valid
from tests.host.test_admin_policy import ANNA, INVALID, VALID

POLICIES = Path(__file__).parents[2] / "installer" / "policies"
SCHEMA = json.loads((POLICIES / "policy.schema.json").read_text("utf-8"))

# What depends on another entry, or on a table of the host, is more than a schema can say.
BEYOND_A_SCHEMA: list[dict[str, Any]] = [
    {"settings": {"region": "XX"}},
    {"settings": {"default_phone": "107"}},
    {"phones_by_user": {"ben": ["101", "101"]}},
    {"phones_by_user": {"anna": ["101"]}, "settings": {"phones": [ANNA]}},
]


def test_schema_and_host_have_the_same_entries() -> None:
    entries = SCHEMA["properties"]

    assert entries.keys() == ENTRIES
    assert entries["settings"]["properties"].keys() == set(SETTING_NAMES)
    assert entries["limits"]["properties"].keys() == set(LIMITS)


def test_the_choices_of_a_setting_are_those_of_the_host() -> None:
    for name, schema in SCHEMA["properties"]["settings"]["properties"].items():
        if "enum" in schema:
            assert tuple(schema["enum"]) == get_args(Settings.__annotations__[name]), name


@pytest.mark.parametrize("values", VALID, ids=str)
def test_what_the_host_understands_is_valid_by_the_schema(values: dict[str, Any]) -> None:
    assert is_valid(values, SCHEMA)


@pytest.mark.parametrize("values", [values for values in INVALID if values not in BEYOND_A_SCHEMA], ids=str)
def test_what_the_host_refuses_is_not_valid_by_the_schema(values: dict[str, Any]) -> None:
    assert not is_valid(values, SCHEMA)


def test_the_example_is_valid_and_does_what_its_words_say() -> None:
    example = tomllib.loads((POLICIES / "policy.toml").read_text("utf-8"))
    ben = policy_of(example, user="ben", place="")

    assert is_valid(example, SCHEMA)
    assert [phone["number"] for phone in ben.settings["phones"]] == ["102", "107"]
    assert policy_of(example, user="carl", place="").settings["phones"] == ()
    assert ben.limits.costly_calls_per_day == 0

"""Calling settings: what a value may be, and that nothing in their file is ever lost."""

import os
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from native_host import places
from native_host.errors import BadRequest, InvalidSetting, SettingsUnwritable
from native_host.setting_values import (
    ALLOWED_BASE_URLS,
    DEFAULT_BASE_URL,
    SETTING_NAMES,
    Phone,
    Settings,
    api_host,
    changed,
    checked_base_url,
    to_json_values,
)
from native_host.settings import LoadedSettings, change_base_url, load_settings, update_settings

DESK = {"number": "101", "label": "Desk", "auto_answer": True}
FRONT = {"number": "107", "label": "Front counter", "auto_answer": False}


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config" / "maxo"
    monkeypatch.setattr(places, "settings_dir", lambda: folder)
    return folder / "settings.toml"


def write(file: Path, text: str | bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)


# -- what a value may be


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("phones", "101"),
        ("phones", [DESK, DESK]),
        ("phones", [{**DESK, "number": "1"}]),
        ("phones", [{**DESK, "number": "101 "}]),
        ("phones", [{**DESK, "number": "\u0661\u0660\u0661"}]),
        ("phones", [{**DESK, "label": "a\nb"}]),
        ("phones", [{**DESK, "auto_answer": 1}]),
        ("phones", [{**DESK, "ring": True}]),
        ("phones", [{"number": "101"}]),
        ("phones", [DESK] * 51),
        ("default_phone", "102"),
        ("default_phone", 101),
        ("region", "au"),
        ("region", ["AU"]),
        ("area_code", "05"),
        ("area_code", ""),
        ("national_form", "plus"),
        ("international_form", None),
        ("outside_line_prefix", "9,"),
        ("outside_line_prefix", "1234"),
        ("extension_digits", [4, 3]),
        ("extension_digits", [1, 3]),
        ("extension_digits", [3, 6]),
        ("extension_digits", [3]),
        ("extension_digits", [3.0, 4]),
        ("premium_calls", "allow"),
        ("international_calls", ""),
        ("calls_per_minute", 0),
        ("calls_per_minute", 61),
        ("calls_per_minute", True),
        ("history", "7_days"),
    ],
)
def test_a_value_that_a_setting_cannot_have_is_refused_by_name(name: str, value: Any) -> None:
    with pytest.raises(InvalidSetting, match=name):
        changed(Settings(), {name: value})


@given(
    st.sampled_from(SETTING_NAMES),
    st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists),
)
def test_any_value_is_either_taken_or_refused_as_an_invalid_setting(name: str, value: Any) -> None:
    try:
        result = changed(Settings(), {name: value})
    except InvalidSetting:
        return
    assert changed(Settings(), to_json_values(result)) == result


def test_what_is_no_setting_cannot_be_changed_by_a_message() -> None:
    for name in ("api_base_url", "version", "locked", "phone", "__class__"):
        with pytest.raises(BadRequest):
            changed(Settings(), {name: "x"})


def test_the_default_phone_goes_with_its_phone_and_the_area_code_with_its_region() -> None:
    both = changed(Settings(), {"phones": [DESK, FRONT], "default_phone": "107", "area_code": "02"})

    assert changed(both, {"phones": [DESK]}).default_phone is None
    assert changed(both, {"region": "NZ"}).area_code == "02"
    assert changed(changed(both, {"region": "NZ", "area_code": "9"}), {"region": "AU"}).area_code is None


def test_a_call_rings_the_default_phone_else_the_first_else_none() -> None:
    two = changed(Settings(), {"phones": [DESK, FRONT]})

    assert Settings().phone(None) is None
    assert two.phone(None) == Phone("101", "Desk", True)
    assert changed(two, {"default_phone": "107"}).phone(None) == Phone("107", "Front counter", False)
    assert two.phone("107") == Phone("107", "Front counter", False)
    assert two.phone("108") is None


@pytest.mark.parametrize(
    "url",
    [
        "http://myapi.maxo.com.au/",
        "https://myapi.maxo.com.au.example.com/",
        "https://myapi.maxo.com.au@example.com/",
        "https://myapi.maxo.com.au/calls",
        "https://example.com/",
        "http://127.0.0.1.example.com/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:99999/",
        "http://[::1/",
        "http://10.0.0.1/",
        "ftp://127.0.0.1/",
        "https://myapi.maxo.com.au/\n",
        "",
        None,
    ],
)
def test_the_key_can_be_sent_to_no_other_address(url: object) -> None:
    with pytest.raises(InvalidSetting, match="api_base_url"):
        checked_base_url(url)


def test_the_known_hosts_and_this_machine_are_allowed_and_get_one_spelling() -> None:
    assert [checked_base_url(url.rstrip("/")) for url in ALLOWED_BASE_URLS] == list(ALLOWED_BASE_URLS)
    assert checked_base_url("http://127.0.0.1:8080") == "http://127.0.0.1:8080/"
    assert api_host("http://127.0.0.1:8080/") == "127.0.0.1:8080"
    assert api_host(DEFAULT_BASE_URL) == "myapi.maxo.com.au"


# -- the file


def test_without_a_file_the_defaults_are_in_force() -> None:
    assert load_settings() == LoadedSettings(Settings(), (), (), DEFAULT_BASE_URL)


def test_what_is_saved_is_loaded_again(file: Path) -> None:
    saved = update_settings({"phones": [DESK, FRONT], "default_phone": "107", "area_code": "03"})

    assert load_settings() == saved
    assert saved.settings.phone(None) == Phone("107", "Front counter", False)
    assert file.stat().st_mode & 0o777 == 0o600
    assert {entry.name for entry in file.parent.iterdir()} == {"settings.toml", "settings.toml.lock"}


def test_the_base_url_stays_when_settings_change(file: Path) -> None:
    change_base_url("http://127.0.0.1:8080")
    update_settings({"area_code": "03"})

    assert load_settings().api_base_url == "http://127.0.0.1:8080/"


@pytest.mark.parametrize("damage", ["region = ", "\udcff".encode("utf-8", "surrogateescape"), "[[[" * 10_000])
def test_a_damaged_file_is_set_aside_and_said_until_settings_are_saved(
    file: Path, damage: str | bytes
) -> None:
    write(file, damage)
    content = file.read_bytes()
    first, later = load_settings(), load_settings()

    assert first.settings == Settings()
    assert [notice.code for notice in first.notices] == ["settings_set_aside"]
    assert first.notices == later.notices
    assert "settings.toml.damaged-1" in first.notices[0].message
    assert file.with_name("settings.toml.damaged-1").read_bytes() == content
    assert update_settings({"area_code": "02"}).notices == ()
    assert file.with_name("settings.toml.damaged-1").read_bytes() == content


def test_a_second_damaged_file_does_not_replace_the_first(file: Path) -> None:
    for damage in ("first =", "second ="):
        write(file, damage)
        load_settings()

    assert [file.with_name(f"settings.toml.damaged-{n}").read_text() for n in (1, 2)] == [
        "first =",
        "second =",
    ]


def test_one_faulty_value_does_not_take_the_others_with_it(file: Path) -> None:
    write(file, 'region = "XX"\narea_code = "03"\napi_base_url = "https://example.com/"\n')
    loaded = load_settings()

    assert (loaded.settings.region, loaded.settings.area_code) == ("AU", "03")
    assert loaded.api_base_url == DEFAULT_BASE_URL
    assert [notice.code for notice in loaded.notices] == ["setting_ignored", "setting_ignored"]


def test_saving_over_faulty_values_keeps_a_copy_of_the_file(file: Path) -> None:
    write(file, 'region = "XX"\n')
    update_settings({"area_code": "02"})

    assert load_settings().notices == ()
    assert file.with_name("settings.toml.damaged-1").read_text() == 'region = "XX"\n'


def test_entries_of_a_newer_version_are_kept(file: Path) -> None:
    write(file, 'ring_tone = "soft"\n[theme]\ndark = true\n')
    update_settings({"area_code": "02"})

    kept = tomllib.loads(file.read_text())
    assert (kept["ring_tone"], kept["theme"], kept["area_code"]) == ("soft", {"dark": True}, "02")


def test_settings_that_cannot_be_written_are_said_and_the_old_file_stays(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    update_settings({"area_code": "02"})
    before = file.read_bytes()

    def full_disk(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(SettingsUnwritable, match="No space left on device"):
        update_settings({"area_code": "03"})
    assert file.read_bytes() == before
    assert {entry.name for entry in file.parent.iterdir()} == {"settings.toml", "settings.toml.lock"}


def test_an_invalid_change_changes_nothing(file: Path) -> None:
    update_settings({"area_code": "02"})
    with pytest.raises(InvalidSetting):
        update_settings({"region": "NZ", "history": "always"})

    assert load_settings().settings == changed(Settings(), {"area_code": "02"})

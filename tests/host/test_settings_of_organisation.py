"""Settings under the organisation's policy, and settings that several hosts change at once."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from native_host import file_lock, places, settings
from native_host.admin_policy import AdminPolicy, policy_of, unusable_policy
from native_host.errors import InvalidSetting, SettingLocked, SettingsUnwritable
from native_host.setting_values import DEFAULT_BASE_URL, Phone
from native_host.settings import change_base_url, load_settings, update_settings
from tests.host.host_process import ROOT

DESK = {"number": "101", "label": "Desk", "auto_answer": True}
RESELLER = "https://myapi.voipportal.com.au/"
OWN = "https://calls.example.com.au/"


@pytest.fixture(autouse=True)
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config" / "maxo"
    folder.mkdir(parents=True)
    monkeypatch.setattr(places, "settings_dir", lambda: folder)
    return folder / "settings.toml"


@pytest.fixture
def organisation(monkeypatch: pytest.MonkeyPatch) -> Any:
    def set_policy(policy: AdminPolicy | None = None, **values: Any) -> None:
        understood = policy or policy_of(values, user="anna", place="policy.toml")
        monkeypatch.setattr(settings, "load_admin_policy", lambda: understood)

    return set_policy


def test_a_locked_setting_has_the_organisations_value_and_says_so(file: Path, organisation: Any) -> None:
    file.write_text('region = "NZ"\ncalls_per_minute = 7\n')
    organisation(settings={"region": "GB", "history": "off"})
    loaded = load_settings()

    assert (loaded.settings.region, loaded.settings.history, loaded.settings.calls_per_minute) == (
        "GB",
        "off",
        7,
    )
    assert set(loaded.locked) == {"region", "history"}
    assert loaded.notices == ()


def test_a_locked_setting_can_be_sent_as_it_is_but_not_changed(organisation: Any) -> None:
    organisation(settings={"region": "GB"})
    with pytest.raises(SettingLocked, match="region"):
        update_settings({"region": "NZ", "history": "off"})

    assert load_settings().settings.history == "30_days"
    assert update_settings({"region": "GB", "history": "off"}).settings.history == "off"


def test_what_a_person_had_set_is_theirs_again_when_the_lock_is_gone(file: Path, organisation: Any) -> None:
    file.write_text('region = "NZ"\n')
    organisation(settings={"region": "GB", "history": "off"})
    update_settings({"calls_per_minute": 3})
    organisation()
    loaded = load_settings()

    assert (loaded.settings.region, loaded.settings.history, loaded.settings.calls_per_minute) == (
        "NZ",
        "30_days",
        3,
    )
    assert "history" not in tomllib.loads(file.read_text())


def test_a_faulty_value_under_a_lock_is_no_fault(file: Path, organisation: Any) -> None:
    file.write_text('region = "XX"\n')
    organisation(settings={"region": "GB"})

    assert load_settings().notices == ()


def test_the_phones_of_a_user_are_locked_and_one_of_them_can_be_chosen(organisation: Any) -> None:
    organisation(phones_by_user={"anna": [DESK, "107"]})

    assert load_settings().locked == ("phones",)
    assert update_settings({"default_phone": "107"}).settings.phone(None) == Phone("107", "", True)
    with pytest.raises(SettingLocked):
        update_settings({"phones": [{**DESK, "number": "999"}], "default_phone": "999"})
    with pytest.raises(InvalidSetting):
        update_settings({"default_phone": "999"})


def test_the_organisations_address_is_called_and_cannot_be_changed(file: Path, organisation: Any) -> None:
    change_base_url(RESELLER)
    organisation(api_base_url=OWN)

    assert load_settings().api_base_url == OWN
    with pytest.raises((SettingLocked, InvalidSetting)):
        change_base_url(DEFAULT_BASE_URL)
    organisation()
    assert load_settings().api_base_url == RESELLER


def test_an_address_is_chosen_from_those_that_the_organisation_allows(organisation: Any) -> None:
    change_base_url("http://127.0.0.1:8080/")
    organisation(allowed_base_urls=[OWN, RESELLER])

    assert load_settings().api_base_url == OWN
    assert [notice.code for notice in load_settings().notices] == ["setting_ignored"]
    with pytest.raises(InvalidSetting, match=OWN):
        change_base_url(DEFAULT_BASE_URL)
    change_base_url(RESELLER)
    assert load_settings().api_base_url == RESELLER


def test_a_policy_that_cannot_be_used_is_said_with_the_settings(organisation: Any) -> None:
    organisation(unusable_policy("/etc/policy.toml is damaged."))

    assert [notice.code for notice in load_settings().notices] == ["policy_invalid"]
    assert update_settings({"area_code": "02"}).settings.area_code == "02"


ONE_OF_TWO = """
import sys
from pathlib import Path
from native_host import places
from native_host.settings import update_settings
places.settings_dir = lambda: Path(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
name, values = sys.argv[2], eval(sys.argv[3])
for value in values * 10:
    update_settings({name: value})
"""

CHANGES: dict[str, list[Any]] = {
    "calls_per_minute": [3, 4, 5],
    "outside_line_prefix": ["1", "2", "9"],
    "area_code": ["02", "03", "07"],
    "history": ["off", "session", "for_ever"],
}


def test_of_settings_that_hosts_change_at_once_none_is_lost(file: Path) -> None:
    hosts = [
        subprocess.Popen(
            [sys.executable, "-c", ONE_OF_TWO, str(file.parent), name, repr(values)],
            cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )
        for name, values in CHANGES.items()
    ]  # fmt: skip
    try:
        for host in hosts:
            assert host.stdout is not None
            assert host.stdout.readline() == "ready\n"
        for host in hosts:
            host.communicate("go\n", timeout=120)
    finally:
        for host in hosts:
            host.kill()
            host.wait()

    assert [host.returncode for host in hosts] == [0] * len(hosts)
    kept = tomllib.loads(file.read_text())
    assert {name: kept[name] for name in CHANGES} == {name: values[-1] for name, values in CHANGES.items()}
    assert json.dumps(kept)


def test_settings_that_another_program_keeps_locked_are_not_changed(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "LOCK_TIMEOUT_S", 0.05)
    with (
        file_lock.held(file.with_name("settings.toml.lock"), timeout_s=1),
        pytest.raises(SettingsUnwritable, match="Another program"),
    ):
        update_settings({"area_code": "02"})
    assert update_settings({"area_code": "02"}).settings.area_code == "02"

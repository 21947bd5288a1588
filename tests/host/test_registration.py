"""Host manifests of one user: written where browsers look, repaired, and removed only when they are ours."""

from __future__ import annotations

import dataclasses
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from native_host import HOST_NAME
from native_host.browsers.host_manifest import DEVELOPMENT_IDS, FILE_NAME, is_whole
from native_host.browsers.machine import Machine
from native_host.browsers.manifest_places import found_manifests, user_manifest
from native_host.browsers.registration import register
from native_host.browsers.table import BROWSERS, Platform
from native_host.errors import InvalidSetting
from tests.host.machines import (
    DEVELOPMENT_ID,
    STORE_ID,
    a_machine,
    installed_program,
    manifest_fields,
    start_once,
)

CHROMIUM, FIREFOX = BROWSERS["chromium"], BROWSERS["firefox"]

LINUX_FOLDERS = {
    "chrome": ".config/google-chrome/NativeMessagingHosts",
    "chromium": ".config/chromium/NativeMessagingHosts",
    "edge": ".config/microsoft-edge/NativeMessagingHosts",
    "brave": ".config/BraveSoftware/Brave-Browser/NativeMessagingHosts",
    "vivaldi": ".config/vivaldi/NativeMessagingHosts",
    "firefox": ".mozilla/native-messaging-hosts",
}
MACOS_FOLDERS = {
    "chrome": "Google/Chrome/NativeMessagingHosts",
    "chromium": "Chromium/NativeMessagingHosts",
    "edge": "Microsoft Edge/NativeMessagingHosts",
    "brave": "BraveSoftware/Brave-Browser/NativeMessagingHosts",
    "vivaldi": "Vivaldi/NativeMessagingHosts",
    "firefox": "Mozilla/NativeMessagingHosts",
}


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return a_machine(tmp_path)


@pytest.mark.parametrize(
    ("platform", "below", "folders"),
    [("linux", "", LINUX_FOLDERS), ("darwin", "Library/Application Support/", MACOS_FOLDERS)],
)
def test_each_browser_has_its_manifest_where_it_looks_for_it(
    platform: Platform, below: str, folders: dict[str, str], tmp_path: Path
) -> None:
    machine = a_machine(tmp_path, platform)

    done = register(BROWSERS.values(), machine)

    assert {one.browser.name: one.manifest for one in done} == {
        name: machine.home / below / folder / f"{HOST_NAME}.json" for name, folder in folders.items()
    }
    assert all(one.manifest.is_file() and one.state == "written" for one in done)


def test_a_manifest_has_what_browsers_ask_for(machine: Machine) -> None:
    chromium, firefox = register([CHROMIUM, FIREFOX], machine)

    common = {
        "name": HOST_NAME,
        "description": "Maxo click-to-call: places calls through MaxoTel",
        "path": str(machine.host_program()),
        "type": "stdio",
    }
    assert manifest_fields(chromium.manifest) == common | {
        "allowed_origins": [f"chrome-extension://{DEVELOPMENT_ID}/"]
    }
    assert manifest_fields(firefox.manifest) == common | {"allowed_extensions": ["click-to-call@maxo.com.au"]}
    assert machine.host_program().is_absolute()


@pytest.mark.parametrize(
    "change",
    [
        {"type": "socket"},
        {"description": ""},
        {"path": 3},
        {"allowed_origins": []},
        {"allowed_origins": [f"chrome-extension://{DEVELOPMENT_ID}/", "chrome-extension://*/"]},
        {"allowed_origins": "chrome-extension://*/"},
    ],
)
def test_a_manifest_that_a_browser_would_ignore_is_not_whole(
    machine: Machine, change: dict[str, object]
) -> None:
    [done] = register([CHROMIUM], machine)
    fields = manifest_fields(done.manifest)

    assert is_whole("chromium", fields)
    assert not is_whole("chromium", fields | change)


def test_the_extension_in_this_checkout_has_the_ids_that_are_allowed() -> None:
    import base64
    import hashlib

    static = Path(__file__).parents[2] / "extension" / "static" / "manifest.json"
    extension = json.loads(static.read_text())
    digest = hashlib.sha256(base64.b64decode(extension["key"])).hexdigest()[:32]

    assert ("".join(chr(ord("a") + int(digit, 16)) for digit in digest),) == DEVELOPMENT_IDS["chromium"]
    assert (extension["browser_specific_settings"]["gecko"]["id"],) == DEVELOPMENT_IDS["firefox"]


def test_the_launcher_starts_the_host_of_this_checkout_and_passes_everything_on(machine: Machine) -> None:
    register([CHROMIUM], machine)

    frame = '{"id":0,"type":"hello","protocol_version":1,"extension_version":"0.1.0"}'
    done = subprocess.run(
        [machine.host_program(), f"chrome-extension://{DEVELOPMENT_ID}/"],
        input=len(frame).to_bytes(4, sys.byteorder) + frame.encode(),
        capture_output=True,
        cwd="/",
        env={"HOME": str(machine.home)},
        timeout=30,
        check=True,
    )

    assert json.loads(done.stdout[4:])["ok"] is True
    assert done.stderr == b""


def test_config_home_moves_chromium_but_not_firefox(tmp_path: Path) -> None:
    machine = a_machine(tmp_path, config_home=tmp_path / "config")

    assert (
        user_manifest(CHROMIUM, machine) == tmp_path / "config" / "chromium/NativeMessagingHosts" / FILE_NAME
    )
    assert user_manifest(FIREFOX, machine) == machine.home / ".mozilla/native-messaging-hosts" / FILE_NAME


def test_a_chromium_with_a_profile_of_its_own_is_registered_there_only(
    machine: Machine, tmp_path: Path
) -> None:
    [done] = register([CHROMIUM], machine, user_data_dir=tmp_path / "profile")

    assert done.manifest == tmp_path / "profile" / "NativeMessagingHosts" / FILE_NAME
    assert not user_manifest(CHROMIUM, machine).exists()


def test_firefox_has_no_folder_for_one_profile(machine: Machine, tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="Firefox"):
        register([FIREFOX], machine, user_data_dir=tmp_path)


def test_registering_again_changes_nothing(machine: Machine) -> None:
    done = register([CHROMIUM, FIREFOX], machine)
    files = [machine.host_program(), *(one.manifest for one in done)]
    before = [file.stat().st_ino for file in files]

    assert [one.state for one in register([CHROMIUM, FIREFOX], machine)] == ["unchanged", "unchanged"]
    assert [file.stat().st_ino for file in files] == before


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"name": "com.example.other"}', '{"path": "/nowhere"}'])
def test_registering_again_repairs_a_damaged_manifest(machine: Machine, damage: str) -> None:
    [whole] = register([CHROMIUM], machine)
    expected = manifest_fields(whole.manifest)
    whole.manifest.write_text(damage)

    [repaired] = register([CHROMIUM], machine)

    assert repaired.state == "written"
    assert manifest_fields(whole.manifest) == expected


def test_registering_again_follows_a_checkout_that_moved(machine: Machine, tmp_path: Path) -> None:
    register([CHROMIUM], machine)

    register([CHROMIUM], dataclasses.replace(machine, source_root=tmp_path / "moved"))

    assert str(tmp_path / "moved" / "native_host" / "__main__.py") in machine.host_program().read_text()


def test_registering_again_follows_an_installed_program_that_moved(tmp_path: Path) -> None:
    before = a_machine(tmp_path, frozen_folder=installed_program(tmp_path, chromium=[STORE_ID]))
    register([CHROMIUM], before)
    assert before.frozen_folder
    moved = before.frozen_folder.rename(tmp_path / "elsewhere")

    [done] = register([CHROMIUM], dataclasses.replace(before, frozen_folder=moved))

    assert manifest_fields(done.manifest)["path"] == str(moved / "maxo-host")


def test_registering_again_makes_the_launcher_executable(machine: Machine) -> None:
    register([CHROMIUM], machine)
    machine.host_program().chmod(0o644)

    register([CHROMIUM], machine)

    assert os.access(machine.host_program(), os.X_OK)


# -- the table


def test_a_browser_is_used_once_its_folder_is_there(machine: Machine) -> None:
    assert not any(machine.is_used(browser) for browser in BROWSERS.values())

    start_once(machine, BROWSERS["vivaldi"])
    (machine.home / ".config" / "mozilla").mkdir()

    assert [name for name, one in BROWSERS.items() if machine.is_used(one)] == ["vivaldi", "firefox"]


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_every_browser_has_its_places_on_every_system(platform: Platform, tmp_path: Path) -> None:
    machine = a_machine(tmp_path, platform)

    for browser in BROWSERS.values():
        assert machine.home in machine.profiles_folder(browser).parents
        assert machine.home in user_manifest(browser, machine).parents
        assert browser.registry_key.endswith(r"\NativeMessagingHosts")


def test_a_browser_looks_for_the_users_manifest_first(machine: Machine) -> None:
    [user] = register([CHROMIUM], machine)
    [everyone] = register([CHROMIUM], machine, for_all_users=True)

    assert [one.file for one in found_manifests(CHROMIUM, machine)] == [user.manifest, everyone.manifest]

"""Host manifests of every browser: written where it looks, repaired, and removed only when they are ours."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from native_host import HOST_NAME
from native_host.browsers import registration
from native_host.browsers.host_manifest import DEVELOPMENT_IDS, FILE_NAME
from native_host.browsers.registration import (
    host_program,
    is_used,
    machine_manifest_file,
    manifest_file,
    register,
    unregister,
)
from native_host.browsers.table import BROWSERS, Platform, in_home
from native_host.errors import InvalidSetting

DEVELOPMENT_ID = "mekckcfhcmacbbccnadgbbpiclkfnopo"
STORE_ID = "abcdefghijklmnopabcdefghijklmnop"
CHROMIUM, FIREFOX = BROWSERS["chromium"], BROWSERS["firefox"]

LINUX_FOLDERS = {
    "chrome": ".config/google-chrome/NativeMessagingHosts",
    "chromium": ".config/chromium/NativeMessagingHosts",
    "edge": ".config/microsoft-edge/NativeMessagingHosts",
    "brave": ".config/BraveSoftware/Brave-Browser/NativeMessagingHosts",
    "vivaldi": ".config/vivaldi/NativeMessagingHosts",
    "firefox": ".mozilla/native-messaging-hosts",
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, on Linux's rules."""
    folder = tmp_path / "home with 'quotes'"
    folder.mkdir()
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    return folder


def fields(file: Path) -> dict[str, object]:
    read: dict[str, object] = json.loads(file.read_text())
    return read


def test_each_browser_has_its_manifest_where_it_looks_for_it(home: Path) -> None:
    done = register(BROWSERS.values())

    assert {one.browser.name: one.manifest for one in done} == {
        name: home / folder / f"{HOST_NAME}.json" for name, folder in LINUX_FOLDERS.items()
    }
    assert all(one.manifest.is_file() and one.state == "written" for one in done)


def test_a_manifest_has_what_browsers_ask_for() -> None:
    chromium, firefox = register([CHROMIUM, FIREFOX])

    common = {
        "name": HOST_NAME,
        "description": "Maxo click-to-call: places calls through MaxoTel",
        "path": str(host_program()),
        "type": "stdio",
    }
    assert fields(chromium.manifest) == common | {
        "allowed_origins": [f"chrome-extension://{DEVELOPMENT_ID}/"]
    }
    assert fields(firefox.manifest) == common | {"allowed_extensions": ["click-to-call@maxo.com.au"]}
    assert host_program().is_absolute()


def test_the_extension_in_this_checkout_has_the_ids_that_are_allowed() -> None:
    import base64
    import hashlib

    extension = fields(Path(__file__).parents[2] / "extension" / "static" / "manifest.json")
    digest = hashlib.sha256(base64.b64decode(str(extension["key"]))).hexdigest()[:32]

    assert ("".join(chr(ord("a") + int(digit, 16)) for digit in digest),) == DEVELOPMENT_IDS["chromium"]
    assert "'click-to-call@maxo.com.au'" in str(extension["browser_specific_settings"])


def test_the_launcher_starts_the_host_of_this_checkout_and_passes_everything_on(home: Path) -> None:
    register([CHROMIUM])

    frame = '{"id":0,"type":"hello","protocol_version":1,"extension_version":"0.1.0"}'
    done = subprocess.run(
        [host_program(), f"chrome-extension://{DEVELOPMENT_ID}/"],
        input=len(frame).to_bytes(4, sys.byteorder) + frame.encode(),
        capture_output=True,
        cwd="/",
        env={"HOME": str(home)},
        timeout=30,
        check=True,
    )

    assert json.loads(done.stdout[4:])["ok"] is True
    assert done.stderr == b""


def test_config_home_moves_chromium_but_not_firefox(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))

    assert manifest_file(CHROMIUM) == tmp_path / "config" / "chromium" / "NativeMessagingHosts" / FILE_NAME
    assert manifest_file(FIREFOX) == home / ".mozilla" / "native-messaging-hosts" / FILE_NAME


def test_a_chromium_with_a_profile_of_its_own_is_registered_there_only(home: Path, tmp_path: Path) -> None:
    [done] = register([CHROMIUM], user_data_dir=tmp_path / "profile")

    assert done.manifest == tmp_path / "profile" / "NativeMessagingHosts" / FILE_NAME
    assert not manifest_file(CHROMIUM).exists()


def test_firefox_has_no_folder_for_one_profile(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="Firefox"):
        register([FIREFOX], user_data_dir=tmp_path)


def test_registering_again_changes_nothing() -> None:
    register([CHROMIUM, FIREFOX])
    files = [host_program(), manifest_file(CHROMIUM), manifest_file(FIREFOX)]
    before = [file.stat().st_ino for file in files]

    assert [one.state for one in register([CHROMIUM, FIREFOX])] == ["unchanged", "unchanged"]
    assert [file.stat().st_ino for file in files] == before


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"name": "com.example.other"}', '{"path": "/nowhere"}'])
def test_registering_again_repairs_a_damaged_manifest(damage: str) -> None:
    [whole] = register([CHROMIUM])
    expected = fields(whole.manifest)
    whole.manifest.write_text(damage)

    [repaired] = register([CHROMIUM])

    assert repaired.state == "written"
    assert fields(whole.manifest) == expected


def test_registering_again_follows_a_checkout_that_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register([CHROMIUM])
    monkeypatch.setattr(registration, "ROOT", tmp_path / "moved")

    register([CHROMIUM])

    assert str(tmp_path / "moved" / "native_host" / "__main__.py") in host_program().read_text()


def test_registering_again_makes_the_launcher_executable() -> None:
    register([CHROMIUM])
    host_program().chmod(0o644)

    register([CHROMIUM])

    assert os.access(host_program(), os.X_OK)


def test_given_ids_are_allowed_and_kept_when_it_is_repaired() -> None:
    [done] = register([CHROMIUM], extension_ids=[STORE_ID, DEVELOPMENT_ID])
    register([CHROMIUM])

    assert fields(done.manifest)["allowed_origins"] == [
        f"chrome-extension://{STORE_ID}/",
        f"chrome-extension://{DEVELOPMENT_ID}/",
    ]


def test_ids_go_to_the_browsers_that_they_are_of() -> None:
    chromium, firefox = register([CHROMIUM, FIREFOX], extension_ids=["other@example.com"])

    assert fields(chromium.manifest)["allowed_origins"] == [f"chrome-extension://{DEVELOPMENT_ID}/"]
    assert fields(firefox.manifest)["allowed_extensions"] == ["other@example.com"]


@pytest.mark.parametrize("wrong", ["", "*", "chrome-extension://*/", STORE_ID.upper(), "x" * 32, "a b@c"])
def test_an_id_that_is_none_is_refused_before_anything_is_written(wrong: str) -> None:
    with pytest.raises(InvalidSetting, match="id of an extension"):
        register([CHROMIUM], extension_ids=[wrong])

    assert not manifest_file(CHROMIUM).exists()
    assert not host_program().exists()


def test_unregistering_removes_what_was_written_and_nothing_else(home: Path) -> None:
    register([CHROMIUM, FIREFOX])
    neighbour = manifest_file(CHROMIUM).with_name("com.example.other.json")
    neighbour.write_text("{}")

    assert [one.state for one in unregister([CHROMIUM])] == ["removed"]
    assert host_program().exists()  # Firefox still starts it
    assert [one.state for one in unregister([CHROMIUM, FIREFOX])] == ["absent", "removed"]
    assert not host_program().exists()
    assert neighbour.exists()


@pytest.mark.parametrize("content", ["{", '{"name": "com.example.other"}'])
def test_unregistering_leaves_a_file_that_is_not_ours(content: str) -> None:
    file = manifest_file(CHROMIUM)
    file.parent.mkdir(parents=True)
    file.write_text(content)

    assert [one.state for one in unregister([CHROMIUM])] == ["foreign"]
    assert file.read_text() == content


def test_unregistering_leaves_the_manifest_of_another_installation(tmp_path: Path) -> None:
    program = tmp_path / "maxo-host"
    program.touch()
    file = manifest_file(CHROMIUM)
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps({"name": HOST_NAME, "path": str(program)}))

    assert [one.state for one in unregister([CHROMIUM])] == ["foreign"]

    program.unlink()  # that installation is gone: its manifest only misleads
    assert [one.state for one in unregister([CHROMIUM])] == ["removed"]


def test_a_browser_is_used_once_its_folder_is_there(home: Path) -> None:
    assert not any(is_used(browser) for browser in BROWSERS.values())

    (home / ".config" / "vivaldi").mkdir(parents=True)
    (home / ".config" / "mozilla").mkdir()

    assert [name for name, browser in BROWSERS.items() if is_used(browser)] == ["vivaldi", "firefox"]


def test_an_installed_program_is_started_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "maxo-call"))

    [done] = register([CHROMIUM])

    assert fields(done.manifest)["path"] == str(tmp_path / "maxo-host")


@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_every_browser_has_a_folder_of_user_and_machine_on_every_unix(platform: Platform) -> None:
    for browser in BROWSERS.values():
        for folder in (browser.user_folder[platform], browser.machine_folder[platform]):
            assert in_home(folder, Path("/home"), Path("/home/.config")).is_absolute()
        assert browser.registry_key.endswith(r"\NativeMessagingHosts")


def test_the_machines_manifest_is_looked_for_where_packages_put_it() -> None:
    assert machine_manifest_file(CHROMIUM) == Path("/etc/chromium/native-messaging-hosts") / FILE_NAME

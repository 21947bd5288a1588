"""Host manifests for all users of a machine, by root on Unix and by the registry on Windows."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from native_host import HOST_NAME
from native_host.browsers.host_manifest import FILE_NAME
from native_host.browsers.machine import Machine
from native_host.browsers.manifest_places import found_manifests, machine_manifest, user_manifest
from native_host.browsers.registration import register, unregister
from native_host.browsers.table import BROWSERS, Platform
from native_host.errors import InvalidSetting
from tests.host.machines import (
    COMPANY_ID,
    STORE_ID,
    FakeRegistry,
    a_machine,
    installed_program,
    manifest_fields,
    write,
)

CHROME, CHROMIUM, FIREFOX = BROWSERS["chrome"], BROWSERS["chromium"], BROWSERS["firefox"]
BRAVE, VIVALDI = BROWSERS["brave"], BROWSERS["vivaldi"]
KEY_OF_CHROME = rf"Software\Google\Chrome\NativeMessagingHosts\{HOST_NAME}"

FOLDERS: dict[Platform, dict[str, str]] = {
    "linux": {
        "chrome": "etc/opt/chrome/native-messaging-hosts",
        "chromium": "etc/chromium/native-messaging-hosts",
        "edge": "etc/opt/edge/native-messaging-hosts",
        "brave": "etc/brave/native-messaging-hosts",
        "vivaldi": "etc/vivaldi/native-messaging-hosts",
        "firefox": "usr/lib/mozilla/native-messaging-hosts",
    },
    "darwin": {
        "chrome": "Library/Google/Chrome/NativeMessagingHosts",
        "chromium": "Library/Application Support/Chromium/NativeMessagingHosts",
        "edge": "Library/Microsoft/Edge/NativeMessagingHosts",
        "brave": "Library/Application Support/BraveSoftware/Brave-Browser/NativeMessagingHosts",
        "vivaldi": "Library/Application Support/Vivaldi/NativeMessagingHosts",
        "firefox": "Library/Application Support/Mozilla/NativeMessagingHosts",
    },
}


@pytest.mark.parametrize("platform", FOLDERS)
def test_each_browser_has_the_machines_manifest_where_it_looks_for_it(
    platform: Platform, tmp_path: Path
) -> None:
    machine = a_machine(tmp_path, platform)

    done = register(BROWSERS.values(), machine, for_all_users=True)

    assert {one.browser.name: one.manifest for one in done} == {
        name: machine.root / folder / FILE_NAME for name, folder in FOLDERS[platform].items()
    }
    for one in done:
        assert one.state == "written"
        assert found_manifests(one.browser, machine)[0].file == one.manifest
        assert not user_manifest(one.browser, machine).exists()


def test_others_can_read_what_was_registered_whatever_the_umask_is(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    before = os.umask(0o077)
    try:
        [done] = register([CHROMIUM], machine, for_all_users=True)
    finally:
        os.umask(before)

    program = machine.host_program(for_all_users=True)
    assert manifest_fields(done.manifest)["path"] == str(program)
    for path in (done.manifest, program, *done.manifest.parents[:2], program.parent):
        wanted = stat.S_IROTH if path.is_file() and path != program else stat.S_IROTH | stat.S_IXOTH
        assert path.stat().st_mode & wanted == wanted


def test_unregistering_for_all_leaves_a_users_own_registration(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    register([CHROMIUM], machine)
    register(BROWSERS.values(), machine, for_all_users=True)

    done = unregister(BROWSERS.values(), machine, for_all_users=True)

    assert {one.state for one in done} == {"removed"}
    assert not machine.host_program(for_all_users=True).parent.exists()
    assert machine.host_program().exists()
    assert [one.for_all_users for one in found_manifests(CHROMIUM, machine)] == [False]


def test_what_a_package_has_linked_is_left_to_the_package(tmp_path: Path) -> None:
    programs = installed_program(tmp_path, chromium=[STORE_ID])
    machine = a_machine(tmp_path, frozen_folder=programs)
    [done] = register([CHROMIUM], machine, for_all_users=True)
    packaged = done.manifest.rename(tmp_path / "chromium.json")
    done.manifest.symlink_to(packaged)

    [again] = register([CHROMIUM], machine, for_all_users=True)
    [changed] = register([CHROMIUM], machine, for_all_users=True, extension_ids=[COMPANY_ID])
    [removed] = unregister([CHROMIUM], machine, for_all_users=True)

    assert [one.state for one in (again, changed, removed)] == ["unchanged", "packaged", "packaged"]
    assert done.manifest.is_symlink()
    assert STORE_ID in packaged.read_text()


@pytest.mark.parametrize(
    ("browser", "folder"),
    [
        (BRAVE, "etc/chromium/native-messaging-hosts"),
        (VIVALDI, "etc/opt/vivaldi/native-messaging-hosts"),
        (FIREFOX, "usr/lib64/mozilla/native-messaging-hosts"),
    ],
    ids=lambda one: getattr(one, "name", one),
)
def test_a_manifest_of_a_package_is_found_where_only_some_builds_look(
    browser: object, folder: str, tmp_path: Path
) -> None:
    machine = a_machine(tmp_path)
    file = write(machine.root / folder / FILE_NAME, "{}")

    assert [one.file for one in found_manifests(browser, machine)] == [file]  # type: ignore[arg-type]  # a Browser


# -- Windows


@pytest.fixture
def windows(tmp_path: Path) -> Machine:
    return a_machine(tmp_path, "win32", frozen_folder=installed_program(tmp_path, chromium=[STORE_ID]))


def registry_of(machine: Machine) -> FakeRegistry:
    assert isinstance(machine.registry, FakeRegistry)
    return machine.registry


def test_the_registry_names_the_manifest_for_the_user_or_for_all(windows: Machine) -> None:
    [user] = register([CHROME], windows)
    [everyone] = register([CHROME], windows, for_all_users=True)

    assert registry_of(windows).keys == {
        ("user", KEY_OF_CHROME): str(user.manifest),
        ("machine", KEY_OF_CHROME): str(everyone.manifest),
    }
    assert manifest_fields(user.manifest)["path"].endswith("maxo-host.exe")
    assert [one.for_all_users for one in found_manifests(CHROME, windows)] == [False, True]


def test_the_manifest_for_all_lies_where_only_an_administrator_writes(windows: Machine) -> None:
    assert windows.frozen_folder in machine_manifest(CHROME, windows).parents


def test_a_checkout_is_not_registered_for_all_on_windows(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="only the installed program"):
        register([CHROME], a_machine(tmp_path, "win32"), for_all_users=True)


def test_a_registry_that_lost_the_name_is_repaired(windows: Machine) -> None:
    register([CHROME], windows)
    registry_of(windows).keys.clear()

    assert [one.state for one in register([CHROME], windows)] == ["written"]
    assert [one.state for one in register([CHROME], windows)] == ["unchanged"]


def test_a_key_that_browsers_share_goes_with_the_manifest_that_it_names(windows: Machine) -> None:
    [_, vivaldi] = register([CHROME, VIVALDI], windows)
    assert registry_of(windows).keys == {("user", KEY_OF_CHROME): str(vivaldi.manifest)}

    unregister([CHROME], windows)
    assert registry_of(windows).keys == {("user", KEY_OF_CHROME): str(vivaldi.manifest)}

    unregister([VIVALDI], windows)
    assert registry_of(windows).keys == {}

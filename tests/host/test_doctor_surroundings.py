"""The doctor on what surrounds a browser: policies, sandboxes, and which browsers there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from native_host import HOST_NAME
from native_host.browsers.machine import Machine
from native_host.browsers.registration import register
from native_host.browsers.table import BROWSERS
from native_host.doctor.browser_lines import browsers_of
from tests.host.examined_machine import (
    CHROMIUM,
    FIREFOX,
    lines,
    set_policy,
    set_up_machine,
    the_trouble,
    troubles,
)
from tests.host.machines import (
    STORE_ID,
    a_machine,
    installed_program,
    start_once,
    write,
)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return set_up_machine(tmp_path)


# -- policies


def test_a_policy_that_blocks_is_named_beside_what_is_well(machine: Machine) -> None:
    set_policy(machine, NativeMessagingBlocklist=["*"])

    assert [(one.about, one.state) for one in lines(machine)] == [
        ("registration", "ok"),
        ("host", "ok"),
        ("policy", "fault"),
    ]
    assert "NativeMessagingBlocklist" in the_trouble(machine)


def test_where_only_the_machines_hosts_may_start_a_users_manifest_is_not_enough(machine: Machine) -> None:
    set_policy(machine, NativeMessagingUserLevelHosts=False)

    assert troubles(machine) == [("policy", "fault")]
    assert "Run `sudo maxo-call register --system --browser chromium`." in the_trouble(machine)

    register([CHROMIUM], machine, for_all_users=True)
    assert troubles(machine) == []


def test_a_policy_file_that_cannot_be_read_is_told(machine: Machine) -> None:
    write(machine.root / "etc/chromium/policies/managed/company.json", "{")

    assert troubles(machine) == [("policy", "warning")]


# -- sandboxes


@pytest.mark.parametrize("place", ["system", "user"])
def test_a_flatpak_is_told_that_it_cannot_call(machine: Machine, place: str) -> None:
    vivaldi, name = BROWSERS["vivaldi"], "flatpak/app/com.vivaldi.Vivaldi"
    folder = machine.home / ".local/share" if place == "user" else machine.root / "var/lib"
    (folder / name).mkdir(parents=True)

    assert vivaldi in browsers_of(machine)
    assert troubles(machine, vivaldi) == [("sandbox", "warning")]
    assert "not possible in Vivaldi as a Flatpak" in the_trouble(machine, vivaldi)


def test_a_browser_that_is_there_as_a_snap_and_as_a_package_has_the_lines_of_both(machine: Machine) -> None:
    (machine.root / "snap/chromium/current").mkdir(parents=True)

    assert [one.about for one in lines(machine)] == ["sandbox", "registration", "host"]


def test_firefox_as_a_snap_is_told_the_one_command_that_lets_it_start_the_helper(machine: Machine) -> None:
    (machine.root / "snap/firefox/current").mkdir(parents=True)

    assert troubles(machine, FIREFOX) == [("sandbox", "warning")]
    command = f"`flatpak permission-set webextensions {HOST_NAME} snap.firefox yes`"
    assert command in the_trouble(machine, FIREFOX)

    write(machine.home / ".local/share/flatpak/db/webextensions", f"…{HOST_NAME}…snap.firefox…yes")
    assert troubles(machine, FIREFOX) == []


# -- which browsers


def test_only_browsers_that_the_user_has_are_examined(machine: Machine) -> None:
    register(BROWSERS.values(), machine, for_all_users=True)  # as a package of the system does

    assert [one.name for one in browsers_of(machine)] == ["chromium", "firefox"]


def test_before_any_browser_was_started_those_that_know_the_host_are_examined(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    assert browsers_of(machine) == []

    register([FIREFOX], machine, for_all_users=True)

    assert [one.name for one in browsers_of(machine)] == ["firefox"]


def test_on_windows_the_registry_names_the_manifest(tmp_path: Path) -> None:
    machine = a_machine(tmp_path, "win32", frozen_folder=installed_program(tmp_path, chromium=[STORE_ID]))
    start_once(machine, BROWSERS["edge"])
    assert troubles(machine, BROWSERS["edge"]) == [("registration", "fault")]

    register([BROWSERS["edge"]], machine)

    assert [one.name for one in browsers_of(machine)] == ["edge"]
    assert troubles(machine, BROWSERS["edge"]) == [("program", "fault")]  # there is no .exe here

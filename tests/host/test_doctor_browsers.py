"""The doctor's lines of one browser, on machines of every kind: what is wrong is named, with what to do."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from native_host import HOST_NAME, __version__, cli_parser
from native_host.browsers.machine import Machine
from native_host.browsers.manifest_places import user_manifest
from native_host.browsers.registration import register
from native_host.browsers.table import BROWSERS, Browser
from native_host.doctor.browser_lines import browser_lines, browsers_of
from native_host.doctor.findings import Finding
from native_host.doctor.repair import repair
from tests.host.machines import (
    COMPANY_ID,
    DEVELOPMENT_ID,
    GECKO_ID,
    STORE_ID,
    a_machine,
    installed_program,
    manifest_fields,
    program,
    start_once,
    write,
)

CHROMIUM, FIREFOX = BROWSERS["chromium"], BROWSERS["firefox"]
REPLY = json.dumps({"id": 0, "ok": True, "result": {"host_version": __version__}})
LENGTH = "".join(f"\\{byte:03o}" for byte in len(REPLY).to_bytes(4, "little"))
ANSWERS = f"head -c 4 >/dev/null; printf '{LENGTH}%s' '{REPLY}'"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine with the packaged product, used and registered in Chromium and Firefox."""
    programs = installed_program(tmp_path, chromium=[STORE_ID])
    program(programs / "maxo-host", ANSWERS)
    machine = a_machine(tmp_path, frozen_folder=programs)
    start_once(machine, CHROMIUM, FIREFOX)
    register([CHROMIUM, FIREFOX], machine)
    return machine


def lines(machine: Machine, browser: Browser = CHROMIUM) -> list[Finding]:
    found = browser_lines(browser, machine)
    assert all(one.browser == browser.name for one in found)
    return found


def troubles(machine: Machine, browser: Browser = CHROMIUM) -> list[tuple[str, str]]:
    return [(one.about, one.state) for one in lines(machine, browser) if one.state != "ok"]


def the_trouble(machine: Machine, browser: Browser = CHROMIUM) -> str:
    [text] = [one.text for one in lines(machine, browser) if one.state != "ok"]
    return text


def in_profile(machine: Machine, extension_id: str, **entry: object) -> Path:
    """Our extension in a profile of Chromium, as its store leaves it."""
    profile = machine.profiles_folder(CHROMIUM) / "Default"
    own = {"browser_specific_settings": {"gecko": {"id": GECKO_ID}}}
    write(profile / "Extensions" / extension_id / "0.1.0_0" / "manifest.json", own)
    entry = {"path": f"{extension_id}/0.1.0_0", **entry}
    return write(profile / "Preferences", {"extensions": {"settings": {extension_id: entry}}})


@pytest.mark.parametrize("browser", [CHROMIUM, FIREFOX], ids=lambda one: one.name)
def test_where_all_is_well_there_is_a_line_for_the_manifest_and_one_for_the_host(
    machine: Machine, browser: Browser
) -> None:
    assert [(one.about, one.state) for one in lines(machine, browser)] == [
        ("registration", "ok"),
        ("host", "ok"),
    ]


# -- the manifest


def change(machine: Machine, **fields: object) -> None:
    file = user_manifest(CHROMIUM, machine)
    write(file, manifest_fields(file) | fields)


@pytest.mark.parametrize(
    ("fields", "about"),
    [
        ({"type": "socket"}, "registration"),
        ({"allowed_origins": ["chrome-extension://*/"]}, "registration"),
        ({"path": "/nowhere/maxo-host"}, "program"),
        ({"allowed_origins": [f"chrome-extension://{COMPANY_ID}/"]}, "extension_id"),
        ({"path": "/bin/true"}, "host"),
    ],
)
def test_a_manifest_that_cannot_work_is_named_and_repaired(
    machine: Machine, fields: dict[str, object], about: str
) -> None:
    change(machine, **fields)

    assert troubles(machine) == [(about, "fault")]
    assert f"--browser {CHROMIUM.name}`" in the_trouble(machine)

    assert [one.browser.name for one in repair(machine)] == ["chromium"]
    assert troubles(machine) == []


def test_two_faults_of_one_manifest_are_repaired_together(machine: Machine) -> None:
    change(machine, path="/nowhere", allowed_origins=[f"chrome-extension://{COMPANY_ID}/"])

    repair(machine)

    assert troubles(machine) == []
    assert STORE_ID in user_manifest(CHROMIUM, machine).read_text()


def test_a_missing_manifest_is_named_and_repaired(machine: Machine) -> None:
    user_manifest(FIREFOX, machine).unlink()

    assert (
        the_trouble(machine, FIREFOX)
        == "Firefox does not know the helper. Run `maxo-call register --browser firefox`."
    )
    repair(machine)
    assert troubles(machine, FIREFOX) == []


def test_a_program_that_may_not_be_run_is_not_mended_by_registering_again(machine: Machine) -> None:
    machine.host_program().chmod(0o644)

    assert troubles(machine) == [("program", "fault")]
    assert "Install Maxo click-to-call again." in the_trouble(machine)


def test_a_users_broken_manifest_is_named_though_the_machines_is_whole(machine: Machine) -> None:
    register([CHROMIUM], machine, for_all_users=True)
    user_manifest(CHROMIUM, machine).write_text("{")

    assert troubles(machine) == [("registration", "fault")]


def test_another_version_is_a_warning(machine: Machine) -> None:
    other = REPLY.replace(__version__, "0.0.9")
    program(machine.host_program(), ANSWERS.replace(REPLY, other))

    assert troubles(machine) == [("host", "warning")]
    assert f"(version 0.0.9), but this is version {__version__}" in the_trouble(machine)


# -- the extension


@pytest.mark.parametrize("extension_id", [STORE_ID, COMPANY_ID])
def test_an_extension_whose_id_is_allowed_is_well(machine: Machine, extension_id: str) -> None:
    register([CHROMIUM], machine, extension_ids=[extension_id])
    in_profile(machine, extension_id)

    assert troubles(machine) == []


def test_an_extension_with_another_id_is_named_and_never_allowed_by_itself(machine: Machine) -> None:
    in_profile(machine, COMPANY_ID)

    assert troubles(machine) == [("extension_id", "fault")]
    assert f"If your company gave it to you, run `maxo-call register --extension-id {COMPANY_ID}" in (
        the_trouble(machine)
    )

    repair(machine)
    assert COMPANY_ID not in user_manifest(CHROMIUM, machine).read_text()


def test_an_extension_of_anybody_elses_is_none_of_ours(machine: Machine) -> None:
    profile = in_profile(machine, COMPANY_ID).parent
    for manifest in profile.rglob("manifest.json"):
        write(manifest, {"name": "Another", "browser_specific_settings": {"gecko": {"id": "a@b.c"}}})

    assert troubles(machine) == []


@pytest.mark.parametrize(
    ("entry", "about"),
    [({"withholding_permissions": True}, "site_access"), ({"disable_reasons": [1]}, "extension")],
)
def test_an_extension_that_is_kept_from_pages_is_told(
    machine: Machine, entry: dict[str, object], about: str
) -> None:
    in_profile(machine, STORE_ID, **entry)

    assert troubles(machine) == [(about, "warning")]
    assert "chrome://extensions" in the_trouble(machine)


@pytest.mark.parametrize(("origins", "expected"), [(["<all_urls>"], []), ([], [("site_access", "warning")])])
def test_firefoxs_own_file_tells_whether_pages_may_be_read(
    machine: Machine, origins: list[str], expected: list[tuple[str, str]]
) -> None:
    profile = machine.home / ".mozilla" / "firefox" / "x.default-esr"
    write(profile / "extension-preferences.json", {GECKO_ID: {"permissions": [], "origins": origins}})

    assert troubles(machine, FIREFOX) == expected


@pytest.mark.parametrize("text", ["{", "[]", '{"extensions": {"settings": 3}}', '{"extensions": []}'])
def test_a_profile_that_cannot_be_read_is_passed_over(machine: Machine, text: str) -> None:
    write(machine.profiles_folder(CHROMIUM) / "Default" / "Preferences", text)

    assert troubles(machine) == []


# -- policies


def set_policy(machine: Machine, **values: object) -> None:
    write(machine.root / "etc/chromium/policies/managed/company.json", values)


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


# -- the commands in the sentences


def all_kinds_of_trouble(machine: Machine, tmp_path: Path) -> Iterator[Finding]:
    yield from browser_lines(BROWSERS["edge"], machine)
    yield from browser_lines(CHROMIUM, machine, tmp_path / "a profile")
    change(machine, path="/nowhere")
    yield from lines(machine)
    in_profile(machine, COMPANY_ID)
    change(machine, path=str(machine.host_program()))
    yield from lines(machine)
    set_policy(machine, NativeMessagingUserLevelHosts=False)
    yield from lines(machine)


def test_every_command_in_a_sentence_is_one_that_the_command_line_takes(
    machine: Machine, tmp_path: Path
) -> None:
    names: dict[str, Any] = dict.fromkeys(
        ("call", "key set", "key delete", "key check", "settings show"), None
    )
    names |= dict.fromkeys(
        ("settings get", "settings set", "register", "unregister", "doctor", "history"), None
    )
    parser = cli_parser.build_parser(names, browsers=BROWSERS, settings=("phones",))
    commands = [
        shlex.split(one.text.split("`")[1].removeprefix("sudo "))
        for one in all_kinds_of_trouble(machine, tmp_path)
        if one.state == "fault"
    ]

    assert len(commands) == 5
    for words in commands:
        assert words[0] == "maxo-call"
        parser.parse_args(words[1:])
    assert DEVELOPMENT_ID not in str(commands), "an installed program does not know it"

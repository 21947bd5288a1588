"""The doctor's lines of one browser, on machines of every kind: what is wrong is named, with what to do."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from native_host import __version__, cli_parser
from native_host.browsers.machine import Machine
from native_host.browsers.manifest_places import user_manifest
from native_host.browsers.registration import register
from native_host.browsers.table import BROWSERS, Browser
from native_host.doctor.browser_lines import browser_lines
from native_host.doctor.findings import Finding
from native_host.doctor.repair import repair
from tests.host.examined_machine import (
    ANSWERS,
    CHROMIUM,
    FIREFOX,
    REPLY,
    change,
    in_profile,
    lines,
    set_policy,
    set_up_machine,
    the_trouble,
    troubles,
)
from tests.host.machines import (
    COMPANY_ID,
    DEVELOPMENT_ID,
    GECKO_ID,
    STORE_ID,
    program,
    write,
)


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return set_up_machine(tmp_path)


@pytest.mark.parametrize("browser", [CHROMIUM, FIREFOX], ids=lambda one: one.name)
def test_where_all_is_well_there_is_a_line_for_the_manifest_and_one_for_the_host(
    machine: Machine, browser: Browser
) -> None:
    assert [(one.about, one.state) for one in lines(machine, browser)] == [
        ("registration", "ok"),
        ("host", "ok"),
    ]


# -- the manifest


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

"""A machine with the packaged product in two browsers, ways to spoil it, and what the doctor says of it."""

from __future__ import annotations

import json
from pathlib import Path

from native_host import __version__
from native_host.browsers.machine import Machine
from native_host.browsers.manifest_places import user_manifest
from native_host.browsers.registration import register
from native_host.browsers.table import BROWSERS, Browser
from native_host.doctor.browser_lines import browser_lines
from native_host.doctor.findings import Finding
from tests.host.machines import (
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


def set_up_machine(folder: Path) -> Machine:
    """A machine with the packaged product, used and registered in Chromium and Firefox."""
    programs = installed_program(folder, chromium=[STORE_ID])
    program(programs / "maxo-host", ANSWERS)
    machine = a_machine(folder, frozen_folder=programs)
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


def change(machine: Machine, **fields: object) -> None:
    file = user_manifest(CHROMIUM, machine)
    write(file, manifest_fields(file) | fields)


def set_policy(machine: Machine, **values: object) -> None:
    write(machine.root / "etc/chromium/policies/managed/company.json", values)

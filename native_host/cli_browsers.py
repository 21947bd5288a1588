"""The commands of `maxo-call` about browsers and this computer: register, unregister, doctor."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from native_host.account import Account
from native_host.admin_policy_source import load_admin_policy
from native_host.browsers.machine import Machine, this_machine
from native_host.browsers.manifest_places import user_manifest
from native_host.browsers.registration import Registration, register, unregister
from native_host.browsers.sandboxes import sandboxed
from native_host.browsers.table import BROWSERS, Browser
from native_host.doctor.bundle import write_bundle
from native_host.doctor.examination import examine
from native_host.doctor.findings import is_well
from native_host.doctor.repair import repair
from native_host.errors import InvalidSetting

DONE, FAILED = 0, 1

_NOT_ALLOWED = "Only an administrator can do this for all users. Run it again with sudo, or as administrator."
_STATES = {
    "written": "registered in",
    "unchanged": "already registered in",
    "removed": "unregistered; removed",
    "absent": "is not registered in",
    "foreign": "was left alone: this is not ours:",
    "packaged": "was left alone: this belongs to the installed package:",
    "without_id": "was left out: no extension is known for it; give one by --extension-id. Not written:",
}


def run_register(options: argparse.Namespace) -> int:
    """Make the host known to the chosen browsers, or to every one that is found."""
    machine = this_machine()
    _refuse_both(options)
    browsers = _chosen(options) or _found(machine, for_all_users=options.system)
    if not browsers:
        raise InvalidSetting("No browser of this user was found. Name one by --browser.")
    try:
        done = register(
            browsers,
            machine,
            extension_ids=options.extension_id or load_admin_policy().extension_ids,
            for_all_users=options.system,
            user_data_dir=options.user_data_dir,
        )
    except PermissionError as error:
        if options.system:
            raise InvalidSetting(_NOT_ALLOWED) from error
        raise
    _tell(done)
    nothing = all(one.state == "without_id" for one in done)
    refused = any(one.state == "packaged" or (options.browser and one.state == "without_id") for one in done)
    return FAILED if nothing or refused else DONE


def run_unregister(options: argparse.Namespace) -> int:
    """Undo `register`, in the same places."""
    _refuse_both(options)
    chosen = _chosen(options)
    try:
        done = unregister(
            chosen or BROWSERS.values(),
            this_machine(),
            for_all_users=options.system,
            user_data_dir=options.user_data_dir,
        )
    except PermissionError as error:
        if options.system:
            raise InvalidSetting(_NOT_ALLOWED) from error
        raise
    told = [one for one in done if chosen or one.state != "absent"]
    if not told:
        print("No browser was registered.")
    _tell(told)
    return FAILED if any(one.state in ("foreign", "packaged") for one in done) else DONE


def run_doctor(options: argparse.Namespace) -> int:
    """Say what is right and what is not; with --repair mend first what registering again can mend."""
    machine = this_machine()
    repaired = repair(machine, options.user_data_dir) if options.repair else []
    if not options.json:
        _tell(repaired)
    findings = examine(Account(), machine, user_data_dir=options.user_data_dir)
    if options.json:
        print(json.dumps([asdict(finding) for finding in findings], indent=2))
    else:
        marks = {"ok": "ok     ", "warning": "warning", "fault": "FAULT  "}
        for finding in findings:
            print(marks[finding.state], finding.text)
    if options.bundle is not None:
        write_bundle(options.bundle, findings, machine)
        if not options.json:
            print(f"Written: {options.bundle}. Look through it before you send it.")
    return DONE if is_well(findings) else FAILED


def _refuse_both(options: argparse.Namespace) -> None:
    if options.system and options.user_data_dir is not None:
        raise InvalidSetting("--system is for all users; it cannot be for one profile folder as well.")


def _chosen(options: argparse.Namespace) -> list[Browser]:
    if options.user_data_dir is not None and not options.browser:
        return [BROWSERS["chromium"]]
    return [BROWSERS[name] for name in options.browser]


def _found(machine: Machine, *, for_all_users: bool) -> list[Browser]:
    """Every browser for all users, and on Windows, where a key does no harm; else those that the user has."""
    if for_all_users or machine.platform == "win32":
        return list(BROWSERS.values())
    return [browser for browser in BROWSERS.values() if _has(machine, browser)]


def _has(machine: Machine, browser: Browser) -> bool:
    box = sandboxed(browser, machine)
    return (
        machine.is_used(browser)
        or (box is not None and box.starts_hosts)
        or user_manifest(browser, machine).exists()
    )


def _tell(done: list[Registration]) -> None:
    for one in done:
        print(f"{one.browser.label}: {_STATES[one.state]} {one.manifest}")

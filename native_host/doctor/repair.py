"""Mends what registering again can mend: manifests that are missing, damaged or lead nowhere.

It is a command and not the host's own work: a host that was started has a manifest that works, and one whose
manifest leads nowhere is not started.
"""

from __future__ import annotations

from pathlib import Path

from native_host.browsers.host_manifest import allowed_ids, read_manifest
from native_host.browsers.machine import Machine
from native_host.browsers.manifest_places import user_manifest
from native_host.browsers.registration import Registration, register
from native_host.browsers.table import BROWSERS, Browser
from native_host.doctor.browser_lines import browser_lines, browsers_of

_MENDED_BY_REGISTERING = frozenset({"registration", "program", "extension_id", "host"})
_ROUNDS = 2  # a program that is not there hides an extension that is not allowed


def repair(machine: Machine, user_data_dir: Path | None = None) -> list[Registration]:
    """Register again, for this user, each browser whose lines say so. Raises OSError.

    Never allows an extension that is not ours by its id: an extension may call itself anything.
    """
    browsers = browsers_of(machine) if user_data_dir is None else [BROWSERS["chromium"]]
    done: list[Registration] = []
    for browser in browsers:
        faults = _faults(browser, machine, user_data_dir)
        for _ in range(_ROUNDS):
            if not faults & _MENDED_BY_REGISTERING:
                break
            ids = _ids(browser, machine, user_data_dir) if "extension_id" in faults else []
            done += register([browser], machine, extension_ids=ids, user_data_dir=user_data_dir)
            faults = _faults(browser, machine, user_data_dir)
    return done


def _faults(browser: Browser, machine: Machine, user_data_dir: Path | None) -> set[str]:
    return {one.about for one in browser_lines(browser, machine, user_data_dir) if one.state == "fault"}


def _ids(browser: Browser, machine: Machine, user_data_dir: Path | None) -> list[str]:
    if machine.organisation_ids:
        return []  # its policy decides
    kept = allowed_ids(browser.family, read_manifest(user_manifest(browser, machine, user_data_dir)) or {})
    return list(dict.fromkeys([*kept, *machine.own_ids(browser.family)]))

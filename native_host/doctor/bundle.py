"""A file for whoever helps: the doctor's lines, versions, settings and the last of the log, all redacted.

Never in it: the API key, pages, phone numbers in full, the labels of phones (people write names there), the
user's name as part of paths. Numbers of phones stay when they are extensions; support needs them.
"""

from __future__ import annotations

import json
import os
import platform
import re
import zipfile
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from native_host import PROTOCOL_VERSION, __version__, places
from native_host.browsers.machine import Machine
from native_host.browsers.table import BROWSERS, Browser
from native_host.doctor.findings import Finding
from native_host.logs import FILE_NAME, mask_numbers
from native_host.setting_values import api_host, to_json_values
from native_host.settings import LoadedSettings, load_settings

LAST_LINES = 300
NOT_TOLD = "(not told)"

_TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ")
_ADDRESS = re.compile(r"\b([A-Za-z][A-Za-z0-9+.-]*)://([^\s\"'<>)/?#]*)[^\s\"'<>)]*")
_NAMES_FROM_CHARS = 3  # shorter labels are no names, and are everywhere in a text
_OWNER_ONLY = 0o600
_ABOUT = """This file was written by `maxo-call doctor --bundle`. Look through it before you send it.

doctor.json    what the doctor found
versions.json  versions of the helper, of this system and of its browsers
settings.json  the calling settings, without the labels of phones
host.log       the last lines of the helper's log

It has no API key, no page and no address of one. Of numbers with six digits or more only the last three are
left; the folder of the user is written as ~.
"""


def write_bundle(file: Path, findings: Iterable[Finding], machine: Machine) -> None:
    """Write the bundle for its owner only. Raises OSError, also when the file exists."""
    loaded = load_settings()
    lines = [asdict(one) | {"text": redacted(one.text, machine, loaded)} for one in findings]
    log = "".join(f"{redacted(line, machine, loaded)}\n" for line in _last_log_lines())
    contents = {
        "README.txt": _ABOUT,
        "doctor.json": _json(lines),
        "versions.json": _json(_versions(machine)),
        "settings.json": _json(_settings(loaded)),
        "host.log": log,
    }
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(handle, "wb") as target, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)


def redacted(text: str, machine: Machine, loaded: LoadedSettings) -> str:
    """The text without the user's folder, numbers in full, labels of phones, and addresses but MaxoTel's."""
    time = _TIME.match(text)
    start = time[0] if time else ""
    rest = text[len(start) :].replace(str(machine.home), "~")
    host = api_host(loaded.api_base_url)
    rest = _ADDRESS.sub(
        lambda found: found[0] if found[1] == "chrome-extension" or found[2] == host else "(address)", rest
    )
    for phone in loaded.settings.phones:
        if len(phone.label) >= _NAMES_FROM_CHARS:
            rest = rest.replace(phone.label, NOT_TOLD)
    return start + mask_numbers(rest)


def _last_log_lines() -> list[str]:
    lines: list[str] = []
    for name in (f"{FILE_NAME}.1", FILE_NAME):  # the one before, and the present one
        try:
            lines += (places.log_dir() / name).read_text("utf-8", errors="replace").splitlines()
        except OSError:
            continue
    return lines[-LAST_LINES:]


def _settings(loaded: LoadedSettings) -> dict[str, object]:
    values = to_json_values(loaded.settings)
    values["phones"] = [
        {**phone, "number": mask_numbers(phone["number"]), "label": NOT_TOLD} for phone in values["phones"]
    ]
    if values["default_phone"]:
        values["default_phone"] = mask_numbers(values["default_phone"])
    return {"api_host": api_host(loaded.api_base_url), "locked": loaded.locked, **values}


def _versions(machine: Machine) -> dict[str, object]:
    return {
        "host": __version__,
        "protocol": PROTOCOL_VERSION,
        "installed": "package" if machine.frozen_folder else "source checkout",
        "python": platform.python_version(),
        "system": platform.platform(),
        "browsers": {name: _version(browser, machine) for name, browser in BROWSERS.items()},
    }


def _version(browser: Browser, machine: Machine) -> str | None:
    """The version that used a profile last, as the browser has noted it; `None` if none did."""
    folder = machine.profiles_folder(browser)
    try:
        if browser.family == "chromium":
            return (folder / "Last Version").read_text().strip()[:40]
        noted = next(iter(sorted(folder.glob("**/compatibility.ini")))).read_text()
    except (OSError, StopIteration, UnicodeDecodeError):
        return None
    found = re.search(r"(?m)^LastVersion=([^_\s]+)", noted)
    return found[1] if found else None


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"

"""Other computers for registration and doctor: a home, a system and a registry in a folder of the test."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from native_host import HOST_NAME
from native_host.browsers.machine import Machine
from native_host.browsers.table import Browser, Platform
from native_host.browsers.windows_registry import Hive

DEVELOPMENT_ID = "mekckcfhcmacbbccnadgbbpiclkfnopo"
STORE_ID = "abcdefghijklmnopabcdefghijklmnop"
COMPANY_ID = "ponmlkjihgfedcbaponmlkjihgfedcba"
GECKO_ID = "click-to-call@maxo.com.au"


class FakeRegistry:
    """A registry in memory; keys are not case-sensitive on Windows, but here they are written one way."""

    def __init__(self) -> None:
        self.keys: dict[tuple[Hive, str], str] = {}
        self.trees: dict[tuple[Hive, str], dict[str, object]] = {}

    def read(self, hive: Hive, key: str) -> str | None:
        return self.keys.get((hive, key))

    def read_tree(self, hive: Hive, key: str) -> dict[str, object]:
        return self.trees.get((hive, key), {})

    def write(self, hive: Hive, key: str, value: str) -> None:
        self.keys[hive, key] = value

    def remove(self, hive: Hive, key: str) -> None:
        self.keys.pop((hive, key), None)


def a_machine(folder: Path, platform: Platform = "linux", **changes: Any) -> Machine:
    """A computer on which nothing is installed and nobody has started a browser yet."""
    home = folder / "home with 'quotes'"
    home.mkdir(exist_ok=True)
    fields: dict[str, Any] = {
        "platform": platform,
        "home": home,
        "config_home": home / ".config",
        "data_dir": home / "data",
        "root": folder / "system",
        "registry": FakeRegistry(),
        **changes,
    }
    return Machine(**fields)


def installed_program(folder: Path, **ids: list[str]) -> Path:
    """A folder as the installer leaves it, and the ids that it was packaged for; a host that is a dummy."""
    programs = folder / "programs"
    programs.mkdir()
    (programs / "extension-ids.json").write_text(json.dumps({"chromium": [], "firefox": [GECKO_ID], **ids}))
    program(programs / "maxo-host", "exit 0")
    return programs


def program(file: Path, *lines: str) -> Path:
    """An executable shell script."""
    file.write_text("\n".join(("#!/bin/sh", *lines)) + "\n")
    file.chmod(0o755)
    return file


def start_once(machine: Machine, *browsers: Browser) -> None:
    """Leave what a browser leaves when a person has started it."""
    for browser in browsers:
        machine.profiles_folder(browser).mkdir(parents=True, exist_ok=True)


def write(file: Path, content: object) -> Path:
    """Write JSON, or a text as it is, and the folders above."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return file


def manifest_fields(file: Path) -> dict[str, Any]:
    """What is in a host manifest."""
    fields: dict[str, Any] = json.loads(file.read_text())
    assert fields["name"] == HOST_NAME
    return fields

"""The support bundle holds what helps, and no key, no page, no full number, no name."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.host.terminal import Terminal, open_terminal

PHONES = [
    {"number": "101", "label": "Anna Example's desk", "auto_answer": True},
    {"number": "0299998888", "label": "", "auto_answer": False},
]
LOG = """2026-11-24 10:00:00 INFO 71 native_host.calls: planned 0299998888 for Anna Example's desk
2026-11-24 10:00:01 WARNING 71 native_host.server: asked by https://crm.example/people?id=7 for chrome-extension://abc/
2026-11-24 10:00:02 ERROR 71 native_host.journal: HOME_FOLDER/.local/state/maxo-click-to-call is full
"""


@pytest.fixture
def maxo_call() -> Iterator[Terminal]:
    with open_terminal() as terminal:
        terminal.set_up()
        terminal("settings", "set", "phones", json.dumps(PHONES))
        terminal("register", "--browser", "chromium")
        yield terminal


def test_a_bundle_is_redacted_and_says_what_is_in_it(maxo_call: Terminal, tmp_path: Path) -> None:
    home = str(maxo_call.desktop.home)
    [log] = maxo_call.desktop.home.rglob("host.log")
    log.write_text(LOG.replace("HOME_FOLDER", home))
    bundle = tmp_path / "for support.zip"

    said = maxo_call("doctor", "--bundle", str(bundle))

    assert "Look through it before you send it." in said.out
    assert bundle.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(bundle) as archive:
        contents = {name: archive.read(name).decode() for name in archive.namelist()}
    assert contents.keys() == {"README.txt", "doctor.json", "versions.json", "settings.json", "host.log"}
    everything = "\n".join(contents.values())
    for secret in (maxo_call.maxo.valid_key, home, "Anna", "0299998888", "crm.example", "299998"):
        assert secret not in everything, secret
    settings = json.loads(contents["settings.json"])
    assert [phone["number"] for phone in settings["phones"]] == ["101", "•••••••888"]
    assert json.loads(contents["versions.json"])["host"] == "0.1.0"
    assert [one["about"] for one in json.loads(contents["doctor.json"])][:2] == ["registration", "host"]
    assert contents["host.log"].splitlines()[:3] == [
        "2026-11-24 10:00:00 INFO 71 native_host.calls: planned •••••••888 for (not told)",
        "2026-11-24 10:00:01 WARNING 71 native_host.server: asked by (address) for chrome-extension://abc/",
        "2026-11-24 10:00:02 ERROR 71 native_host.journal: ~/.local/state/maxo-click-to-call is full",
    ]


def test_a_file_that_is_there_is_not_written_over(maxo_call: Terminal, tmp_path: Path) -> None:
    kept = tmp_path / "kept.zip"
    kept.write_text("mine")

    said = maxo_call("doctor", "--bundle", str(kept))

    assert said.code == 1
    assert said.sentences == [f"{kept} could not be used: File exists."]
    assert kept.read_text() == "mine"

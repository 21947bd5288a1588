"""Starting the host as a browser does: what it says, how long it takes, and each way in which it can fail."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from native_host import __version__
from native_host.browsers import host_trial
from native_host.browsers.host_trial import try_host
from tests.host.machines import DEVELOPMENT_ID

REPLY = '{"id":0,"ok":true,"result":{"host_version":"0.0.9"}}'


def program(folder: Path, *lines: str) -> Path:
    file = folder / "host"
    file.write_text("\n".join(("#!/bin/sh", *lines)) + "\n")
    file.chmod(0o755)
    return file


def frame(body: str) -> str:
    length = "".join(f"\\{byte:03o}" for byte in len(body).to_bytes(4, "little"))
    return f"head -c 4 >/dev/null; printf '{length}%s' '{body}'"


def test_a_host_that_answers_is_timed_and_its_version_told(tmp_path: Path) -> None:
    trial = try_host(program(tmp_path, frame(REPLY)), "chromium", tmp_path, DEVELOPMENT_ID)

    assert (trial.fault, trial.version) == (None, "0.0.9")
    assert trial.version != __version__


@pytest.mark.parametrize(
    ("family", "expected"),
    [("chromium", f"chrome-extension://{DEVELOPMENT_ID}/"), ("firefox", "MANIFEST x@y")],
)
def test_a_host_gets_the_arguments_that_its_browser_gives(family: Any, expected: str, tmp_path: Path) -> None:
    host = program(tmp_path, f'echo "$@" > {tmp_path}/arguments', frame(REPLY))

    try_host(host, family, Path("MANIFEST"), DEVELOPMENT_ID if family == "chromium" else "x@y")

    assert (tmp_path / "arguments").read_text().strip() == expected


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["exit 3"], "ends at once with status 3"),
        (["echo 'no such library' >&2; exit 127"], "ends at once with status 127 (no such library)"),
        (["exec sleep 60"], "does not answer within 2 s"),
        ([frame("[]")], "answers something that is no reply to a hello"),
        (["head -c 4 >/dev/null; echo Traceback"], "writes something else where its reply belongs"),
        ([frame(REPLY), "exec sleep 60 <&-"], "answers, but does not end when it is left"),
    ],
)
def test_a_host_that_does_not_work_is_ended_and_its_fault_told(
    lines: list[str], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(host_trial, "ANSWER_TIMEOUT_S", 2.0)
    monkeypatch.setattr(host_trial, "LEAVE_TIMEOUT_S", 0.5)

    trial = try_host(program(tmp_path, *lines), "chromium", tmp_path, DEVELOPMENT_ID)

    assert trial.fault == sentence


def test_a_program_that_cannot_be_started_is_named(tmp_path: Path) -> None:
    trial = try_host(tmp_path / "nowhere", "chromium", tmp_path, DEVELOPMENT_ID)

    assert trial.fault == "cannot be started (No such file or directory)"

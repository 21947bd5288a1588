"""Starts the host as a browser would, to see whether it answers. Sends only a hello; calls nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from native_host import PROTOCOL_VERSION, __version__
from native_host.browsers.table import Family
from native_host.errors import HostError
from native_host.framing import read_frame

ANSWER_TIMEOUT_S = 10.0
LEAVE_TIMEOUT_S = 5.0
HELLO = f'{{"id":0,"type":"hello","protocol_version":{PROTOCOL_VERSION},"extension_version":"{__version__}"}}'


@dataclass(frozen=True)
class Trial:
    """How a started host behaved. `fault` is a sentence, or `None` when it answered as it should."""

    fault: str | None
    milliseconds: int = 0
    version: str = ""


def try_host(program: Path, family: Family, manifest: Path, extension_id: str) -> Trial:
    """Start `program` with the arguments that this family of browsers gives, and say hello."""
    arguments = (
        [f"chrome-extension://{extension_id}/"] if family == "chromium" else [str(manifest), extension_id]
    )
    started = time.monotonic()
    try:
        process = subprocess.Popen(  # noqa: S603 -- the very program that the browser would start
            [str(program), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        return Trial(f"{program} could not be started: {error.strerror}.")
    # A host that is silent, or does not leave, is ended: reading then finds the end of its output.
    guard = threading.Timer(ANSWER_TIMEOUT_S, process.kill)
    guard.start()
    with process:
        assert process.stdin  # noqa: S101 -- asked for above
        assert process.stdout  # noqa: S101
        try:
            trial = _say_hello(process.stdin, process.stdout, started)
            _close(process.stdin)
            return trial if trial.fault else _see_it_leave(process, trial)
        finally:
            guard.cancel()
            process.kill()


def _say_hello(stdin: IO[bytes], stdout: IO[bytes], started: float) -> Trial:
    try:
        stdin.write(len(HELLO).to_bytes(4, sys.byteorder) + HELLO.encode())
        stdin.flush()
        frame = read_frame(stdout.fileno())
    except OSError:
        frame = None
    except HostError:
        frame = b""
    took_ms = round((time.monotonic() - started) * 1000)
    if frame is None:
        return Trial("The host ended without an answer.")
    try:
        version = json.loads(frame)["result"]["host_version"]
    except (ValueError, TypeError, KeyError):
        return Trial("The host answered something that is no reply to a hello.")
    return Trial(None, took_ms, str(version))


def _see_it_leave(process: subprocess.Popen[bytes], trial: Trial) -> Trial:
    try:
        process.wait(LEAVE_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        return replace(trial, fault="The host answered, but did not end when it was left.")
    return trial


def _close(stdin: IO[bytes]) -> None:
    with suppress(OSError):  # what a dead host did not read can no longer be flushed
        stdin.close()

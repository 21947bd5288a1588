"""Starts the host as a browser would, to see whether it answers. Sends only a hello; calls nothing."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
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

ANSWER_TIMEOUT_S = 6.0  # twice as long as the extension waits
LEAVE_TIMEOUT_S = 3.0
HELLO = f'{{"id":0,"type":"hello","protocol_version":{PROTOCOL_VERSION},"extension_version":"{__version__}"}}'
MAX_REASON_CHARS = 160


@dataclass(frozen=True)
class Trial:
    """How a started host behaved. `fault` is what it does wrong, after "its host", or `None`."""

    fault: str | None
    milliseconds: int = 0
    version: str = ""


def try_host(program: Path, family: Family, manifest: Path, extension_id: str) -> Trial:
    """Start `program` with the arguments that this family of browsers gives, and say hello."""
    arguments = (
        [f"chrome-extension://{extension_id}/"] if family == "chromium" else [str(manifest), extension_id]
    )
    with tempfile.TemporaryFile() as errors:
        started = time.monotonic()
        try:
            process = subprocess.Popen(  # noqa: S603 -- the very program that the browser would start
                [str(program), *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors
            )
        except OSError as error:
            return Trial(f"cannot be started ({error.strerror})")
        return _examine(process, errors, started)


def _examine(process: subprocess.Popen[bytes], errors: IO[bytes], started: float) -> Trial:
    # A host that is silent, or does not leave, is ended: reading then finds the end of its output.
    guard = threading.Timer(ANSWER_TIMEOUT_S, process.kill)
    guard.daemon = True  # nobody waits for it when the doctor has given up
    guard.start()
    with process:
        assert process.stdin  # noqa: S101 -- asked for above
        assert process.stdout  # noqa: S101
        try:
            trial = _say_hello(process.stdin, process.stdout, started)
            _close(process.stdin)
            if trial is None:
                silent = time.monotonic() - started >= ANSWER_TIMEOUT_S
                return Trial(
                    f"does not answer within {ANSWER_TIMEOUT_S:g} s" if silent else _end(process, errors)
                )
            return trial if trial.fault else _see_it_leave(process, trial)
        finally:
            guard.cancel()
            process.kill()


def _say_hello(stdin: IO[bytes], stdout: IO[bytes], started: float) -> Trial | None:
    """How it answered; `None` when it did not."""
    try:
        stdin.write(len(HELLO).to_bytes(4, sys.byteorder) + HELLO.encode())
        stdin.flush()
        frame = read_frame(stdout.fileno())
    except OSError:
        return None
    except HostError:
        return Trial("writes something else where its reply belongs")
    took_ms = round((time.monotonic() - started) * 1000)
    if frame is None:
        return None
    try:
        version = json.loads(frame)["result"]["host_version"]
    except (ValueError, TypeError, KeyError):
        return Trial("answers something that is no reply to a hello")
    return Trial(None, took_ms, str(version))


def _end(process: subprocess.Popen[bytes], errors: IO[bytes]) -> str:
    """How it ended without an answer: its exit status, and the last that it said of it."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(LEAVE_TIMEOUT_S)
    errors.seek(0)
    lines = [line.strip() for line in errors.read().decode(errors="replace").splitlines() if line.strip()]
    said = "".join(filter(str.isprintable, lines[-1]))[:MAX_REASON_CHARS] if lines else ""
    return f"ends at once with status {process.poll()}" + (f" ({said})" if said else "")


def _see_it_leave(process: subprocess.Popen[bytes], trial: Trial) -> Trial:
    try:
        process.wait(LEAVE_TIMEOUT_S)
    except subprocess.TimeoutExpired:
        return replace(trial, fault="answers, but does not end when it is left")
    return trial


def _close(stdin: IO[bytes]) -> None:
    with suppress(OSError):  # what a dead host did not read can no longer be flushed
        stdin.close()

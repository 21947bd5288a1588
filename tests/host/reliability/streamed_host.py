"""A host that is fed raw bytes as fast as it takes them; everything that it says is checked as it comes."""

from __future__ import annotations

import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from tests.host.host_process import PATIENCE_S, ROOT
from tests.host.reliability.generated_frames import CONTRACT

REFUSALS = frozenset(CONTRACT["error_codes"]) - {"internal"}  # that one would be a fault of the host
MAX_REPLY_BYTES = 1024 * 1024
KIB = 1024


class StreamedHost:
    """A host process with a home of its own and neither keyring nor network. A context manager."""

    def __init__(self, home: Path, api_base_url: str) -> None:
        """Start it, with a phone set up; `api_base_url` is where it would call."""
        settings = home / ".config" / "maxo-click-to-call" / "settings.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        phones = '{ number = "101", label = "Desk", auto_answer = true }'
        settings.write_text(f'api_base_url = "{api_base_url}"\nphones = [{phones}]\ncalls_per_minute = 60\n')
        self.process = subprocess.Popen(
            [sys.executable, "-I", str(ROOT / "native_host" / "__main__.py"), "chrome-extension://test/"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env={
                "HOME": str(home),
                "PATH": "/usr/bin:/bin",
                "DBUS_SESSION_BUS_ADDRESS": f"unix:path={home}/no-bus",
            },
        )
        self.good, self.refused = 0, 0
        self.faults: list[str] = []
        self.errors = b""
        self._said = threading.Condition()
        self._threads = [
            threading.Thread(target=self._check_replies, daemon=True),
            threading.Thread(target=self._keep_errors, daemon=True),
        ]
        for thread in self._threads:
            thread.start()

    def __enter__(self) -> StreamedHost:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.returncode is None:
            self.process.kill()
            self.process.wait(PATIENCE_S)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    @property
    def answered(self) -> int:
        """How many replies came, of either kind."""
        return self.good + self.refused

    def resident_bytes(self) -> int:
        """What of the process is in memory now."""
        return self._memory_bytes("VmRSS")

    def peak_bytes(self) -> int:
        """The most of the process that ever was in memory, since it began to be this program."""
        return self._memory_bytes("VmHWM")

    def _memory_bytes(self, name: str) -> int:
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        (size,) = (line.split()[1] for line in status.splitlines() if line.startswith(name))
        return int(size) * KIB

    def write(self, parts: Iterable[bytes]) -> None:
        """Write parts one by one; what the host no longer reads is no fault here."""
        assert self.process.stdin is not None
        try:
            for part in parts:
                left = memoryview(part)
                while left:
                    left = left[os.write(self.process.stdin.fileno(), left) :]
        except BrokenPipeError:
            return

    def wait_for_replies(self, count: int) -> None:
        """Wait until so many replies came in all; fails when none comes for a long time."""
        with self._said:
            while self.answered < count and not self.faults:
                before = self.answered
                self._said.wait(PATIENCE_S)
                assert self.answered > before or self.faults, (
                    f"{before} replies to {count} frames, then silence"
                )
        assert not self.faults, self.faults

    def end(self) -> int:
        """Close its stdin and return its exit status; everything it said has then been checked."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        status = self.process.wait(PATIENCE_S)
        for thread in self._threads:
            thread.join(PATIENCE_S)
        assert not self.faults, self.faults
        return status

    def _check_replies(self) -> None:
        pipe = self.process.stdout
        assert pipe is not None
        while header := _read(pipe, 4):
            fault = self._take_reply(pipe, header)
            with self._said:
                if fault:
                    self.faults.append(fault)
                self._said.notify_all()
            if fault:
                return

    def _take_reply(self, pipe: IO[bytes], header: bytes) -> str:
        if len(header) < 4:
            return f"half a header: {header!r}"
        (length,) = struct.unpack("=I", header)
        if not 0 < length <= MAX_REPLY_BYTES:
            return f"a length that no browser takes: {length}"
        body = _read(pipe, length)
        if len(body) < length:
            return f"half a reply: {body!r}"
        reply, fault = read_reply(body)
        if reply.get("ok"):
            self.good += 1
        else:
            self.refused += 1
        return fault

    def _keep_errors(self) -> None:
        assert self.process.stderr is not None
        self.errors = self.process.stderr.read()


def read_reply(body: bytes) -> tuple[dict[str, Any], str]:
    """A reply, and what is wrong with it: empty when it is one that the extension understands."""
    try:
        reply = json.loads(body)
    except ValueError:
        return {}, f"no JSON: {body[:200]!r}"
    if isinstance(reply, dict) and reply.keys() >= {"id", "ok"} and _is_id(reply["id"]) and len(reply) == 3:
        if reply["ok"] is True and isinstance(reply.get("result"), dict):
            return reply, ""
        if reply["ok"] is False and reply.get("error", {}).get("code") in REFUSALS:
            return reply, ""
    return {}, f"no reply of the contract, or a fault of the host: {body[:200]!r}"


def _is_id(value: object) -> bool:
    return value is None or (type(value) is int and 0 <= value < 2**53)


def _read(pipe: IO[bytes], count: int) -> bytes:
    data = b""
    while len(data) < count and (part := pipe.read(count - len(data))):
        data += part
    return data

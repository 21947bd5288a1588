"""The host as a browser has it: a process with a private home, and frames through pipes."""

from __future__ import annotations

import contextlib
import json
import queue
import struct
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE_S = 30.0  # far above what anything here takes: only a hang reaches it
HELLO = {"type": "hello", "protocol_version": 1, "extension_version": "0.1.0"}


def encoded(message: object) -> bytes:
    """The JSON as browsers write it: no blanks."""
    return json.dumps(message, separators=(",", ":")).encode()


def framed(body: bytes) -> bytes:
    return struct.pack("=I", len(body)) + body


class HostProcess:
    """A host under test. A context manager: whatever happens, the process is gone at the end."""

    def __init__(
        self, home: Path, *, environment: Mapping[str, str] | None = None, code: str | None = None
    ) -> None:
        """Start it in this home; `code` runs in the place of `__main__.py`, with the same pipes."""
        home.mkdir(parents=True, exist_ok=True)
        program = ["-c", code] if code is not None else [str(ROOT / "native_host" / "__main__.py")]
        self.process = subprocess.Popen(
            [sys.executable, *(["-I"] if code is None else []), *program, "chrome-extension://test/"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=ROOT,
            env={"HOME": str(home), "PATH": "/usr/bin:/bin", **(environment or {})},
        )
        self._replies: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
        self._errors: list[bytes] = []
        self._last_id = 0
        threading.Thread(target=self._read_replies, daemon=True).start()
        threading.Thread(target=self._read_errors, daemon=True).start()

    def __enter__(self) -> HostProcess:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.process.kill()
        self.process.wait(PATIENCE_S)
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            if pipe is not None:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()

    def write(self, data: bytes) -> None:
        """Write bytes as they are."""
        assert self.process.stdin is not None
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def post(self, type_name: str, **fields: Any) -> int:
        """Send a request and return its id."""
        self._last_id += 1
        self.write(framed(encoded({"id": self._last_id, "type": type_name, **fields})))
        return self._last_id

    def reply_or_end(self) -> dict[str, Any] | None:
        """The next reply, or None when the host ends without one."""
        return self._replies.get(timeout=PATIENCE_S)

    def reply(self) -> dict[str, Any]:
        """The next reply, whichever it is."""
        reply = self.reply_or_end()
        assert reply is not None, f"the host ended: {b''.join(self._errors).decode()}"
        return reply

    def ask(self, type_name: str, **fields: Any) -> dict[str, Any]:
        """Send a request, wait for its reply, and return that."""
        request_id = self.post(type_name, **fields)
        reply = self.reply()
        assert reply["id"] == request_id, reply
        return reply

    def result(self, type_name: str, **fields: Any) -> Any:
        """The result of a request that must succeed."""
        reply = self.ask(type_name, **fields)
        assert reply["ok"], reply
        return reply["result"]

    def error_code(self, type_name: str, **fields: Any) -> str:
        """The error code of a request that must fail."""
        reply = self.ask(type_name, **fields)
        assert not reply["ok"], reply
        code: str = reply["error"]["code"]
        return code

    def close_port(self) -> None:
        """Close stdin, as a browser does when the port is closed."""
        assert self.process.stdin is not None
        self.process.stdin.close()

    def wait(self) -> int:
        """The exit status, once the process has ended by itself."""
        return self.process.wait(PATIENCE_S)

    def has_said_all(self) -> bool:
        """Whether the replies' pipe was closed with nothing unread in it."""
        return self.reply_or_end() is None

    @property
    def errors(self) -> str:
        """What came on stderr so far."""
        return b"".join(self._errors).decode()

    def _read_replies(self) -> None:
        pipe = self.process.stdout
        assert pipe is not None
        while len(header := pipe.read(4)) == 4:
            (length,) = struct.unpack("=I", header)
            assert length <= 1024 * 1024
            body = pipe.read(length)
            if len(body) < length:
                break  # killed while it wrote
            self._replies.put(json.loads(body))
        self._replies.put(None)

    def _read_errors(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._errors.append(line)

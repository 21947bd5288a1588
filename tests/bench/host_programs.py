"""Programs to compare the host with, and how all are started and spoken to: nothing between but pipes."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.host.host_process import HELLO, ROOT, encoded, framed

FIRST_FRAME = framed(encoded({"id": 0, **HELLO}))

# The least that a host in Python could do: each frame goes back as it came.
ECHO_IN_PYTHON = """import os
while header := os.read(0, 4):
    left = int.from_bytes(header, "little")
    body = b""
    while len(body) < left:
        body += os.read(0, left - len(body))
    os.write(1, header + body)
"""

# The least that any host could do.
ECHO_IN_C = r"""
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>
static int all(ssize_t (*move)(int, void *, size_t), int at, char *data, size_t left) {
    while (left) {
        ssize_t moved = move(at, data, left);
        if (moved <= 0) return 0;
        data += moved; left -= moved;
    }
    return 1;
}
static ssize_t put(int at, void *data, size_t size) { return write(at, data, size); }
int main(void) {
    uint32_t size;
    while (all(read, 0, (char *)&size, 4)) {
        char *frame = malloc(4 + (size_t)size);
        if (!frame) return 1;
        *(uint32_t *)frame = size;
        if (!all(read, 0, frame + 4, size) || !all(put, 1, frame, 4 + (size_t)size)) return 1;
        free(frame);
    }
    return 0;
}
"""


def host_command() -> list[str]:
    """How a launcher starts the host from a checkout."""
    return [sys.executable, "-I", str(ROOT / "native_host" / "__main__.py"), "chrome-extension://bench/"]


def python_echo_command(folder: Path) -> list[str]:
    """An echo in the same interpreter and environment."""
    file = folder / "echo.py"
    file.write_text(ECHO_IN_PYTHON)
    return [sys.executable, "-I", str(file), "chrome-extension://bench/"]


def c_echo_command(folder: Path) -> list[str] | None:
    """An echo in C; None where there is no compiler."""
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        return None
    source, program = folder / "echo.c", folder / "echo"
    source.write_text(ECHO_IN_C)
    subprocess.run([compiler, "-O2", "-o", str(program), str(source)], check=True)
    return [str(program), "chrome-extension://bench/"]


@dataclass
class Started:
    """A program with a pipe to it and one from it."""

    pid: int
    to: int
    back: int

    def ask(self, frame: bytes) -> bytes:
        """Write one whole frame, length included, and return the body of the next reply."""
        os.write(self.to, frame)
        return self.reply()

    def reply(self) -> bytes:
        """The body of the next reply."""
        length = int.from_bytes(self._exactly(4), sys.byteorder)
        return self._exactly(length)

    def cpu_ns(self) -> int:
        """How long its threads have been running in all."""
        total = 0
        for task in Path(f"/proc/{self.pid}/task").iterdir():
            with contextlib.suppress(OSError):
                total += int((task / "schedstat").read_text().split()[0])
        return total

    def status_number(self, name: str) -> int:
        """A number of /proc/PID/status, summed over all threads for what is counted by thread."""
        if name.startswith("Vm"):
            return _number(Path(f"/proc/{self.pid}/status"), name)
        return sum(_number(task / "status", name) for task in Path(f"/proc/{self.pid}/task").iterdir())

    def close(self) -> None:
        """Close the port."""
        os.close(self.to)
        self.to = -1

    def wait(self) -> None:
        """Return when it has ended."""
        os.waitpid(self.pid, 0)
        self.pid = -1

    def _exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = os.read(self.back, count - len(data))
            assert part, "the program ended"
            data += part
        return data


def _number(file: Path, name: str) -> int:
    return next(int(line.split()[1]) for line in file.read_text().splitlines() if line.startswith(name + ":"))


@contextlib.contextmanager
def started(command: list[str], environment: Mapping[str, str]) -> Iterator[Started]:
    """A program as a browser starts it; gone at the end."""
    theirs_in, ours_in = os.pipe()
    ours_out, theirs_out = os.pipe()
    pid = os.posix_spawn(
        command[0],
        command,
        environment,
        file_actions=[
            (os.POSIX_SPAWN_DUP2, theirs_in, 0),
            (os.POSIX_SPAWN_DUP2, theirs_out, 1),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ],
    )
    os.close(theirs_in)
    os.close(theirs_out)
    program = Started(pid, ours_in, ours_out)
    try:
        yield program
    finally:
        if program.to >= 0:
            os.close(program.to)
        os.close(program.back)
        if program.pid >= 0:
            with contextlib.suppress(ProcessLookupError):
                os.kill(program.pid, signal.SIGKILL)
            os.waitpid(program.pid, 0)


def ms_since(begin_s: float) -> float:
    """Milliseconds since a moment of `time.perf_counter`."""
    return (time.perf_counter() - begin_s) * 1000

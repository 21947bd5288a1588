"""What packaging costs: the size of each package, and the frozen host's start beside that from a checkout.

Run by `python -m tests.bench.packages`. Times are medians of starts that take turns, so that what else this
machine does falls on both; only their ratio means anything elsewhere.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.host.host_process import HELLO, encoded, framed
from tests.installer.packages.building import ROOT, Built, build

STARTS = 40
BLOCK_BYTES = 4096
PACKAGES = (".tar.xz", ".deb", ".rpm", "chrome.zip", "firefox.xpi")
LIMITS = {"on disk": 40.0, ".tar.xz": 12.6, ".deb": 12.6, ".rpm": 12.6, "first reply": 1.3}  # MB; 12 MiB
FIRST_FRAME = framed(encoded({"id": 0, **HELLO}))


def first_reply_ms(command: list[str], home: Path) -> float:
    """Start a host, say hello as the extension does, and time the whole reply."""
    begin = time.perf_counter()
    host = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
    )
    with host:
        assert host.stdin
        assert host.stdout
        host.stdin.write(FIRST_FRAME)
        host.stdin.flush()
        length = int.from_bytes(host.stdout.read(4), sys.byteorder)
        assert len(host.stdout.read(length)) == length > 0
        return (time.perf_counter() - begin) * 1000


def starts(built: Built, home: Path) -> dict[str, list[float]]:
    """The times to the first reply, in ms, of each way to start the host."""
    commands = {
        "from a checkout": [sys.executable, "-I", str(ROOT / "native_host" / "__main__.py")],
        "frozen": [str(built.program / "maxo-host")],
        "Python that does nothing": [sys.executable, "-I", "-S", "-c", _ECHO_LENGTH],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(STARTS):
        for name, command in commands.items():
            times[name].append(first_reply_ms(command, home))
    return times


def sizes(built: Built) -> dict[str, float]:
    """Sizes in MB (a million bytes): the programs on a disk with usual blocks, and each package."""
    files = [file.stat().st_size for file in built.program.rglob("*") if file.is_file()]
    on_disk = sum(-(-size // BLOCK_BYTES) * BLOCK_BYTES for size in files)
    return {"on disk": on_disk / 1e6} | {
        ending: built.package(ending).stat().st_size / 1e6 for ending in PACKAGES
    }


def main() -> None:
    """Build the packages, measure, and print a table."""
    with tempfile.TemporaryDirectory() as folder:
        packages = Path(folder) / "packages"
        packages.mkdir()
        built = build(packages)
        print(f"{'package':28}{'MB':>8}{'at most':>9}")
        for name, size in sizes(built).items():
            print(f"{name:28}{size:8.1f}{LIMITS.get(name, ''):>9}")
        taken = starts(built, Path(folder))
    reference = statistics.median(taken["from a checkout"])
    print(f"\n{'first reply':28}{'least ms':>9}{'median ms':>10}{'ratio':>7}{'at most':>9}")
    for name, times in taken.items():
        median = statistics.median(times)
        limit = LIMITS["first reply"] if name == "frozen" else ""
        print(f"{name:28}{min(times):9.1f}{median:10.1f}{median / reference:7.2f}{limit:>9}")


# The least that any Python host could do: read the frame, reply with a constant.
_ECHO_LENGTH = """import os
os.read(0, 4 + int.from_bytes(os.read(0, 4), "little"))
os.write(1, (2).to_bytes(4, "little") + b"{}")
os.read(0, 1)
"""

if __name__ == "__main__":
    main()

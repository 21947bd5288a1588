"""What the host adds to a call on an open connection, beside the least host that calls at all.

Most of what it adds is the journal: an attempt is on disk before its request leaves. So the same is measured
with the journal on this disk and in memory, and the parts of one call one by one.
"""

from __future__ import annotations

import contextlib
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.host_call_parts import parts_of_a_call
from tests.bench.host_desk import BenchDesk, bench_desk
from tests.bench.host_programs import (
    FIRST_FRAME,
    Started,
    host_command,
    ms_since,
    python_echo_command,
    started,
)
from tests.bench.tables import print_table, ratio, spread

CALLS = 300
WARM_CALLS = 10
IN_MEMORY = Path("/dev/shm")  # noqa: S108  (a folder of our own is made in it)


def call_ms(program: Started, desk: BenchDesk) -> float:
    """From the first byte of the request to the whole reply."""
    frame = desk.call_frame()
    begin = time.perf_counter()
    reply = program.ask(frame)
    taken = ms_since(begin)
    assert b'"queued"' in reply or frame[4:] == reply, reply
    return taken


@contextlib.contextmanager
def warm(command: list[str], desk: BenchDesk) -> Iterator[Started]:
    """A program whose connection is open, and which has loaded all."""
    with started(command, desk.environment) as program:
        if command == host_command():
            program.ask(FIRST_FRAME)
        for _ in range(WARM_CALLS):
            call_ms(program, desk)
        yield program


def taken_in_turn(desk: BenchDesk, commands: dict[str, list[str]]) -> dict[str, list[float]]:
    """The times of each program, which take turns."""
    times: dict[str, list[float]] = {name: [] for name in commands}
    with contextlib.ExitStack() as stack:
        programs = {name: stack.enter_context(warm(command, desk)) for name, command in commands.items()}
        for number in range(CALLS):
            for name, program in programs.items():
                times[name].append(call_ms(program, desk))
            if number % 20 == 0:
                desk.let_time_pass()
    return times


def measured(state_home: Path | None) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Times of the programs, and of the parts of the host's call, with the journal in this folder."""
    with bench_desk(state_home) as desk, tempfile.TemporaryDirectory(dir=state_home) as name:
        program = str(Path(__file__).with_name("raw_tls_host.py"))
        raw = [sys.executable, "-I", program, str(desk.port), str(desk.ca_file)]
        commands = {
            "Python echo, no request": python_echo_command(Path(name)),
            "raw TLS socket, nothing else": raw,
            "raw TLS socket, number parsed, two records": [*raw, f"{name}/journal.sqlite3"],
            "the host": host_command(),
        }
        return taken_in_turn(desk, commands), parts_of_a_call(desk)


def show(times: dict[str, list[float]], parts: dict[str, list[float]]) -> None:
    """Print both tables."""
    bare, recording = (taken for name, taken in times.items() if name.startswith("raw"))
    rows = [
        [name, *spread(taken, 2), ratio(taken, bare), ratio(taken, recording)]
        for name, taken in times.items()
    ]
    print_table(("program", "min", "median", "max", "times raw TLS", "times raw TLS with records"), rows)
    print()
    whole = statistics.median(parts["the whole call"])
    share = [
        [name, *spread(taken, 2), f"{statistics.median(taken) / whole:.0%}"] for name, taken in parts.items()
    ]
    print_table(("part of the host's call, inside it", "min", "median", "max", "share"), share)


def main() -> None:
    """Measure with the journal on disk and in memory, and print the tables."""
    print(f"One frame in, one HTTPS POST on an open connection, one frame out; {CALLS} in turn (ms).\n")
    print("Journal on this disk:\n")
    show(*measured(None))
    if IN_MEMORY.is_dir():
        print("\nJournal in memory, so that the disk is not measured:\n")
        with tempfile.TemporaryDirectory(dir=IN_MEMORY) as folder:
            show(*measured(Path(folder)))


if __name__ == "__main__":
    main()

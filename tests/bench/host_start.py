"""How long a browser waits for the host: from start to hello, to all loaded, and a call in between."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from tests.bench.host_desk import BenchDesk, bench_desk
from tests.bench.host_programs import (
    FIRST_FRAME,
    Started,
    c_echo_command,
    host_command,
    ms_since,
    python_echo_command,
    started,
)
from tests.bench.tables import print_table, ratio, spread

STARTS = 60
READY_STARTS = 25
CALLS_EACH = 12
GAPS_MS = (0, 50, 100, 200, 250, 400)
QUIET_MS = 80  # so long without a moment of work: all is loaded
LOOK_EVERY_S = 0.002


def first_reply_ms(command: list[str], environment: dict[str, str]) -> float:
    """From the start of the process to its whole reply to hello."""
    begin = time.perf_counter()
    with started(command, environment) as program:
        program.ask(FIRST_FRAME)
        return ms_since(begin)


def ready_ms(command: list[str], environment: dict[str, str]) -> float:
    """From the reply to hello to the last moment at which the host works by itself."""
    with started(command, environment) as program:
        program.ask(FIRST_FRAME)
        return _last_work_ms(program)


def _last_work_ms(program: Started) -> float:
    begin = time.perf_counter()
    worked_ns, last_ms = program.cpu_ns(), 0.0
    while ms_since(begin) - last_ms < QUIET_MS:
        time.sleep(LOOK_EVERY_S)
        now_ns = program.cpu_ns()
        if now_ns != worked_ns:
            worked_ns, last_ms = now_ns, ms_since(begin)
    return last_ms


def call_after_ms(desk: BenchDesk, gap_ms: int) -> float:
    """How long a call takes that comes so long after the reply to hello, on a new connection."""
    with started(host_command(), desk.environment) as host:
        host.ask(FIRST_FRAME)
        time.sleep(gap_ms / 1000)
        begin = time.perf_counter()
        desk.call(host)
        taken = ms_since(begin)
    desk.let_time_pass()
    return taken


def main() -> None:
    """Measure, and print three tables."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {"HOME": name, "PATH": "/usr/bin:/bin"}
        commands = {"C echo": c_echo_command(folder), "bare Python echo": python_echo_command(folder)}
        commands["the host"] = host_command()
        known = {name: command for name, command in commands.items() if command}
        times: dict[str, list[float]] = {name: [] for name in known}
        for _ in range(STARTS):
            for label, command in known.items():
                times[label].append(first_reply_ms(command, environment))
        print(f"From the start of the process to its reply to `hello`, {STARTS} starts in turn (ms):\n")
        bare = times["bare Python echo"]
        print_table(
            ("program", "min", "median", "max", "times bare Python", "at most"),
            [
                [label, *spread(taken), ratio(taken, bare), "1.30" if label == "the host" else ""]
                for label, taken in times.items()
            ],
        )
        ready = [ready_ms(host_command(), environment) for _ in range(READY_STARTS)]
        print(f"\nFrom the reply to all loaded, {READY_STARTS} starts (ms):\n")
        print_table(("", "min", "median", "max", "at most"), [["the host works for", *spread(ready), "250"]])
    with bench_desk() as desk:
        by_gap = {gap: [call_after_ms(desk, gap) for _ in range(CALLS_EACH)] for gap in GAPS_MS}
    print("\nA call that comes so long after `hello`, keyring and new connection included (ms):\n")
    latest = statistics.median(by_gap[GAPS_MS[-1]])
    print_table(
        ("gap", "min", "median", "max", "times the last"),
        [[str(gap), *spread(t), f"{statistics.median(t) / latest:.1f}"] for gap, t in by_gap.items()],
    )


if __name__ == "__main__":
    main()

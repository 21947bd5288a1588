"""What a host costs while nobody calls, and how soon it is gone once its port is closed."""

from __future__ import annotations

import socket
import tempfile
import time
from pathlib import Path

from tests.bench.host_desk import bench_desk
from tests.bench.host_programs import (
    FIRST_FRAME,
    Started,
    c_echo_command,
    host_command,
    ms_since,
    python_echo_command,
    started,
)
from tests.bench.tables import print_table, spread
from tests.host.host_process import encoded, framed
from tests.host.raw_server import RawServer, read_request

ALL_LOADED_S = 1.5
WATCHED_S = 10.0
ENDS = 20
ENDS_UNDER_WAY = 5
KIB_PER_MIB = 1024


def mebibytes(program: Started) -> str:
    """What of it is in memory now."""
    return f"{program.status_number('VmRSS') / KIB_PER_MIB:.1f}"


def wake_ups(program: Started) -> tuple[int, int]:
    """How often any of its threads ran, by its own will and against it, while nobody asked anything."""
    names = ("voluntary_ctxt_switches", "nonvoluntary_ctxt_switches")
    before = [program.status_number(name) for name in names]
    time.sleep(WATCHED_S)
    own, forced = (program.status_number(name) - count for name, count in zip(names, before, strict=True))
    return own, forced


def end_ms(program: Started) -> float:
    """From the closing of its port to its end."""
    begin = time.perf_counter()
    program.close()
    program.wait()
    return ms_since(begin)


def show_memory() -> None:
    """Print memory and wake-ups of an idle host, beside the echoes."""
    with tempfile.TemporaryDirectory() as name, bench_desk() as desk:
        echoes = {"C echo": c_echo_command(Path(name)), "bare Python echo": python_echo_command(Path(name))}
        rows = []
        for label, command in echoes.items():
            if command:
                with started(command, desk.environment) as program:
                    program.ask(FIRST_FRAME)
                    rows.append([label, mebibytes(program), *map(str, wake_ups(program))])
        with started(host_command(), desk.environment) as host:
            host.ask(FIRST_FRAME)
            time.sleep(ALL_LOADED_S)
            rows.append(["the host, all loaded", mebibytes(host), *map(str, wake_ups(host))])
            desk.call(host)
            time.sleep(ALL_LOADED_S)
            rows.append(["the host, after a call", mebibytes(host), *map(str, wake_ups(host))])
    print(f"Memory, and how often it ran in {WATCHED_S:.0f} s in which nobody asked anything:\n")
    print_table(("program", "MiB resident", "wake-ups", "of these forced"), rows)


def silence(connection: socket.socket, server: RawServer) -> None:
    """Take each request and never answer."""
    read_request(connection)
    server.pause()


def show_ends() -> None:
    """Print how soon a host is gone."""
    idle, early, under_way = [], [], []
    with bench_desk() as desk:
        for _ in range(ENDS):
            with started(host_command(), desk.environment) as host:
                host.ask(FIRST_FRAME)
                early.append(end_ms(host))
            with started(host_command(), desk.environment) as host:
                host.ask(FIRST_FRAME)
                host.ask(framed(encoded({"id": 1, "type": "get_settings"})))
                time.sleep(ALL_LOADED_S)
                idle.append(end_ms(host))
        with RawServer(silence) as silent:
            desk.use_api(silent.url)
            for _ in range(ENDS_UNDER_WAY):
                with started(host_command(), desk.environment) as host:
                    host.ask(FIRST_FRAME)
                    before = silent.posts
                    desk.begin_call(host)
                    while silent.posts == before:
                        time.sleep(0.002)
                    under_way.append(end_ms(host))
                desk.let_time_pass()
    print("\nFrom the closing of its port to its end (ms):\n")
    print_table(
        ("the host", "min", "median", "max", "at most"),
        [
            ["right after hello", *spread(early), "50"],
            ["idle", *spread(idle), "50"],
            ["with a call under way that is not answered", *spread(under_way), "1500"],
        ],
    )


def main() -> None:
    """Measure, and print two tables."""
    show_memory()
    show_ends()


if __name__ == "__main__":
    main()

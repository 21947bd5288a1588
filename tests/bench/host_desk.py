"""What a host needs to call in a bench: a private session with a keyring, and a quick API behind TLS.

The API is a process of its own that answers each POST with the same bytes: what it takes is not measured.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import trustme

from tests.bench.host_programs import Started, host_command, started
from tests.e2e.desktop import Desktop
from tests.host.host_process import encoded, framed
from tests.host.placing import placing

KEY = "bench-key"
FORGOTTEN_AFTER_S = 120.0  # the guard looks back a minute
QUICK_API = Path(__file__).with_name("quick_api.py")


@dataclass
class BenchDesk:
    """A session in which hosts can call."""

    desktop: Desktop
    port: int
    ca_file: Path
    environment: dict[str, str]
    _numbers: Iterator[int] = field(default_factory=lambda: count(10_000_000))

    def call(self, host: Started) -> dict[str, Any]:
        """Place one call to a number that was not called before; fails unless it is queued."""
        reply: dict[str, Any] = json.loads(host.ask(self.call_frame()))
        assert reply["ok"], reply
        assert reply["result"]["outcome"] == "queued", reply
        return reply

    def begin_call(self, host: Started) -> None:
        """Ask for a call, and do not wait."""
        os.write(host.to, self.call_frame())

    def use_api(self, base_url: str) -> None:
        """Have the hosts that start from now on call another API, with a key for it."""
        settings = self.desktop.home / ".config" / "maxo-click-to-call" / "settings.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        phone = '{ number = "101", label = "Desk", auto_answer = true }'
        settings.write_text(f'api_base_url = "{base_url}"\nphones = [{phone}]\ncalls_per_minute = 60\n')
        with started(host_command(), self.environment) as host:
            stored = host.ask(framed(encoded({"id": 1, "type": "set_api_key", "api_key": KEY})))
            assert json.loads(stored)["ok"], stored

    def call_frame(self) -> bytes:
        """The request of a call to a number that was not called before."""
        number = f"02{next(self._numbers)}"
        return framed(encoded({"id": 1, "type": "place_call", **placing(number, number)}))

    def let_time_pass(self) -> None:
        """Make the guard forget what was called, by making it long ago."""
        path = Path(self.environment["XDG_STATE_HOME"]) / "maxo-click-to-call" / "journal.sqlite3"
        with contextlib.closing(sqlite3.connect(path, timeout=30)) as journal, journal:
            journal.execute("UPDATE attempts SET started = started - ?", (FORGOTTEN_AFTER_S,))


@contextlib.contextmanager
def quick_api(folder: Path) -> Iterator[tuple[int, Path]]:
    """A port on which every POST is queued at once, over TLS, and the file with its authority."""
    authority, certificate = trustme.CA(), folder / "certificate.pem"
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(str(certificate))
    server = subprocess.Popen(
        [sys.executable, "-I", str(QUICK_API), str(certificate)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    with server:
        assert server.stdin
        assert server.stdout
        yield int(server.stdout.readline()), folder / "ca.pem"
        server.stdin.close()  # it ends with its stdin


@contextlib.contextmanager
def bench_desk(state_home: Path | None = None) -> Iterator[BenchDesk]:
    """A session with a phone and a key; `state_home` is where the journal goes, if not to the home."""
    desktop, folder = Desktop(), Path(tempfile.mkdtemp())
    try:
        with quick_api(folder) as (port, ca_file):
            environment = desktop.environment | {"SSL_CERT_FILE": str(ca_file)}
            if state_home:
                environment["XDG_STATE_HOME"] = str(state_home)
            desk = BenchDesk(desktop, port, ca_file, environment)
            desk.use_api(f"https://127.0.0.1:{port}/")
            yield desk
    finally:
        desktop.close()
        shutil.rmtree(folder)

"""`maxo-call` as a process in a private session: its own home, a real keyring, and the stand-in to call."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.desktop import Desktop
from tests.maxo_stand_in import StandIn

ROOT = Path(__file__).parents[2]
PHONES = json.dumps([{"number": "101", "label": "Desk", "auto_answer": True}])
TIMEOUT_S = 60


@dataclass
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def sentences(self) -> list[str]:
        """The lines on stderr."""
        return self.err.splitlines()


class Terminal:
    """Runs `maxo-call` in a private session, set up for the stand-in."""

    def __init__(self, desktop: Desktop, maxo: StandIn) -> None:
        self.desktop = desktop
        self.maxo = maxo
        self.environment = dict(desktop.environment)

    def __call__(self, *words: str, stdin: str = "") -> Said:
        done = subprocess.run(
            [sys.executable, "-m", "native_host.cli", *words],
            env=self.environment,
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert self.maxo.valid_key not in done.stdout + done.stderr
        return Said(done.returncode, done.stdout, done.stderr)

    def set_up(self) -> None:
        for words in (
            ("settings", "set", "api_base_url", self.maxo.url),
            ("settings", "set", "phones", PHONES),
        ):
            assert self(*words) == Said(0, "", "")
        stored = self("key", "set", "--stdin", stdin=f"{self.maxo.valid_key}\n")
        assert (stored.code, stored.err) == (0, "")


@contextlib.contextmanager
def open_terminal() -> Iterator[Terminal]:
    """A terminal in a session of its own, with nothing set up yet."""
    desktop = Desktop()
    try:
        with StandIn() as maxo:
            yield Terminal(desktop, maxo)
    finally:
        desktop.close()

"""A person's programs in a private desktop, as talkative as they can be; every word of theirs is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from tests.e2e.desktop import Desktop
from tests.host.host_process import ROOT, HostProcess
from tests.maxo_stand_in import StandIn

DEADLINE_S = 1.0

# The real host with every library's log at its most talkative, in our file and on stderr, and less patient.
TALKATIVE = f"""
import logging
logging.basicConfig(level=logging.DEBUG)
from native_host import __main__, calls, logs
calls.CALL_DEADLINE_S = {DEADLINE_S}
usual = logs.start_log
def start_log():
    usual()
    ours = logging.getLogger("native_host")
    ours.setLevel(logging.DEBUG)
    for handler in ours.handlers:
        logging.getLogger().addHandler(handler)
    logging.getLogger("some.library").debug("talks a lot")
logs.start_log = start_log
__main__.main()
"""

# A library that puts what it was given into its exceptions, which some do.
TELLTALE = TALKATIVE.replace(
    "__main__.main()",
    """
import httpx
def stream(self, *arguments, **named):
    raise RuntimeError(f"could not send {arguments} {named}")
httpx.Client.stream = stream
__main__.main()
""",
)


class Overheard(HostProcess):
    """A host whose every word is kept."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        self.words: list[str] = []
        super().__init__(*arguments, **named)

    def reply_or_end(self) -> dict[str, Any] | None:
        reply = super().reply_or_end()
        self.words.append(json.dumps(reply))
        return reply


class Session:
    """The person's programs in a private desktop, and all that they said."""

    def __init__(self, desktop: Desktop, maxo: StandIn) -> None:
        self.desktop, self.maxo = desktop, maxo
        self.words: list[str] = []
        self._hosts: list[Overheard] = []
        self.use(maxo.url)

    def use(self, base_url: str) -> None:
        """Set up one phone and this API."""
        self.command("settings", "set", "api_base_url", base_url)
        phone = [{"number": "101", "label": "Desk", "auto_answer": True}]
        self.command("settings", "set", "phones", json.dumps(phone))
        self.command("settings", "set", "calls_per_minute", "60")

    def command(self, *words: str, stdin: str = "") -> int:
        """Run `maxo-call`, whether it succeeds or not."""
        done = subprocess.run(
            [sys.executable, "-m", "native_host.cli", *words],
            env=self.desktop.environment,
            cwd=ROOT,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.words += [done.stdout, done.stderr]
        return done.returncode

    def host(self, code: str = TALKATIVE, **environment: str) -> Overheard:
        """Start a host; `environment` comes on top of the desktop's."""
        host = Overheard(self.desktop.home, environment=self.desktop.environment | environment, code=code)
        self._hosts.append(host)
        return host

    def close(self) -> None:
        """End every host and keep what it said."""
        for host in self._hosts:
            host.close_port() if host.process.poll() is None else None
            host.wait()
            self.words += [*host.words, host.errors]
            host.__exit__()
        self._hosts.clear()

"""One call under one fault, and whether everything that was said and recorded of it is true."""

from __future__ import annotations

import contextlib
import http.client
import sqlite3
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from tests.e2e.desktop import Desktop
from tests.host.host_process import PATIENCE_S, HostProcess
from tests.host.placing import placing
from tests.host.reliability.fault_proxy import QUIET_S, Direction, Fault, FaultProxy
from tests.maxo_stand_in import StandIn

NOT_SENT = frozenset(
    {
        "dns_failed",
        "tls_failed",
        "proxy_failed",
        "connect_timeout",
        "api_unreachable",
        "not_received",
        "cancelled",
    }
)
DEADLINE_S = 1.0  # instead of the product's 8: nothing here measures it, and it is reached often
FORGOTTEN_AFTER_S = 120.0  # the guard looks back a minute, and ten seconds for the same number

# The real host, only less patient.
IMPATIENT = f"""
from native_host import __main__, calls
calls.CALL_DEADLINE_S = {DEADLINE_S}
__main__.main()
"""

tally: Counter[str] = Counter()  # how the runs of this session ended, for those who want figures


@dataclass
class Run:
    """What came of one call."""

    what: str
    said: dict[str, Any] | None  # the host's answer; None when it died
    recorded: dict[str, Any]
    again: dict[str, Any]  # the same attempt, asked for once more of another host
    listed: dict[str, Any]  # the last call in the history that a person reads
    answers: list[str]  # what the stand-in answered to each request that it saw
    posts: int | None  # how many requests the host began to write; None where TLS hides it
    refused: bool  # the server said no, be it to bytes that were no request any more

    def faults(self) -> list[str]:
        """What is not true, or was done twice."""
        outcome, code = self.recorded["outcome"], self.recorded["code"]
        wrong = {
            "sent more than once": len(self.answers) > 1 or (self.posts or 0) > 1,
            "said and recorded differ": self.said is not None and _end(self.said) != _end(self.recorded),
            "asked for again, it ended otherwise": _end(self.again) != _end(self.recorded),
            "the history says otherwise": self._is_told_otherwise(),
            "still pending": outcome == "pending",
            "queued, but the API did not say so": outcome == "queued" and self.answers != ["queued"],
            "failed, but the phone rang": outcome == "failed" and "queued" in self.answers,
            "not sent, but something was": code in NOT_SENT and bool(self.answers or self.posts),
            "failed for no known reason": outcome == "failed" and code not in NOT_SENT and not self.refused,
        }
        return [f"{self.what}: {name} {self}" for name, is_so in wrong.items() if is_so]

    def _is_told_otherwise(self) -> bool:
        if self.recorded["code"] == "not_received":
            return bool(self.listed["attempt"] == self.recorded["attempt"])
        wanted = ("attempt", "outcome", "code")
        return [self.listed[name] for name in wanted] != [self.recorded[name] for name in wanted]


@dataclass
class CallDesk:
    """A private desktop, the stand-in behind a fault proxy, hosts to call with, and one that only looks."""

    desktop: Desktop
    maxo: StandIn
    proxy: FaultProxy
    start: Callable[..., HostProcess]
    observer: HostProcess
    hides_bytes: bool
    runs: list[Run] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=lambda: count(10_000_000))
    _host: HostProcess | None = None

    @property
    def host(self) -> HostProcess:
        """A host that is used by one run after the other, until one kills it."""
        if self._host is None or self._host.process.poll() is not None:
            self._host = self.start(IMPATIENT)
            self._host.result("check_api_key")  # so that all is loaded
        return self._host

    def call(self) -> dict[str, Any]:
        """The fields of a call to a number that was not called before."""
        number = f"02{next(self._numbers)}"
        return placing(number, number)

    def keep_a_connection(self) -> None:
        """Place one call without a fault, so that its connection is kept."""
        self.proxy.end_connections()
        self.proxy.arm()
        outcome = self.host.result("place_call", **self.call())
        assert outcome["outcome"] == "queued", outcome
        self._let_time_pass()

    def run(
        self,
        fault: Fault | None,
        *,
        host: HostProcess | None = None,
        what: str = "",
        then: Callable[[HostProcess], None] = lambda _: None,
        late_s: float = QUIET_S,
    ) -> Run:
        """Place one call under this fault, see what came of it, and fail if a word of that is untrue.

        `then` is done right after the request was posted; `late_s` is how long to look for bytes that come
        after the answer.
        """
        caller = host or self.host
        self._let_maxo_catch_up()
        self.maxo.forget()
        self.proxy.arm(fault, kill=lambda: kill(caller))
        fields = self.call()
        caller.post("place_call", **fields)
        then(caller)
        said = _answer(caller)
        self.proxy.wait_until_quiet(late_s)
        if said is None:
            caller.process.wait()
        self.proxy.disarm()  # what the observer sent would arrive
        recorded = self.observer.result("get_call", attempt=fields["attempt"])
        again = self.observer.result("place_call", **fields)
        self.proxy.wait_until_quiet()
        self._let_maxo_catch_up()
        run = Run(
            what or str(fault),
            said,
            recorded,
            again,
            self._last_listed(),
            [request.answered for request in self.maxo.requests],
            None if self.hides_bytes else bytes(self.proxy.came["up"]).count(b"POST"),
            bool(self.maxo.requests) or b"HTTP/1.1 4" in self.proxy.came["down"],
        )
        assert not run.faults(), run.faults()
        self.runs.append(run)
        tally[recorded["code"] or recorded["outcome"]] += 1
        self._let_time_pass()
        return run

    def length(self, *, kept: bool) -> dict[Direction, int]:
        """How many bytes a call without a fault takes in each direction."""
        if kept:
            self.keep_a_connection()
        else:
            self.proxy.end_connections()
        run = self.run(None)
        assert run.recorded["outcome"] == "queued", run
        return {direction: len(came) for direction, came in self.proxy.came.items()}

    def _last_listed(self) -> dict[str, Any]:
        calls = self.observer.result("list_calls", limit=1, before=None, search=None)["calls"]
        return calls[0] if calls else {"attempt": None}

    def _let_maxo_catch_up(self) -> None:
        """Ask the stand-in something: what had reached it before is noted by then."""
        where = ("127.0.0.1", self.maxo.port)
        asking = http.client.HTTPConnection(*where, timeout=PATIENCE_S)
        if self.maxo.ca_file:
            trusting = ssl.create_default_context(cafile=self.maxo.ca_file)
            asking = http.client.HTTPSConnection(*where, timeout=PATIENCE_S, context=trusting)
        with contextlib.closing(asking):
            asking.request("GET", "/_stand_in/requests")
            asking.getresponse().read()

    def _let_time_pass(self) -> None:
        """Make the guard forget what was called, by making it long ago."""
        path = self.desktop.home / ".local" / "state" / "maxo-click-to-call" / "journal.sqlite3"
        with contextlib.closing(sqlite3.connect(path, timeout=30)) as journal, journal:
            journal.execute("UPDATE attempts SET started = started - ?", (FORGOTTEN_AFTER_S,))


def kill(host: HostProcess) -> None:
    """End a host at once, as a crash or the browser does."""
    host.process.kill()


def _answer(host: HostProcess) -> dict[str, Any] | None:
    """The outcome that the host says; None when it died first."""
    reply = host.reply_or_end()
    if reply is None:
        return None
    assert reply["ok"], reply
    outcome: dict[str, Any] = reply["result"]
    return outcome


def _end(outcome: dict[str, Any]) -> tuple[str, str | None]:
    return outcome["outcome"], outcome["code"]

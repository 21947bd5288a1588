"""One HTTP connection to MaxoTel's API: a POST that is sent at most once, under one overall deadline.

The only file that touches httpx and truststore. It knows bytes; what an answer means, `maxo_api` says.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from native_host.api_faults import Fault, UnusableProxyError, fault_of

if TYPE_CHECKING:
    import httpx

log = logging.getLogger(__name__)

MAX_BODY_BYTES = 64 * 1024  # a documented answer has about 100
KEEP_CONNECTION_S = 30.0  # just under the idle limits that servers commonly have
WARM_UP_TIMEOUT_S = 5.0


@dataclass(frozen=True)
class Reply:
    """An HTTP answer. `body` is `None` when it was too long or in an unknown encoding."""

    status: int
    body: bytes | None


class _TooLateError(Exception):
    """Raised inside httpcore at the moment of sending, to keep a late request from leaving."""


class _SendGate:
    """Decides, once and for both threads, whether a request may still start to leave."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._closed = False
        self.started = False

    def start(self) -> None:
        """Called at the first byte. Raises `_TooLateError` when the deadline came first."""
        with self._lock:
            if self._closed:
                raise _TooLateError
            self.started = True

    def close(self) -> bool:
        """Called at the deadline: nothing may start from now on. Says whether something had started."""
        with self._lock:
            self._closed = True
            return self.started


class _Watch:
    """httpcore's trace hook for one request: where it connects to, and when its first byte leaves."""

    def __init__(self, gate: _SendGate, host: str) -> None:
        self._gate = gate
        self._host = host
        self.by_proxy = False

    def __call__(self, event: str, info: dict[str, Any]) -> None:
        if event == "connection.connect_tcp.started":
            self.by_proxy = info["host"] != self._host
        # A proxy's CONNECT goes the same way first; it carries neither key nor number.
        elif event == "http11.send_request_headers.started" and info["request"].method != b"CONNECT":
            self._gate.start()


class ApiConnection:
    """A kept-alive connection to one base URL. Usable from several threads."""

    def __init__(self, base_url: str, *, user_agent: str) -> None:
        """Remember where to connect; nothing is imported or opened yet. `base_url` ends with a slash."""
        self._base_url = base_url
        self._user_agent = user_agent
        self._host = urlsplit(base_url).hostname or ""
        self._client: httpx.Client | None = None
        self._lock = threading.Lock()

    def prepare(self) -> None:
        """Import httpx and build its client. An unusable proxy setting is told by the next request."""
        try:
            self._ready_client()
        except UnusableProxyError as error:
            log.warning("%s", error)

    def _ready_client(self) -> httpx.Client:
        with self._lock:
            if self._client is None:
                self._client = self._new_client()
            return self._client

    def _new_client(self) -> httpx.Client:
        import ssl

        import httpx
        import truststore

        for name in ("httpx", "httpcore"):
            logging.getLogger(name).setLevel(logging.CRITICAL)  # their debug lines show requests
        try:
            return httpx.Client(
                verify=truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT),  # the machine's own certificates
                # Plain http is only for this machine: an http proxy would be shown the key.
                trust_env=self._base_url.startswith("https:"),
                follow_redirects=False,  # 307 and 308 would send the call again
                limits=httpx.Limits(keepalive_expiry=KEEP_CONNECTION_S),
                headers={
                    "user-agent": self._user_agent,
                    "accept": "application/json",
                    "accept-encoding": "identity",  # an answer has 70 bytes
                },
            )
        except (ImportError, ValueError, httpx.InvalidURL) as error:  # SOCKS, an unknown scheme, no URL
            raise UnusableProxyError("The proxy that is set on this computer cannot be used.") from error

    def warm_up(self) -> None:
        """Open the connection by `HEAD /`, which tells neither key nor number. Never raises."""
        try:
            self._ready_client().head(self._base_url, timeout=WARM_UP_TIMEOUT_S)
        except Exception as error:  # noqa: BLE001 -- a warm-up may fail in any way: the call itself will tell
            log.info("the warm-up failed: %s", type(error).__name__)

    def post_once(self, path: str, body: dict[str, object], *, deadline_s: float) -> Reply | Fault:
        """POST `body` as JSON to `path` at most once; returns within `deadline_s`, whatever happens."""
        return self._within(deadline_s, lambda gate, ends_at: self._send("POST", path, body, gate, ends_at))

    def head_once(self, *, deadline_s: float) -> Reply | Fault:
        """Ask for the header of the base URL, telling neither key nor number; returns within `deadline_s`."""
        return self._within(deadline_s, lambda gate, ends_at: self._send("HEAD", "", None, gate, ends_at))

    def _within(self, deadline_s: float, send: Callable[[_SendGate, float], Reply | Fault]) -> Reply | Fault:
        """What `send` gives, or a fault at the deadline.

        It runs on a daemon thread, because neither a name look-up nor an answer that trickles has a
        time-out in httpx. Late threads are left behind; they cannot start to send any more.
        """
        if deadline_s <= 0:
            return Fault(False, "connect_timeout", "there was no time left to send")
        gate = _SendGate()
        ends_at = time.monotonic() + deadline_s
        answers: queue.SimpleQueue[Reply | Fault] = queue.SimpleQueue()

        def run() -> None:
            answers.put(send(gate, ends_at))

        threading.Thread(target=run, name="maxo-api", daemon=True).start()
        try:
            return answers.get(timeout=deadline_s)
        except queue.Empty:
            started = gate.close()
        try:
            return answers.get_nowait()  # it came between the deadline and the closing of the gate
        except queue.Empty:
            code = "no_answer" if started else "connect_timeout"
            return Fault(started, code, f"MaxoTel did not answer within {deadline_s:g} s")

    def _send(
        self, method: str, path: str, body: dict[str, object] | None, gate: _SendGate, ends_at: float
    ) -> Reply | Fault:
        watch = _Watch(gate, self._host)
        left_s = max(0.1, ends_at - time.monotonic())
        try:
            with self._ready_client().stream(
                method, self._base_url + path, json=body, timeout=left_s, extensions={"trace": watch}
            ) as response:
                return Reply(response.status_code, _bounded_body(response, ends_at))
        except Exception as error:  # noqa: BLE001 -- an error that nobody foresaw must not pass for "nothing was sent"
            return fault_of(error, sent=gate.started, by_proxy=watch.by_proxy)

    def close(self) -> None:
        """Close the kept connection."""
        with self._lock:
            if self._client is not None:
                self._client.close()
                self._client = None


def _bounded_body(response: httpx.Response, ends_at: float) -> bytes | None:
    body = b""
    for chunk in response.iter_raw(MAX_BODY_BYTES):
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            return None
        if time.monotonic() > ends_at:
            break  # nobody waits any more; this ends a thread that a trickle would hold for hours
    encoding = response.headers.get("content-encoding", "identity")
    return body if encoding == "identity" else _inflated(body)


def _inflated(body: bytes) -> bytes | None:
    """The bytes in a gzip body, from a server that compresses although it was asked not to."""
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # 32: gzip or zlib, by its header
    try:
        inflated = inflater.decompress(body, MAX_BODY_BYTES)
    except zlib.error:
        return None
    return inflated if inflater.eof else None

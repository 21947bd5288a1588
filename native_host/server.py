"""Frames to replies: one thread reads, a few others work, so that a call under way never holds up a plan.

The only place where exceptions become error replies. When the browser closes the port, nothing new is begun
and the process ends at once, or after at most GRACE_S when a request is under way.
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from queue import Full, Queue
from typing import NoReturn, Protocol

from native_host import wire
from native_host.errors import BadFrame, BadRequest, HostError
from native_host.framing import MAX_REPLY_BYTES, read_frame, write_frame
from native_host.protocol import (
    CheckApiKey,
    DeleteApiKey,
    Diagnose,
    PlaceCall,
    Request,
    RequestBody,
    Result,
    SetApiKey,
)

GRACE_S = 1.4  # gone within 1.5 s: Chromium kills a host 2 s after the port is closed, Firefox after 3
SLOW_WORKERS = 3  # calls and key requests at once: more would only wait for the same keyring and line
MAX_WAITING = 64
_SLOW = (PlaceCall, SetApiKey, DeleteApiKey, CheckApiKey, Diagnose)

_log = logging.getLogger(__name__)


class Handling(Protocol):
    """What the server needs of the handlers."""

    def handle(self, request: RequestBody) -> Result:
        """The result, or HostError."""

    def prepare(self) -> None:
        """Load what the first call needs."""


class Server:
    """Serves one port: requests from one file descriptor, replies to another."""

    def __init__(self, requests: int, replies: int, build: Callable[["Server"], Handling]) -> None:
        self._requests, self._replies = requests, replies
        self._build = build
        self._handlers: Handling | None = None
        self._built = threading.Event()
        self._stopping = threading.Event()
        self._writing = threading.Lock()
        self._quick: Queue[Request] = Queue(MAX_WAITING)
        self._slow: Queue[Request] = Queue(MAX_WAITING)
        self._idle = threading.Condition()
        self._under_way = 0

    def is_stopping(self) -> bool:
        """Whether the port is closed, so that nothing new may be begun."""
        return self._stopping.is_set()

    def start(self) -> None:
        """Begin to load what requests need, and to wait for them."""
        self._start(self._load)
        self._start(lambda: self._work(self._quick))
        for _ in range(SLOW_WORKERS):
            self._start(lambda: self._work(self._slow))

    def serve(self, first: bytes | BadRequest) -> NoReturn:
        """Answer `first` (a frame, or what was wrong with it) and all that follows; end with the port."""
        going_on = self._take(first)
        while going_on:
            going_on = self._take(self._read())
        self._leave()

    def _read(self) -> bytes | BadRequest | None:
        try:
            return read_frame(self._requests)
        except BadRequest as error:
            return error

    def _take(self, frame: bytes | BadRequest | None) -> bool:
        """Take one frame on; false when no other can follow."""
        if isinstance(frame, BadRequest):
            self._reply(wire.error_to_wire(None, frame))
        elif frame is not None:
            self._take_request(frame)
        return frame is not None and not isinstance(frame, BadFrame)

    def _take_request(self, frame: bytes) -> None:
        request_id = None
        try:
            request_id, message = wire.decode(frame)
            request = wire.parse_request(message)
            self._queue(request)
        except HostError as error:
            _log.info("refused a request: %s", error.code)
            self._reply(wire.error_to_wire(request_id, error))

    def _queue(self, request: Request) -> None:
        if not isinstance(request.body, _SLOW):
            self._quick.put(request)  # waits when many are waiting: the browser's pipe then holds the rest
            return
        try:
            self._slow.put_nowait(request)
        except Full as error:
            raise BadRequest("Too many calls are waiting. This one was not begun.") from error

    def _work(self, queue: "Queue[Request]") -> None:
        while True:
            request = queue.get()
            with self._idle:
                if self._stopping.is_set():
                    return
                self._under_way += 1
            try:
                self._reply(self._answer(request))
            finally:
                with self._idle:
                    self._under_way -= 1
                    self._idle.notify_all()

    def _answer(self, request: Request) -> bytes:
        self._built.wait()
        if self._handlers is None:
            sentence = "The helper could not start; its log says why. Install it again."
            return wire.error_to_wire(request.id, HostError(sentence))
        try:
            reply = wire.to_wire(request.id, self._handlers.handle(request.body))
            if len(reply) <= MAX_REPLY_BYTES:
                return reply
            _log.error("an answer of %d bytes is longer than browsers accept", len(reply))
            return wire.error_to_wire(request.id, HostError())
        except HostError as error:
            _log.info("%s: %s", type(request.body).__name__, error.code)
            return wire.error_to_wire(request.id, error)
        except Exception:  # noqa: BLE001  (here a fault of ours becomes a reply)
            _log.exception("fault while handling %s", type(request.body).__name__)
            return wire.error_to_wire(request.id, HostError())

    def _reply(self, body: bytes) -> None:
        try:
            with self._writing:
                write_frame(self._replies, body)
        except OSError as error:
            _log.info("the browser reads no more: %s", error.strerror)  # its end of stdin follows
            self._stopping.set()

    def _load(self) -> None:
        try:
            self._handlers = self._build(self)
        except Exception:  # noqa: BLE001  (every request is then told so)
            _log.exception("the helper could not be built")
        finally:
            self._built.set()
        if self._handlers is not None:
            self._handlers.prepare()

    def _leave(self) -> NoReturn:
        """End without Python's teardown (30 ms), and without threads that may hang in a keyring."""
        until = time.monotonic() + GRACE_S
        with self._idle:
            self._stopping.set()
            while self._under_way and time.monotonic() < until:
                self._idle.wait(until - time.monotonic())
        os._exit(0)

    def _start(self, target: Callable[[], None]) -> None:
        threading.Thread(target=target, daemon=True).start()

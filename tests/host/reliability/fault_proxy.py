"""A proxy between host and stand-in that breaks one exchange at one byte. Understands no byte of it.

It stands where cables, routers and load balancers stand: below TLS, which it never opens.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Direction = Literal["up", "down"]  # from the host to MaxoTel, and back
Deed = Literal[
    "end",  # close the connection in order
    "reset",  # close it as a crashed machine does
    "silence",  # let nothing pass any more, and say nothing
    "hold",  # let nothing pass for `seconds`, then all of it
    "slow",  # from here on let each part wait for `seconds`, in both directions
    "repeat",  # pass one byte again on the way up, everything so far on the way down
    "kill",  # kill the host; what had left it passes
]
QUIET_S = 0.03  # so long without a byte: nothing is on its way any more
PATIENCE_S = 30.0


@dataclass(frozen=True)
class Fault:
    """What is done once `at` bytes of an exchange have passed in one direction."""

    deed: Deed
    direction: Direction
    at: int
    seconds: float = 0.0


class FaultProxy:
    """Passes everything on until it is armed. A context manager, on a thread of its own."""

    def __init__(self, server_port: int) -> None:
        self._server_port = server_port
        self._loop = asyncio.new_event_loop()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, name="fault-proxy", daemon=True)
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._holding = 0
        self._last_byte_s = 0.0
        self._fault: Fault | None = None
        self._kill: Callable[[], None] = lambda: None
        self.came: dict[Direction, bytearray] = {"up": bytearray(), "down": bytearray()}
        self._passed: dict[Direction, int] = {"up": 0, "down": 0}
        self.happened = False

    def __enter__(self) -> FaultProxy:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.end_connections()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(PATIENCE_S)
        self._loop.close()
        self._listener.close()

    def arm(self, fault: Fault | None = None, kill: Callable[[], None] = lambda: None) -> None:
        """Count the bytes from now on, and do `fault` once at its byte."""

        async def begin() -> None:
            self._fault, self._kill, self.happened = fault, kill, False
            self.came = {"up": bytearray(), "down": bytearray()}
            self._passed = {"up": 0, "down": 0}

        self._in_loop(begin)

    def disarm(self) -> None:
        """Pass everything on from now on, and go on counting."""

        async def clear() -> None:
            self._fault = None

        self._in_loop(clear)

    def end_connections(self) -> None:
        """Close every connection; returns when the host can see it."""

        async def end() -> None:
            for task in self._tasks:
                task.cancel()
            await asyncio.gather(*self._tasks, return_exceptions=True)
            await asyncio.sleep(0)  # a transport closes its socket a turn of the loop later

        self._in_loop(end)

    def end_connections_in(self, seconds: float, *, reset: bool) -> None:
        """Close every connection that is open after this time; returns at once."""

        def end() -> None:
            for writer in list(self._writers):
                _close(writer, reset=reset)

        self._loop.call_soon_threadsafe(self._loop.call_later, seconds, end)

    def wait_until_quiet(self, quiet_s: float = QUIET_S) -> None:
        """Return when nothing is held back and no byte has come for `quiet_s`."""
        deadline = time.monotonic() + PATIENCE_S
        while self._holding or time.monotonic() - self._last_byte_s < quiet_s:
            assert time.monotonic() < deadline, "the exchange does not come to rest"
            time.sleep(0.005)

    def _in_loop(self, work: Callable[[], object]) -> None:
        asyncio.run_coroutine_threadsafe(work(), self._loop).result(PATIENCE_S)  # type: ignore[arg-type]  # coroutines

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(asyncio.start_server(self._connected, sock=self._listener))
        self._loop.run_forever()

    def _connected(self, from_host: asyncio.StreamReader, to_host: asyncio.StreamWriter) -> None:
        self._last_byte_s = time.monotonic()
        task = self._loop.create_task(self._connect(from_host, to_host))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _connect(self, from_host: asyncio.StreamReader, to_host: asyncio.StreamWriter) -> None:
        ends = {to_host}
        try:
            from_server, to_server = await asyncio.open_connection("127.0.0.1", self._server_port)
            ends.add(to_server)
            self._writers |= ends
            await asyncio.gather(
                self._pump("up", from_host, to_server, ends), self._pump("down", from_server, to_host, ends)
            )
        finally:
            self._writers -= ends
            for writer in ends:
                _close(writer)

    async def _pump(
        self,
        direction: Direction,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        ends: set[asyncio.StreamWriter],
    ) -> None:
        with contextlib.suppress(OSError):
            while part := await source.read(65536):
                self._last_byte_s = time.monotonic()
                self.came[direction] += part
                await self._pass(direction, part, sink, ends)
        _close(sink)

    async def _pass(
        self, direction: Direction, part: bytes, sink: asyncio.StreamWriter, ends: set[asyncio.StreamWriter]
    ) -> None:
        fault, before = self._fault, self._passed[direction]
        self._passed[direction] += len(part)
        if fault and fault.deed == "slow" and self.happened:
            await self._hold(fault.seconds)
        if fault is None or self.happened or fault.direction != direction or fault.at > before + len(part):
            sink.write(part)
            return
        self.happened = True
        sink.write(part[: fault.at - before])
        await self._do(fault, sink, ends)
        sink.write(part[fault.at - before :])

    async def _do(self, fault: Fault, sink: asyncio.StreamWriter, ends: set[asyncio.StreamWriter]) -> None:
        """Do what was asked for; what is left of the bytes is written afterwards, if there is still a way."""
        match fault.deed:
            case "end" | "reset":
                for writer in ends:
                    _close(writer, reset=fault.deed == "reset")
            case "silence":
                await asyncio.Event().wait()
            case "hold" | "slow":
                await self._hold(fault.seconds)
            case "repeat":
                came = bytes(self.came[fault.direction][: fault.at])
                sink.write(came[-1:] if fault.direction == "up" else came)
            case "kill":
                self._kill()

    async def _hold(self, seconds: float) -> None:
        self._holding += 1
        await asyncio.sleep(seconds)
        self._holding -= 1
        self._last_byte_s = time.monotonic()


def _close(writer: asyncio.StreamWriter, *, reset: bool = False) -> None:
    if reset:
        with contextlib.suppress(OSError):
            writer.get_extra_info("socket").setsockopt(
                socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0"
            )
        writer.transport.abort()
    else:
        writer.close()

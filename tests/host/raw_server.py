"""A server on a real socket, scripted byte by byte, for faults that no HTTP server would produce."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from types import TracebackType

Script = Callable[[socket.socket, "RawServer"], None]

QUEUED_BODY = b'{"status":1,"request":"calls\\/initiate","callstatus":"queued"}'
QUEUED = b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%s" % (len(QUEUED_BODY), QUEUED_BODY)


class RawServer:
    """Runs `script` for each connection, on a thread of its own. Keeps every byte that was received."""

    def __init__(self, script: Script, *, tls: ssl.SSLContext | None = None) -> None:
        self._script = script
        self._tls = tls
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        self.received: list[bytearray] = []  # one per connection
        self.closing = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}/"

    @property
    def posts(self) -> int:
        """How many POSTs arrived, on whatever connections."""
        return b"".join(self.received).count(b"POST /")

    def __enter__(self) -> RawServer:
        self._start(self._accept)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._sockets:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
        for connection in self._sockets:
            connection.close()

    def _start(self, target: Callable[[], None]) -> None:
        thread = threading.Thread(target=target, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._sockets.append(connection)
            self.received.append(bytearray())
            self._start(lambda connection=connection, seen=self.received[-1]: self._serve(connection, seen))  # type: ignore[misc]  # binds this turn's values

    def _serve(self, connection: socket.socket, seen: bytearray) -> None:
        with contextlib.suppress(OSError):
            spoken = connection
            if self._tls:
                spoken = self._tls.wrap_socket(connection, server_side=True)
                self._sockets.append(spoken)
            self._script(_Recording(spoken, seen), self)  # type: ignore[arg-type]  # quacks as far as scripts need
            spoken.close()

    def pause(self) -> None:
        """Stay silent until the test is over."""
        self.closing.wait(30)


class _Recording:
    """A socket whose `recv` keeps what it received."""

    def __init__(self, connection: socket.socket, seen: bytearray) -> None:
        self._connection = connection
        self._seen = seen
        self.sendall = connection.sendall
        self.shutdown = connection.shutdown
        self.setsockopt = connection.setsockopt
        self.close = connection.close

    def recv(self, size: int) -> bytes:
        received = self._connection.recv(size)
        self._seen.extend(received)
        return received


def read_request(connection: socket.socket) -> bytes:
    """One whole HTTP request, by its content-length; what came so far when the client hung up."""
    request = b""
    while b"\r\n\r\n" not in request or len(request) < _whole_length(request):
        part = connection.recv(65536)
        if not part:
            break
        request += part
    return request


def _whole_length(request: bytes) -> int:
    header, _, _ = request.partition(b"\r\n\r\n")
    for line in header.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(header) + 4 + int(line.split(b":")[1])
    return len(header) + 4


def reset(connection: socket.socket) -> None:
    """Close with RST, as a crashed machine's peer sees it."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")
    connection.close()


def after_reading(answer: bytes) -> Script:
    """A script that reads the request, sends these bytes and hangs up."""

    def script(connection: socket.socket, _: RawServer) -> None:
        read_request(connection)
        connection.sendall(answer)

    return script

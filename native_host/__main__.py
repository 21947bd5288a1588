"""The native messaging host as a program: guard stdout, answer hello, serve until stdin closes.

Everything heavy is imported after the reply to hello: the person's hand is slower than the rest of the start.
Arguments are ignored: each browser passes its own.
"""

import os
import sys

if not __package__ and not getattr(
    sys, "frozen", False
):  # started as a file: python -I native_host/__main__.py
    _folder = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120  (pathlib costs 5 ms)
    sys.path.insert(0, os.path.dirname(_folder))  # noqa: PTH120

from native_host.errors import BadRequest
from native_host.framing import read_frame, write_frame
from native_host.hello import fast_reply

TYPE_CHECKING = False  # as typing has it; importing typing costs 5 ms
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from native_host.account import Account
    from native_host.handlers import Handlers
    from native_host.server import Server

STDIN, STDOUT, STDERR = 0, 1, 2


def main() -> None:
    """Serve one port and end the process with it."""
    if os.isatty(STDIN):
        sys.stderr.write("This program is started by a browser. For the command line, use maxo-call.\n")
        sys.exit(2)
    requests, replies = _take_streams()
    next_frame = _answer_hello(requests, replies)
    import threading

    # Loaded on a thread of its own, so that a port that is closed again at once is not waited for.
    servers: list[Server] = []
    starting = threading.Thread(target=lambda: servers.append(_start_server(requests, replies)), daemon=True)
    starting.start()
    if next_frame is None:
        next_frame = _read(requests)
    starting.join()
    servers[0].serve(next_frame)


def _take_streams() -> tuple[int, int]:
    """The browser's pipes on descriptors of our own; what anyone prints from now on goes to stderr.

    A single stray newline on the pipe would silence the port for ever in both browsers.
    """
    if sys.platform == "win32":
        import msvcrt

        msvcrt.setmode(STDIN, os.O_BINARY)
        msvcrt.setmode(STDOUT, os.O_BINARY)
    requests, replies = os.dup(STDIN), os.dup(STDOUT)  # not inherited by a program that a library may start
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, STDIN)
    try:
        os.dup2(STDERR, STDOUT)
    except OSError:  # started without stderr
        os.dup2(nothing, STDOUT)
    return requests, replies


def _answer_hello(requests: int, replies: int) -> bytes | BadRequest | None:
    """Answer the first frame if it is the usual hello, else give it, or its fault, to be answered."""
    first = _read(requests)
    reply = fast_reply(first) if isinstance(first, bytes) else None
    if reply is None:
        return first
    write_frame(replies, reply)
    return None


def _read(requests: int) -> bytes | BadRequest:
    """The next frame, or what is wrong with it; ends the process when the port is closed."""
    try:
        frame = read_frame(requests)
    except BadRequest as error:
        return error
    if frame is None:
        os._exit(0)
    return frame


def _start_server(requests: int, replies: int) -> "Server":
    from native_host.server import Server

    server = Server(requests, replies, _build)
    server.start()
    return server


def _build(server: "Server") -> "Handlers":
    from native_host.account import Account
    from native_host.calls import Calls
    from native_host.handlers import Handlers
    from native_host.journal import Journal
    from native_host.logs import start_log

    start_log()
    journal, account = Journal(), Account()
    return Handlers(Calls(journal, account, is_stopping=server.is_stopping), account, journal, _diagnose)


def _diagnose(account: "Account") -> "tuple[Mapping[str, Any], ...]":
    from dataclasses import asdict

    from native_host.doctor.examination import diagnose  # above the server, and needed only when asked

    return tuple(asdict(finding) for finding in diagnose(account))


if __name__ == "__main__":
    main()

"""The sockets under the stand-in: where it listens, its certificate, and each open connection's transport."""

from __future__ import annotations

import asyncio
import socket
import ssl
from itertools import count
from pathlib import Path

import trustme
from starlette.types import Scope
from uvicorn.protocols.http.h11_impl import H11Protocol

Client = tuple[str, int]


def client_of(scope: Scope) -> Client:
    """The far end of the connection that a request came over."""
    host, port = scope["client"]
    return host, port


class Connections:
    """Every connection since the start, numbered from 1, so that failures below HTTP can be produced."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._open: dict[Client, tuple[int, asyncio.Transport]] = {}

    def number(self, client: Client) -> int:
        """Which connection this is, counted from 1."""
        return self._open[client][0]

    def transport(self, client: Client) -> asyncio.Transport:
        """The byte stream of this connection."""
        return self._open[client][1]

    async def cut_all(self) -> None:
        """End every connection that is still open, so that none outlives the event loop."""
        for _, transport in self._open.values():
            transport.abort()
        await asyncio.sleep(0.01)  # a TLS transport closes its socket a few turns of the loop later

    def protocol(self) -> type[H11Protocol]:
        """Uvicorn's HTTP protocol, which also notes its transport here."""
        connections = self

        class NotesTransport(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]  # as uvicorn
                host, port = transport.get_extra_info("peername")
                connections._open[host, port] = (next(connections._numbers), transport)
                super().connection_made(transport)

        return NotesTransport


def bound_socket(port: int) -> socket.socket:
    """A listening socket on loopback; port 0 takes a free one."""
    bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.bind(("127.0.0.1", port))
    bound.listen(64)
    return bound


def tls_context(folder: Path) -> ssl.SSLContext:
    """A certificate for localhost by an authority made for this run, which is written to `folder`/ca.pem."""
    authority = trustme.CA()
    folder.mkdir(parents=True, exist_ok=True)
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost", "127.0.0.1").configure_cert(context)
    return context

"""How the stand-in misbehaves: each kind is one way in which a real API or the network between can fail."""

from __future__ import annotations

import asyncio
import gzip
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal, get_args

from starlette.responses import HTMLResponse, RedirectResponse, Response

from tests.maxo_stand_in.answers import DOCUMENTED, QUEUED, Answer, refusal, unavailable

Kind = Literal[
    "delay",  # the usual answer, `seconds` later
    "status",  # a documented refusal, or an HTML error page for any other `status`
    "unavailable",  # the documented UNAVAILABLE, at `status`
    "rejected",  # JSON status 0 with an error that nobody documented, at `status`
    "html",  # a captive portal's page, with `status`
    "body",  # `text` as it is, called JSON, with `status`
    "redirect",  # `status` to `text`, or back to the same place
    "huge_body",  # the usual success, with 8 MiB of blanks in it
    "gzip_bomb",  # the usual success, with 64 MiB of blanks in it, compressed to 64 KiB
    "trickle",  # the usual answer, one byte each `seconds`
    "never_answer",  # takes the request and is silent for ever
    "drop_before_reading",  # hangs up once the header is there
    "drop_after_reading",  # the phone rings, the answer is lost
    "drop_half_header",  # as above, in the middle of the answer's header
    "drop_half_body",  # as above, in the middle of the answer's body
]
KINDS: tuple[Kind, ...] = get_args(Kind)

DEFAULT_STATUS = {"status": 500, "unavailable": 400, "rejected": 400, "redirect": 307}
CAPTIVE_PORTAL = "<!doctype html><title>Guest Wi-Fi</title><p>Please sign in to use this network."


@dataclass(frozen=True)
class Behaviour:
    """One misbehaviour for one request. `seconds` and `text` mean what the kind says."""

    kind: Kind
    status: int | None = None
    seconds: float = 0.0
    text: str | None = None

    def __post_init__(self) -> None:
        """Refuse a kind that does not exist, so that a test cannot pass by a spelling mistake."""
        if self.kind not in KINDS:
            raise ValueError(f"{self.kind!r} is no way to misbehave. Known: {', '.join(KINDS)}")

    @property
    def http_status(self) -> int:
        """The HTTP status asked for, or the usual one of this kind."""
        return self.status or DEFAULT_STATUS.get(self.kind, 200)


def as_response(behaviour: Behaviour, own_url: str) -> Response | None:
    """The HTTP answer that this behaviour puts in the place of the usual one, if it does."""
    status = behaviour.http_status
    match behaviour.kind:
        case "status":
            documented = DOCUMENTED.get(status)
            return _json(documented) if documented else HTMLResponse(f"<h1>{status}</h1>", status)
        case "unavailable":
            return _json(unavailable(status))
        case "rejected":
            return _json(refusal(status, behaviour.text or "QUOTA", "Not today"))
        case "html":
            return HTMLResponse(CAPTIVE_PORTAL, status)
        case "body":
            return Response(behaviour.text or "", status, media_type="application/json")
        case "redirect":
            return RedirectResponse(behaviour.text or own_url, status)
        case "huge_body":
            return Response(_blown_up(8), media_type="application/json")
        case "gzip_bomb":
            bomb = gzip.compress(_blown_up(64))
            return Response(bomb, headers={"content-encoding": "gzip"}, media_type="application/json")
    return None


def _blown_up(mebibytes: int) -> bytes:
    return QUEUED.text[:-1].encode() + b" " * mebibytes * 1024 * 1024 + b"}"


def _json(answer: Answer) -> Response:
    return Response(answer.text, answer.status, media_type="application/json")


@dataclass(frozen=True)
class Wire:
    """The connection under a request, for failures below HTTP."""

    transport: asyncio.Transport
    gone: Callable[[], Awaitable[None]]  # returns once the client has been seen to be gone

    async def hang_up(self) -> None:
        """End the connection at once, as a crashed server or a cut cable would."""
        self.transport.abort()
        await self.gone()

    async def fail(self, behaviour: Behaviour, usual: Answer) -> bool:
        """Fail below HTTP as `behaviour` says; `False` when it says nothing about bytes."""
        whole = _http_bytes(usual)
        match behaviour.kind:
            case "never_answer":
                await self.gone()
            case "trickle":
                await self._trickle(whole, behaviour.seconds)
            case "drop_before_reading" | "drop_after_reading":
                await self.hang_up()
            case "drop_half_header":
                await self._send_and_close(whole[: whole.index(b"\r\n\r\n") // 2])
            case "drop_half_body":
                await self._send_and_close(whole[:-8])
            case _:
                return False
        return True

    async def _trickle(self, whole: bytes, seconds: float) -> None:
        for byte in whole:
            if self.transport.is_closing():
                return
            self.transport.write(bytes([byte]))
            await asyncio.sleep(seconds)
        self.transport.close()
        await self.gone()

    async def _send_and_close(self, part: bytes) -> None:
        self.transport.write(part)
        self.transport.close()
        await self.gone()


def _http_bytes(answer: Answer) -> bytes:
    body = answer.text.encode()
    fields = f"connection: close\r\ncontent-type: application/json\r\ncontent-length: {len(body)}"
    return f"HTTP/1.1 {answer.status} Status\r\n{fields}\r\n\r\n".encode() + body

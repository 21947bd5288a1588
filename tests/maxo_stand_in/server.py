"""The stand-in as a running server: `with StandIn() as maxo: … maxo.calls …`, or by HTTP from elsewhere."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl

import uvicorn
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import Receive, Scope, Send

from tests.maxo_stand_in.answers import DOCUMENTED, Answer, Order, answer
from tests.maxo_stand_in.behaviour import Behaviour, Kind, Wire, as_response
from tests.maxo_stand_in.connections import Connections, bound_socket, client_of, tls_context
from tests.maxo_stand_in.received import INITIATE_PATH, ReceivedRequest

VALID_KEY = "stand-in-key-7f3a9c"
POWERLESS_KEY = "stand-in-key-without-permission"
START_TIMEOUT_S = 20.0
FRONT_PAGE = "<title>Stand-in</title>This stands in for MaxoTel's API. It rings no phone."


class StandIn:
    """MaxoTel's API, imagined: one account with two keys and some registered phones. A context manager."""

    def __init__(
        self,
        *,
        port: int = 0,
        tls_dir: Path | None = None,
        announce: Callable[[str], None] | None = None,
        keep_alive_s: int = 60,
    ) -> None:
        """Serve on loopback. `tls_dir` means https and gets `ca.pem`; `announce` is told one line a call."""
        self.valid_key = VALID_KEY
        self.powerless_key = POWERLESS_KEY  # it lacks the permission Account Functions/Click to Call
        self.registered_phones = {"101", "107"}
        self.order: Order = "key_first"
        self.unavailable_status = 400
        self.requests: list[ReceivedRequest] = []  # all but warm-ups, in the order in which they came
        self.warm_ups: list[ReceivedRequest] = []
        self._announce = announce
        self._behaviours: deque[Behaviour] = deque()
        self._lock = threading.Lock()
        self._connections = Connections()
        self._socket = bound_socket(port)
        self.port: int = self._socket.getsockname()[1]
        self.ca_file = tls_dir / "ca.pem" if tls_dir else None
        self.url = f"{'https' if tls_dir else 'http'}://127.0.0.1:{self.port}/"
        self._server = uvicorn.Server(self._config(keep_alive_s, tls_dir))
        self._thread = threading.Thread(target=self.serve_until_stopped, name="maxo-stand-in", daemon=True)

    def _config(self, keep_alive_s: int, tls_dir: Path | None) -> uvicorn.Config:
        config = uvicorn.Config(
            self._application,
            http=self._connections.protocol(),
            interface="asgi3",
            log_level="critical",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_keep_alive=keep_alive_s,
            timeout_graceful_shutdown=0,
        )
        config.load()
        if tls_dir:
            config.ssl = tls_context(tls_dir)
        return config

    def serve_until_stopped(self) -> None:
        """Serve on this thread until SIGINT, SIGTERM or the end of the `with` block."""
        asyncio.run(self._serve())

    async def _serve(self) -> None:
        await self._server.serve(sockets=[self._socket])
        await self._connections.cut_all()

    def __enter__(self) -> StandIn:
        """Start serving and return once requests are answered."""
        self._thread.start()
        deadline = time.monotonic() + START_TIMEOUT_S
        while not self._server.started:
            if time.monotonic() > deadline or not self._thread.is_alive():
                raise RuntimeError("the stand-in did not start")
            time.sleep(0.005)
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Stop serving; open connections are cut."""
        self._server.force_exit = True
        self._server.should_exit = True
        self._thread.join(START_TIMEOUT_S)
        self._socket.close()

    # -- what a test asks and tells

    @property
    def calls(self) -> list[ReceivedRequest]:
        """Every request that asked to ring a phone, whatever was answered."""
        with self._lock:
            return [request for request in self.requests if request.is_call]

    @property
    def key_checks(self) -> list[ReceivedRequest]:
        """Every request to the method with neither phone nor number."""
        with self._lock:
            return [request for request in self.requests if request.is_key_check]

    def behave(
        self,
        kind: Kind,
        *,
        status: int | None = None,
        seconds: float = 0.0,
        text: str | None = None,
        times: int = 1,
    ) -> None:
        """Misbehave so at the next `times` requests (not warm-ups); several behaviours are kept in order."""
        self._behaviours.extend([Behaviour(kind, status, seconds, text)] * times)

    def forget(self) -> None:
        """Start with a clean slate: nothing received, no misbehaviour waiting."""
        with self._lock:
            self.requests.clear()
            self.warm_ups.clear()
        self._behaviours.clear()

    # -- serving

    async def _application(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if request.url.path.startswith("/_stand_in/"):
            response = await self._control(request)
        elif request.method == "HEAD":
            with self._lock:
                self.warm_ups.append(self._receive_header(request))
            response = Response()
        elif request.method == "GET" and request.url.path == "/":
            response = HTMLResponse(FRONT_PAGE)
        else:
            try:
                answered = await self._api(request)
            except ClientDisconnect:
                return
            if answered is None:
                return
            response = answered
        await response(scope, receive, send)

    async def _api(self, request: Request) -> Response | None:
        received = self._receive_header(request)
        with self._lock:
            self.requests.append(received)
            behaviour = self._behaviours.popleft() if self._behaviours else None
        wire = self._wire(request)
        if behaviour and behaviour.kind == "drop_before_reading":
            received.answered = behaviour.kind
            await wire.hang_up()
            return None
        await self._receive_body(request, received)
        if behaviour and (instead := as_response(behaviour, str(request.url))):
            received.answered = behaviour.kind
            return instead
        if behaviour and behaviour.kind == "delay":
            await asyncio.sleep(behaviour.seconds)
        usual = self._usual(received)
        received.answered = behaviour.kind if behaviour and behaviour.kind != "delay" else _named(usual)
        if behaviour and await wire.fail(behaviour, usual):
            return None
        return Response(usual.text, usual.status, media_type="application/json")

    def _usual(self, received: ReceivedRequest) -> Answer:
        if received.path != INITIATE_PATH or received.method not in {"GET", "POST"}:
            return DOCUMENTED[404]
        decided = answer(
            received.parameters,
            valid_key=self.valid_key,
            powerless_key=self.powerless_key,
            registered_phones=self.registered_phones,
            order=self.order,
            unavailable_status=self.unavailable_status,
        )
        if decided.status == 200 and self._announce:
            phone, number = received.parameters["origin"], received.parameters["destination"]
            by_itself = " (it answers by itself)" if str(received.parameters.get("autoAnswer")) == "1" else ""
            self._announce(f"{phone} rings, then dials {number}{by_itself}")
        return decided

    def _receive_header(self, request: Request) -> ReceivedRequest:
        return ReceivedRequest(
            method=request.method,
            path=request.url.path,
            query=request.url.query,
            headers=dict(request.headers),
            at_s=time.time(),
            parameters=dict(parse_qsl(request.url.query)),
            connection=self._connections.number(client_of(request.scope)),
        )

    async def _receive_body(self, request: Request, received: ReceivedRequest) -> None:
        raw = await request.body()
        if request.headers.get("content-type", "").startswith("application/json"):
            try:
                received.body = json.loads(raw)
            except ValueError:
                received.body = None
        elif raw:
            received.body = dict(parse_qsl(raw.decode()))
        if isinstance(received.body, dict):
            received.parameters |= received.body

    def _wire(self, request: Request) -> Wire:
        async def gone() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass

        return Wire(self._connections.transport(client_of(request.scope)), gone)

    async def _control(self, request: Request) -> Response:
        if request.url.path == "/_stand_in/behaviour" and request.method == "POST":
            try:
                self.behave(**await request.json())
            except (TypeError, ValueError) as error:
                return JSONResponse({"error": str(error)}, 400)
        elif request.url.path == "/_stand_in/forget" and request.method == "POST":
            self.forget()
        elif request.url.path != "/_stand_in/requests":
            return JSONResponse({"error": "no such control"}, 404)
        return JSONResponse(self._as_json())

    def _as_json(self) -> dict[str, Any]:
        with self._lock:
            return {
                "requests": [request.as_json() for request in self.requests],
                "warm_ups": [request.as_json() for request in self.warm_ups],
                "behaviours_waiting": len(self._behaviours),
            }


def _named(usual: Answer) -> str:
    return "queued" if usual.status == 200 else str(usual.status)

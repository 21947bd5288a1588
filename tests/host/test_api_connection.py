"""What the connection to MaxoTel does when the network fails, and how often it sends."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from typing import Any

import pytest

from native_host.maxo_api import MaxoApi
from tests.host.api_calls import (
    KEY,
    LONG_S,
    SHORT_S,
    call,
    closed_port,
    outcome_of,
    wait_for_late_senders,
)
from tests.host.raw_server import QUEUED, QUEUED_BODY, RawServer, Script, after_reading, read_request, reset
from tests.maxo_stand_in import Kind, StandIn


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def maxo() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        stand_in.valid_key = KEY
        yield stand_in


# -- something may have been sent


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("drop_before_reading", "connection_lost"),
        ("drop_after_reading", "connection_lost"),
        ("drop_half_header", "connection_lost"),
        ("drop_half_body", "connection_lost"),
        ("never_answer", "no_answer"),
        ("trickle", "no_answer"),
    ],
)
def test_an_answer_that_is_lost_leaves_the_outcome_unknown(maxo: StandIn, kind: Kind, code: str) -> None:
    maxo.behave(kind, seconds=0.05)
    deadline_s = SHORT_S if code == "no_answer" else LONG_S

    assert outcome_of(call(maxo.url, deadline_s=deadline_s)) == ("unknown", code)
    wait_for_late_senders()
    assert len(maxo.requests) == 1


def test_an_answer_that_is_slow_but_in_time_counts(maxo: StandIn) -> None:
    maxo.behave("delay", seconds=0.3)

    assert outcome_of(call(maxo.url)) == ("queued", None)


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br"])
def test_an_answer_that_is_compressed_unasked_is_read_if_it_can_be(encoding: str) -> None:
    compressed = {"gzip": gzip.compress(QUEUED_BODY), "deflate": zlib.compress(QUEUED_BODY)}.get(
        encoding, b"{}"
    )
    header = f"HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\ncontent-length: {len(compressed)}\r\n\r\n"

    with RawServer(after_reading(header.encode() + compressed)) as server:
        answer = call(server.url)

    unread = ("unknown", "unexpected_answer")
    assert outcome_of(answer) == (unread if encoding == "br" else ("queued", None))


def test_an_answer_without_end_is_not_read_to_its_end() -> None:
    def endless(connection: socket.socket, server: RawServer) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 999999999999\r\n\r\n")
        while not server.closing.is_set():
            connection.sendall(b" " * 65536)

    with RawServer(endless) as server:
        assert outcome_of(call(server.url, deadline_s=5)) == ("unknown", "unexpected_answer")


def trickled_body(connection: socket.socket, server: RawServer) -> None:
    read_request(connection)
    connection.sendall(QUEUED[:-20])
    while not server.closing.wait(0.05):
        connection.sendall(b" ")


def silent(connection: socket.socket, server: RawServer) -> None:
    read_request(connection)
    server.pause()


def reset_after_reading(connection: socket.socket, _: RawServer) -> None:
    read_request(connection)
    reset(connection)


def reset_at_first_byte(connection: socket.socket, _: RawServer) -> None:
    connection.recv(1)
    reset(connection)


@pytest.mark.parametrize(
    ("script", "deadline_s", "code"),
    [
        (reset_at_first_byte, LONG_S, "connection_lost"),
        (reset_after_reading, LONG_S, "connection_lost"),
        (silent, SHORT_S, "no_answer"),
        (trickled_body, SHORT_S, "no_answer"),
        (after_reading(b""), LONG_S, "connection_lost"),
        (after_reading(b"HTTP/1.1 200 OK\r\ncontent-le"), LONG_S, "connection_lost"),
        (after_reading(b"SSH-2.0-OpenSSH_9.2\r\n"), LONG_S, "connection_lost"),
        (after_reading(b"HTTP/1.1 200 OK\r\nx: " + b"y" * 200_000), LONG_S, "connection_lost"),
        (after_reading(b"HTTP/1.1 401 No\r\ncontent-length: 99\r\n\r\n{"), LONG_S, "connection_lost"),
    ],
)
def test_faults_below_http_leave_the_outcome_unknown_and_nothing_is_sent_again(
    script: Script, deadline_s: float, code: str
) -> None:
    with RawServer(script) as server:
        answer = call(server.url, deadline_s=deadline_s)

    assert outcome_of(answer) == ("unknown", code)
    assert len(server.received) == 1
    assert server.posts <= 1


def reset_at_once(connection: socket.socket, _: RawServer) -> None:
    reset(connection)


def test_a_reset_before_any_byte_came_is_told_as_what_the_client_knows_and_nothing_is_sent_again() -> None:
    with RawServer(reset_at_once) as server:
        answer = call(server.url)

    # It may come before the client has begun to send, or after.
    assert outcome_of(answer) in {("failed", "api_unreachable"), ("unknown", "connection_lost")}
    assert len(server.received) == 1
    assert server.posts == 0


# -- nothing was sent


def test_a_refused_connection_is_not_sent() -> None:
    assert outcome_of(call(f"http://127.0.0.1:{closed_port()}/")) == ("failed", "api_unreachable")


def test_a_name_that_does_not_resolve_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_such_name(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", no_such_name)

    assert outcome_of(call("https://myapi.maxo.invalid/")) == ("failed", "dns_failed")


def test_a_name_that_no_name_can_be_is_not_sent() -> None:
    assert outcome_of(call(f"https://{'a' * 64}.invalid/")) == ("failed", "dns_failed")


def test_a_name_that_resolves_too_late_is_never_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    resolve = socket.getaddrinfo
    late = threading.Event()

    def slow(*arguments: Any, **named: Any) -> Any:
        late.wait(10)
        return resolve(*arguments, **named)

    with RawServer(after_reading(QUEUED)) as server:
        monkeypatch.setattr(socket, "getaddrinfo", slow)
        answer = call(server.url, deadline_s=SHORT_S)
        late.set()
        wait_for_late_senders()

    assert outcome_of(answer) == ("failed", "connect_timeout")
    assert len(server.received) == 1  # the late thread did connect …
    assert server.received[0] == b""  # … and the gate kept it from sending


def hung_handshake(connection: socket.socket, server: RawServer) -> None:
    connection.recv(1)
    server.pause()


def test_a_tls_handshake_that_hangs_is_not_sent() -> None:
    with RawServer(hung_handshake) as server:
        answer = call(server.url.replace("http:", "https:"), deadline_s=SHORT_S)
        wait_for_late_senders()

    assert outcome_of(answer) == ("failed", "connect_timeout")
    assert server.posts == 0


def test_plain_http_behind_an_https_address_is_not_sent(maxo: StandIn) -> None:
    answer = call(maxo.url.replace("http:", "https:"))

    assert outcome_of(answer) == ("failed", "tls_failed")
    assert maxo.requests == []


# -- kept connections


def two_calls(url: str, *, between_s: float = 0.0) -> list[tuple[str, str | None]]:
    api = MaxoApi(url, user_agent="test")
    outcomes = []
    for destination in ("131234", "131235"):
        answer = api.initiate_call(
            api_key=KEY, origin="101", destination=destination, auto_answer=True, deadline_s=LONG_S
        )
        outcomes.append(outcome_of(answer))
        time.sleep(between_s)
    api.close()
    return outcomes


def test_a_connection_is_kept_between_calls(maxo: StandIn) -> None:
    assert two_calls(maxo.url) == [("queued", None)] * 2
    assert len({request.connection for request in maxo.calls}) == 1


def test_a_kept_connection_that_the_server_closed_is_noticed_before_anything_is_sent() -> None:
    with RawServer(after_reading(QUEUED)) as server:
        assert two_calls(server.url, between_s=0.2) == [("queued", None)] * 2

    assert [bytes(received).count(b"POST /") for received in server.received] == [1, 1]


@pytest.mark.parametrize("end", [read_request, lambda _: None])
def test_a_kept_connection_that_breaks_under_a_call_is_not_sent_again(end: Any) -> None:
    def script(connection: socket.socket, _: RawServer) -> None:
        read_request(connection)
        connection.sendall(QUEUED)
        connection.recv(1)  # the second call is under way
        end(connection)
        reset(connection)

    with RawServer(script) as server:
        assert two_calls(server.url) == [("queued", None), ("unknown", "connection_lost")]

    assert len(server.received) == 1

"""Certificates and proxies: whom the client trusts, and who gets to see the key."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from native_host.maxo_api import MaxoApi
from tests.host.api_calls import (
    KEY,
    SHORT_S,
    call,
    closed_port,
    outcome_of,
    wait_for_late_senders,
)
from tests.host.raw_server import QUEUED, RawServer, Script, after_reading, read_request, reset
from tests.maxo_stand_in import StandIn


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


def silent(connection: socket.socket, server: RawServer) -> None:
    read_request(connection)
    server.pause()


def reset_after_reading(connection: socket.socket, _: RawServer) -> None:
    read_request(connection)
    reset(connection)


@pytest.fixture
def secure_maxo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    with StandIn(tls_dir=tmp_path / "tls") as stand_in:
        stand_in.valid_key = KEY
        monkeypatch.setenv("SSL_CERT_FILE", str(stand_in.ca_file))
        yield stand_in


def test_a_certificate_that_this_machine_trusts_is_enough(secure_maxo: StandIn) -> None:
    assert outcome_of(call(secure_maxo.url)) == ("queued", None)


def test_a_certificate_of_an_unknown_authority_is_not_sent_to(
    secure_maxo: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")

    assert outcome_of(call(secure_maxo.url)) == ("failed", "tls_failed")
    assert secure_maxo.requests == []


def test_a_certificate_of_another_host_is_not_sent_to(
    secure_maxo: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda _, *rest, **named: resolve("127.0.0.1", *rest, **named))

    answer = call(f"https://myapi.maxo.invalid:{secure_maxo.port}/")

    assert outcome_of(answer) == ("failed", "tls_failed")
    assert secure_maxo.requests == []


@pytest.mark.parametrize(
    "script",
    [
        after_reading(b"HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"),
        after_reading(b"HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n"),
        after_reading(b""),
        reset_after_reading,
    ],
)
def test_a_proxy_that_fails_was_told_neither_key_nor_number(
    script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RawServer(script) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        answer = call("https://myapi.maxo.invalid/")

    assert outcome_of(answer) == ("failed", "proxy_failed")
    assert proxy.received[0].startswith(b"CONNECT myapi.maxo.invalid:443 ")
    assert KEY.encode() not in proxy.received[0]


def test_a_proxy_that_hangs_is_not_sent_to(monkeypatch: pytest.MonkeyPatch) -> None:
    with RawServer(silent) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        answer = call("https://myapi.maxo.invalid/", deadline_s=SHORT_S)
        wait_for_late_senders()

    assert answer.outcome == "failed"
    assert answer.code in {"connect_timeout", "proxy_failed"}  # whichever notices first
    assert proxy.posts == 0


def test_a_proxy_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{closed_port()}")

    assert outcome_of(call("https://myapi.maxo.invalid/")) == ("failed", "proxy_failed")


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "ftp://127.0.0.1", "http://a:b"])
def test_a_proxy_setting_that_cannot_be_used_is_named(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", proxy)
    api = MaxoApi("https://myapi.maxo.invalid/", user_agent="test")

    api.prepare()
    api.warm_up()

    assert outcome_of(call("https://myapi.maxo.invalid/")) == ("failed", "proxy_failed")


def test_a_plain_address_on_this_machine_never_goes_through_a_proxy(
    maxo: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RawServer(after_reading(QUEUED)) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url)
        monkeypatch.setenv("all_proxy", proxy.url)
        call(maxo.url)

    assert len(maxo.calls) == 1
    assert proxy.received == []


def test_through_a_proxy_the_key_travels_inside_tls(
    secure_maxo: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tunnel(connection: socket.socket, _: RawServer) -> None:
        read_request(connection)
        with socket.create_connection(("127.0.0.1", secure_maxo.port)) as far:
            connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=pump, args=(far, connection), daemon=True)
            back.start()
            pump(connection, far)
            far.shutdown(socket.SHUT_RDWR)
            back.join(5)

    with RawServer(tunnel) as proxy:
        monkeypatch.setenv("https_proxy", proxy.url)
        answer = call(secure_maxo.url)

    assert outcome_of(answer) == ("queued", None)
    assert len(secure_maxo.calls) == 1
    assert b"CONNECT 127.0.0.1:" in proxy.received[0]
    assert KEY.encode() not in proxy.received[0]


def pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while part := source.recv(65536):
            sink.sendall(part)
    except OSError:
        return

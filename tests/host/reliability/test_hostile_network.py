"""The whole host on a network that lies, stalls and floods: each fault has its code, nobody gets the key."""

from __future__ import annotations

import contextlib
import datetime
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import trustme

from tests.e2e.desktop import Desktop
from tests.host.host_process import PATIENCE_S, ROOT, HostProcess
from tests.host.placing import KEY, placing, until
from tests.host.raw_server import RawServer, Script, after_reading, read_request
from tests.host.reliability.call_runs import DEADLINE_S, IMPATIENT
from tests.maxo_stand_in import StandIn

MEBIBYTE = 1024 * 1024
LOADED_BYTES = 80 * MEBIBYTE  # a host that has called has about 45
TEN_GB = 10**10
LATE_S = 0.3  # for a slow machine to send what it should not
YESTERDAY = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)

HostAt = Callable[..., HostProcess]


@pytest.fixture
def host_at(session: Desktop) -> Iterator[HostAt]:
    """Starts a host that calls this address, with the key stored for it."""
    running: list[HostProcess] = []

    def start(base_url: str, code: str | None = None, **environment: str) -> HostProcess:
        settings = session.home / ".config" / "maxo-click-to-call" / "settings.toml"
        settings.parent.mkdir(parents=True, exist_ok=True)
        phone = '{ number = "101", label = "Desk", auto_answer = true }'
        settings.write_text(f'api_base_url = "{base_url}"\nphones = [{phone}]\ncalls_per_minute = 60\n')
        running.append(HostProcess(session.home, environment=session.environment | environment, code=code))
        assert running[-1].result("set_api_key", api_key=KEY) == {"key": "stored"}
        return running[-1]

    yield start
    for host in running:
        host.__exit__()


_numbers = iter(range(10_000_000, 99_999_999))


def end_of_call(host: HostProcess) -> tuple[str, str | None]:
    """How a call to a number that was not called before ends."""
    number = f"02{next(_numbers)}"
    said = host.result("place_call", **placing(number, number))
    assert host.result("get_call", attempt=said["attempt"])["code"] == said["code"]
    return said["outcome"], said["code"]


# -- certificates


def server_with_certificate(authority: trustme.CA, *names: str, **options: Any) -> RawServer:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, **options).configure_cert(context)
    return RawServer(after_reading(b""), tls=context)


@pytest.mark.parametrize(
    ("names", "options", "trusted"),
    [
        (("127.0.0.1",), {}, False),
        (("elsewhere.example",), {}, True),
        (("127.0.0.1",), {"not_after": YESTERDAY}, True),
    ],
    ids=["of a stranger", "of another host", "out of date"],
)
def test_a_wrong_certificate_is_not_sent_to(
    host_at: HostAt, tmp_path: Path, names: tuple[str, ...], options: dict[str, Any], trusted: bool
) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    environment = {"SSL_CERT_FILE": str(tmp_path / "ca.pem")} if trusted else {}
    with server_with_certificate(authority, *names, **options) as server:
        host = host_at(server.url, **environment)

        assert end_of_call(host) == ("failed", "tls_failed")
        assert host.ask("check_api_key")["error"]["reasons"] == ["tls_failed"]
        assert set(map(bytes, server.received)) == {b""}


def test_plain_http_where_https_should_be_is_not_sent_to(host_at: HostAt) -> None:
    with StandIn() as maxo:
        assert end_of_call(host_at(maxo.url.replace("http:", "https:"))) == ("failed", "tls_failed")
        assert maxo.requests == []


# -- other addresses


@pytest.mark.parametrize(
    "address",
    [
        "http://192.0.2.1/",
        "http://myapi.maxo.com.au/",
        "http://127.0.0.1@192.0.2.1/",
        "http://127.0.0.1.maxo.invalid/",
        "https://maxo.invalid/",
        "https://myapi.maxo.com.au.maxo.invalid/",
    ],
)
def test_an_address_that_the_key_may_not_be_sent_to_is_not_used(
    host_at: HostAt, session: Desktop, address: str
) -> None:
    with StandIn() as maxo:
        host = host_at(maxo.url)
        settings = session.home / ".config" / "maxo-click-to-call" / "settings.toml"
        settings.write_text(settings.read_text().replace(maxo.url, address))

        status = host.result("get_status")
        assert [notice["code"] for notice in status["notices"]] == ["setting_ignored"]
        assert status["api_host"] == "myapi.maxo.com.au"  # the default, for which there is no key
        assert end_of_call(host) == ("failed", "no_api_key")
        refused = subprocess.run(
            [sys.executable, "-m", "native_host.cli", "settings", "set", "api_base_url", address],
            cwd=ROOT, env=session.environment, capture_output=True, timeout=PATIENCE_S,
        )  # fmt: skip
        assert refused.returncode == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_an_error_and_nobody_else_gets_the_key(host_at: HostAt, status: int) -> None:
    with StandIn() as maxo, StandIn() as elsewhere:
        maxo.valid_key = KEY
        maxo.behave("redirect", status=status, text=f"{elsewhere.url}calls/initiate/")

        assert end_of_call(host_at(maxo.url)) == ("failed", "redirected")
        assert len(maxo.calls) == 1
        assert elsewhere.requests == elsewhere.warm_ups == []


# -- floods and stalls


def flood(header: bytes, part: bytes) -> Script:
    def script(connection: socket.socket, server: RawServer) -> None:
        read_request(connection)
        connection.sendall(header)
        while not server.closing.is_set():
            connection.sendall(part)

    return script


def trickle(at_once: bytes) -> Script:
    def script(connection: socket.socket, server: RawServer) -> None:
        read_request(connection)
        connection.sendall(at_once)
        while not server.closing.wait(0.02):
            connection.sendall(b"x")

    return script


OK = b"HTTP/1.1 200 OK\r\n"
BLANKS = b" " * 65536


@pytest.mark.parametrize(
    ("script", "code"),
    [
        (flood(OK + b"content-length: %d\r\n\r\n" % TEN_GB, BLANKS), "unexpected_answer"),
        (
            flood(OK + b"transfer-encoding: chunked\r\n\r\n", b"10000\r\n" + BLANKS + b"\r\n"),
            "unexpected_answer",
        ),
        (flood(OK, b"x-more: " + b"y" * 4000 + b"\r\n"), "connection_lost"),
        (flood(b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 500), "no_answer"),
        (trickle(b""), "no_answer"),
        (trickle(OK + b"x-more: "), "no_answer"),
        (trickle(OK + b"content-length: 60000\r\n\r\n"), "no_answer"),
    ],
    ids=[
        "10 GB",
        "chunks without end",
        "headers without end",
        "interim answers without end",
        "a trickled status",
        "a trickled header",
        "a trickled body",
    ],
)
def test_an_answer_that_floods_or_trickles_is_left_in_time_and_costs_no_memory(
    host_at: HostAt, script: Script, code: str
) -> None:
    with RawServer(script) as server:
        host = host_at(server.url, IMPATIENT)

        assert end_of_call(host) == ("unknown", code)
        assert server.posts == 1
        status = Path(f"/proc/{host.process.pid}/status").read_text()
        (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
        assert int(peak) * 1024 < LOADED_BYTES


def never_shake_hands(connection: socket.socket, server: RawServer) -> None:
    connection.recv(1)
    server.pause()


def test_a_server_that_takes_the_connection_and_says_nothing_was_sent_nothing(host_at: HostAt) -> None:
    with RawServer(never_shake_hands) as server:
        host = host_at(server.url.replace("http:", "https:"), IMPATIENT)

        assert end_of_call(host) == ("failed", "connect_timeout")
        assert KEY.encode() not in b"".join(server.received)


# -- names

WITH_NAMES = """
import socket, threading
def getaddrinfo(*arguments, **named):
    {deed}
socket.getaddrinfo = getaddrinfo
"""


@pytest.mark.parametrize(
    ("deed", "code"),
    [
        ('raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")', "dns_failed"),
        ('raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")', "dns_failed"),
        ("threading.Event().wait()", "connect_timeout"),
    ],
    ids=["no such name", "no name server", "a name server that is silent"],
)
def test_a_name_that_is_not_found_is_told_as_such(host_at: HostAt, deed: str, code: str) -> None:
    host = host_at("https://myapi.maxo.com.au/", WITH_NAMES.format(deed=deed) + IMPATIENT)

    assert end_of_call(host) == ("failed", code)


RESOLVING_LATE = f"""
import socket, time
resolve = socket.getaddrinfo
def getaddrinfo(*arguments, **named):
    time.sleep({1.3 * DEADLINE_S})
    return resolve(*arguments, **named)
socket.getaddrinfo = getaddrinfo
"""


def test_a_name_that_is_found_after_the_call_was_given_up_is_not_sent_to(host_at: HostAt) -> None:
    with RawServer(after_reading(b"")) as server:
        host = host_at(server.url, RESOLVING_LATE + IMPATIENT)

        assert end_of_call(host) == ("failed", "connect_timeout")
        until(lambda: server.received)  # the late thread did connect
        time.sleep(LATE_S)
        assert set(map(bytes, server.received)) == {b""}


# -- proxies


def test_a_proxy_that_asks_for_a_password_is_named_and_not_given_the_key(host_at: HostAt) -> None:
    wants_password = (
        b"HTTP/1.1 407 Proxy Authentication Required\r\n"
        b'proxy-authenticate: Basic realm="office"\r\ncontent-length: 0\r\n\r\n'
    )
    with RawServer(after_reading(wants_password)) as proxy:
        host = host_at("https://myapi.maxo.com.au/", https_proxy=proxy.url)

        assert end_of_call(host) == ("failed", "proxy_failed")
        assert host.ask("check_api_key")["error"]["reasons"] == ["proxy_failed"]
        assert {bytes(received)[:8] for received in proxy.received} == {b"CONNECT "}
        assert KEY.encode() not in b"".join(proxy.received)


def test_a_proxy_that_looks_into_tls_by_a_certificate_of_its_own_is_not_given_the_key(
    host_at: HostAt, tmp_path: Path
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("myapi.maxo.com.au").configure_cert(context)
    heard = bytearray()

    def script(connection: socket.socket, server: RawServer) -> None:
        read_request(connection)
        connection.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        spoken = context.wrap_bio(incoming, outgoing, server_side=True)
        while part := connection.recv(65536):
            incoming.write(part)
            with contextlib.suppress(ssl.SSLWantReadError):
                heard.extend(spoken.read())
            connection.sendall(outgoing.read())

    with RawServer(script) as proxy:
        host = host_at("https://myapi.maxo.com.au/", https_proxy=proxy.url)

        assert end_of_call(host) == ("failed", "tls_failed")
        assert heard == b""
        assert KEY.encode() not in b"".join(proxy.received)

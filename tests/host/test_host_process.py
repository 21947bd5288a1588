"""The host as a process: what it makes of every kind of bytes, and how it ends."""

import os
import pty
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.host.host_process import HELLO, PATIENCE_S, ROOT, HostProcess, encoded, framed

FAST_HELLO = encoded({"id": 0, **HELLO})


@pytest.fixture
def host(tmp_path: Path) -> Iterator[HostProcess]:
    with HostProcess(tmp_path) as process:
        yield process


def test_the_usual_hello_and_any_other_spelling_get_the_same_answer(host: HostProcess) -> None:
    host.write(framed(FAST_HELLO))
    fast = host.reply()

    assert fast["id"] == 0
    general = host.result("hello", protocol_version=1, extension_version="0.1 (unpacked)")
    assert fast["result"] == general


def test_a_hello_of_another_version_is_told_to_update_both(host: HostProcess) -> None:
    host.write(framed(FAST_HELLO.replace(b'"protocol_version":1', b'"protocol_version":2')))

    assert host.reply()["error"]["code"] == "unsupported_protocol"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'"hello"',
        b"[" * 100_000,
        b'{"id":1,"type":"get_status","type":"get_status"}',
        b'{"id":NaN,"type":"get_status"}',
        b'{"id":1e400,"type":"get_status"}',
        b'{"id":' + b"9" * 10_000 + b',"type":"get_status"}',
        FAST_HELLO.replace(b"0.1.0", b'0.1"0'),
    ],
    ids=lambda body: str(body[:30]),
)
def test_bytes_that_are_no_request_get_an_error_and_the_next_request_its_answer(
    host: HostProcess, body: bytes
) -> None:
    host.write(framed(body))
    reply = host.reply()

    assert (reply["ok"], reply["error"]["code"]) == (False, "bad_request")
    assert host.result("get_settings")["settings"]["region"] == "AU"


@pytest.mark.parametrize("first", [True, False], ids=["as the first frame", "later"])
def test_an_oversized_request_is_dropped_and_said_without_being_kept(host: HostProcess, first: bool) -> None:
    if not first:
        host.result("get_settings")
    host.write(framed(b"x" * (20 * 1024 * 1024)))

    assert host.reply() == {
        "id": None,
        "ok": False,
        "error": {"code": "bad_request", "message": "A request of 20971520 bytes is longer than 1048576."},
    }
    assert host.result("get_settings")["settings"]["region"] == "AU"
    status = Path(f"/proc/{host.process.pid}/status").read_text()
    (peak,) = (line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    assert int(peak) < 100 * 1024  # KiB: far less than if it were kept and decoded


@pytest.mark.parametrize("first", [True, False], ids=["as the first frame", "later"])
def test_a_length_of_4_gib_is_no_frame_and_ends_the_host(host: HostProcess, first: bool) -> None:
    if not first:
        host.result("get_settings")
    host.write(struct.pack("=I", 0xFFFFFFFF))

    reply = host.reply()
    assert (reply["id"], reply["error"]["code"]) == (None, "bad_frame")
    assert host.wait() == 0


@pytest.mark.parametrize("sent", [b"", b"\x10", framed(FAST_HELLO)[:20]], ids=["nothing", "header", "body"])
def test_a_stream_that_ends_anywhere_ends_the_host_in_silence(host: HostProcess, sent: bytes) -> None:
    host.write(sent)
    host.close_port()

    assert host.wait() == 0
    assert host.has_said_all()
    assert host.errors == ""


def test_a_newer_request_is_told_that_this_host_is_older(host: HostProcess) -> None:
    assert host.error_code("transfer_call", limit=1) == "unknown_type"


def test_the_reply_to_a_request_that_broke_the_rules_carries_its_id(host: HostProcess) -> None:
    assert host.error_code("get_status", verbose=True) == "bad_request"


PRINTING = """
import os, subprocess
from native_host import __main__, handlers
usual = handlers.Handlers.handle
def printing(self, request):
    print("a library's banner", flush=True)
    os.write(1, b"\\n")
    subprocess.run(["/bin/echo", "a program's output"])
    return usual(self, request)
handlers.Handlers.handle = printing
__main__.main()
"""


def test_what_a_library_prints_never_reaches_the_browser(tmp_path: Path) -> None:
    with HostProcess(tmp_path, code=PRINTING) as host:
        assert host.result("get_settings")["settings"]["region"] == "AU"
        assert host.result("get_settings")["settings"]["region"] == "AU"
        host.close_port()
        assert host.wait() == 0
        assert host.has_said_all()
        assert "a library's banner" in host.errors
        assert "a program's output" in host.errors


READING_STDIN = """
import os, sys
from native_host import __main__, handlers
usual = handlers.Handlers.handle
def reading(self, request):
    assert sys.stdin.read() == ""
    return usual(self, request)
handlers.Handlers.handle = reading
__main__.main()
"""


def test_what_a_library_reads_from_stdin_is_not_the_browsers(tmp_path: Path) -> None:
    with HostProcess(tmp_path, code=READING_STDIN) as host:
        assert host.result("get_settings")["settings"]["region"] == "AU"


def test_a_fault_of_the_host_is_one_error_reply_and_a_traceback_in_the_log(tmp_path: Path) -> None:
    code = PRINTING.replace('print("a library\'s banner", flush=True)', "raise LookupError('0299998888')")
    with HostProcess(tmp_path, code=code) as host:
        reply = host.ask("get_settings")
        assert reply["error"] == {
            "code": "internal",
            "message": "The helper made a mistake. It is in its log.",
        }
        assert host.error_code("get_settings") == "internal"
    (log,) = tmp_path.rglob("host.log")
    text = log.read_text("utf-8")
    assert "LookupError: •••••••888" in text
    assert "Traceback" in text


def test_a_host_that_cannot_be_built_says_so_to_every_request(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['native_host.policy'] = None\nfrom native_host.__main__ import main; main()"
    )
    with HostProcess(tmp_path, code=code) as host:
        for _ in range(2):
            reply = host.ask("get_settings")
            assert reply["error"]["code"] == "internal"
            assert "Install it again" in reply["error"]["message"]


WITH_ENDLESS_GRACE = """
from native_host import __main__, server
server.GRACE_S = 3600
__main__.main()
"""


def test_an_idle_host_waits_for_nothing_when_the_port_is_closed(tmp_path: Path) -> None:
    with HostProcess(tmp_path, code=WITH_ENDLESS_GRACE) as host:
        host.result("get_settings")
        host.close_port()
        assert host.wait() == 0


def test_a_host_started_by_hand_says_what_it_is() -> None:
    controller, terminal = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-I", ROOT / "native_host" / "__main__.py"],
            stdin=terminal,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE_S,
        )
    finally:
        os.close(controller)
        os.close(terminal)

    assert done.returncode == 2
    assert "For the command line, use maxo-call" in done.stderr


def test_sigterm_ends_the_host(host: HostProcess) -> None:
    host.result("get_settings")
    host.process.send_signal(signal.SIGTERM)

    assert host.wait() == -signal.SIGTERM

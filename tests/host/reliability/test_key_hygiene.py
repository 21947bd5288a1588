"""A whole session with a canary as the key; then it is searched for wherever it could have been left."""

from __future__ import annotations

import contextlib
import gzip
import json
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop
from tests.host.host_process import PATIENCE_S, ROOT
from tests.host.placing import placing, until
from tests.host.raw_server import RawServer, after_reading
from tests.host.reliability.overheard_session import TALKATIVE, TELLTALE, Session
from tests.maxo_stand_in import ReceivedRequest, StandIn
from tests.maxo_stand_in.behaviour import KINDS
from tests.secret_search import ProcessWatch, find_in_folders, forms_in, new_canary, writings_of

COMMANDS = (
    ("key", "check"),
    ("call", "0299998888", "--yes"),
    ("settings", "show"),
    ("history", "--json"),
    ("doctor",),
    ("doctor", "--json"),
)


@pytest.fixture
def canary() -> str:
    return new_canary()


@pytest.fixture
def person(canary: str) -> Iterator[Session]:
    desktop = Desktop()
    try:
        with StandIn() as maxo:
            maxo.valid_key = canary
            session = Session(desktop, maxo)
            yield session
            session.close()
    finally:
        desktop.close()


def is_keyring(file: Path) -> bool:
    """Whether the file is the keyring's own, which is encrypted by it."""
    return "keyrings" in file.parts


def everything_found(person: Session, canary: str, watch: ProcessWatch, places: list[StandIn]) -> list[str]:
    person.close()
    requests = [
        f"{one.method} {one.path}?{one.query} {one.headers}"
        for place in places
        for one in [*place.requests, *place.warm_ups]
    ]
    said = [f"said: {form}" for form in forms_in("\n".join(person.words).encode(), canary)]
    sent = [f"in an address or header: {form}" for form in forms_in("\n".join(requests).encode(), canary)]
    kept = find_in_folders(canary, [person.desktop.folder], leave_out=is_keyring)
    return said + sent + kept + watch.find(canary)


def spend_a_day(person: Session, canary: str) -> None:
    """Use everything that touches the key, and meet every fault on the way."""
    assert person.command("key", "set", "--stdin", stdin=f"{canary}\n") == 0
    for words in COMMANDS:
        person.command(*words)
    person.command("doctor", "--bundle", str(person.desktop.home / "bundle.zip"))
    assert (person.desktop.home / "bundle.zip").exists()
    host = person.host()
    assert host.result("set_api_key", api_key=canary) == {"key": "stored"}
    assert host.result("check_api_key")["verdict"] == "answered"
    for number, kind in enumerate(KINDS):
        text = {"body": json.dumps({"status": 0, "error": f"no such key: {canary}"}), "redirect": None}.get(
            kind
        )
        person.maxo.behave(kind, seconds=0.01, text=text)
        number_written = f"0299{number:06}"
        host.result("place_call", **placing(number_written, number_written, confirmed=["burst"]))
    host.ask("set_api_key", api_key=f"{canary} with a blank")
    host.ask("set_api_key", api_key=canary, surplus=canary)
    host.ask("place_call", **placing(canary, canary))
    person.maxo.valid_key = "another"
    host.ask("check_api_key")
    host.ask("place_call", **placing("0298887777", "0298887777", confirmed=["burst"]))
    person.maxo.valid_key = canary
    person.host(TELLTALE).ask("place_call", **placing("0298887776", "0298887776", confirmed=["burst"]))
    host.ask("diagnose")
    host.ask("get_status")
    assert host.result("list_calls", limit=50, before=None, search=None)["calls"]
    crash_under_way(person)


def crash_under_way(person: Session) -> None:
    """End two hosts in the middle of a call: one is killed, one crashes."""
    for end, destination in ((signal.SIGKILL, "0298887770"), (signal.SIGABRT, "0298887771")):
        host = person.host()
        host.result("check_api_key")  # all is loaded
        before = len(person.maxo.requests)
        person.maxo.behave("never_answer")
        host.post("place_call", **placing(destination, destination, confirmed=["burst"]))
        until(lambda before=before: len(person.maxo.requests) > before)  # type: ignore[misc]  # binds this turn's value
        host.process.send_signal(end)
        host.process.wait(PATIENCE_S)


def test_after_a_day_with_every_fault_the_key_is_nowhere_but_in_the_keyring_and_in_request_bodies(
    person: Session, canary: str
) -> None:
    with ProcessWatch(person.desktop.home) as watch:
        spend_a_day(person, canary)

        assert everything_found(person, canary, watch, [person.maxo]) == []
    assert len(person.maxo.calls) > len(KINDS)
    assert all(call.body is None or call.body["key"] for call in person.maxo.calls)
    log = "".join(file.read_text("utf-8") for file in person.desktop.home.rglob("host.log*"))
    assert "DEBUG" in log
    assert "some.library: talks a lot" in log


def test_https_to_a_stranger_leaves_no_trace_of_the_key_either(
    person: Session, canary: str, tmp_path: Path
) -> None:
    with StandIn(tls_dir=tmp_path) as stranger, ProcessWatch(person.desktop.home) as watch:
        person.use(stranger.url)
        person.command("key", "set", "--stdin", stdin=f"{canary}\n")
        host = person.host()
        assert host.result("place_call", **placing())["code"] == "tls_failed"
        assert host.error_code("check_api_key") == "api_unreachable"
        with RawServer(after_reading(b"HTTP/1.1 407 No\r\ncontent-length: 0\r\n\r\n")) as proxy:
            behind = person.host(https_proxy=proxy.url)
            assert behind.result("place_call", **placing())["code"] == "proxy_failed"
            assert forms_in(b"".join(proxy.received), canary) == []

        assert everything_found(person, canary, watch, [person.maxo, stranger]) == []
    assert stranger.requests == []


# A host that may write as much of its memory to disk as the machine allows, into its own home.
MAY_DUMP = f"""
import os, resource, sys
sys.path.insert(0, {str(ROOT)!r})
allowed = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (allowed, allowed))
os.chdir(os.environ["HOME"])
"""


def test_a_crash_leaves_no_image_of_the_memory_that_has_the_key(person: Session, canary: str) -> None:
    bare = subprocess.run(
        [sys.executable, "-c", f"{MAY_DUMP}\nos.abort()"], env=person.desktop.environment, timeout=PATIENCE_S
    )
    images = list(person.desktop.home.glob("core*"))
    if bare.returncode != -signal.SIGABRT or not images:
        pytest.skip("this machine keeps no memory images in files")
    for image in images:
        image.unlink()
    host = person.host(MAY_DUMP + TALKATIVE)
    host.result("set_api_key", api_key=canary)
    host.result("place_call", **placing())

    host.process.send_signal(signal.SIGABRT)
    assert host.process.wait(PATIENCE_S) == -signal.SIGABRT

    assert find_in_folders(canary, [person.desktop.home], leave_out=is_keyring) == []


def test_the_search_finds_a_key_wherever_it_was_left(person: Session, canary: str, tmp_path: Path) -> None:
    for name, form in writings_of(canary).items():
        (tmp_path / name).write_bytes(b"before " + form + b" after")
    (tmp_path / f"named after {canary}").touch()
    (tmp_path / "log.gz").write_bytes(gzip.compress(canary.encode() * 2))
    with zipfile.ZipFile(tmp_path / "bundle.zip", "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("notes", canary * 2)
    found = find_in_folders(canary, [tmp_path])
    assert {Path(line.split(":")[0]).name for line in found} >= {
        *writings_of(canary), f"named after {canary}", "log.gz unpacked", "notes",
    }  # fmt: skip

    for arguments, environment in (["-c", f"'{canary}'; input()"], {}), (["-c", "input()"], {"KEY": canary}):
        with ProcessWatch(person.desktop.home) as watch, told(person, arguments, environment):
            until(lambda watch=watch: watch.find(canary))  # type: ignore[misc]  # binds this turn's value
    person.words.append(f"oops {canary}")
    person.maxo.warm_ups.append(ReceivedRequest("HEAD", "/", "", {"authorization": canary}, at_s=0.0))
    assert len(everything_found(person, canary, watch, [person.maxo])) >= 4


@contextlib.contextmanager
def told(person: Session, arguments: list[str], environment: dict[str, str]) -> Iterator[None]:
    """A program that was given something, as long as it is needed."""
    program = subprocess.Popen(
        [sys.executable, *arguments], env=person.desktop.environment | environment, stdin=subprocess.PIPE
    )
    try:
        yield
    finally:
        program.communicate(b"\n", timeout=PATIENCE_S)

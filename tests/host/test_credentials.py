"""The API key in a real keyring, in each state that a keyring can be in; nothing in plain text."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from native_host import credentials
from tests.e2e.desktop import Desktop

ROOT = Path(__file__).parents[2]
HOST = "myapi.maxo.com.au"
RESELLER = "myapi.voipportal.com.au"
KEY = "key-0123-that-nobody-may-see"

# Runs the steps that it reads and says what each gave. Its own process, as a key is read once a process.
PROCESS = """
import json, os, sys
from native_host import credentials
from native_host.errors import HostError
said = []
for name, *arguments in json.load(sys.stdin):
    late = {} if name == "key_state" else {"timeout_s": float(os.environ.get("LATE_S", 20))}
    try:
        said.append(getattr(credentials, name)(*arguments, **late))
    except HostError as error:
        said.append(error.code)
print(json.dumps(said), flush=True)
os._exit(0)
"""


def run(environment: dict[str, str], *steps: tuple[str, ...]) -> list[str | None]:
    done = subprocess.run(
        [sys.executable, "-c", PROCESS],
        env=environment,
        cwd=ROOT,
        input=json.dumps(steps),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert KEY not in done.stderr
    said: list[str | None] = json.loads(done.stdout)
    return said


@pytest.fixture
def desktop() -> Iterator[Desktop]:
    session = Desktop()
    try:
        yield session
    finally:
        session.close()


# -- a keyring that works


def test_a_stored_key_is_read_by_the_next_process_and_deleted_by_the_one_after(desktop: Desktop) -> None:
    assert run(desktop.environment, ("store_api_key", HOST, KEY)) == [None]
    assert run(desktop.environment, ("read_api_key", HOST)) == [KEY]
    assert run(desktop.environment, ("delete_api_key", HOST), ("read_api_key", HOST)) == [None, "no_api_key"]
    assert run(desktop.environment, ("read_api_key", HOST)) == ["no_api_key"]


def test_deleting_a_key_that_is_not_there_is_no_error(desktop: Desktop) -> None:
    assert run(desktop.environment, ("delete_api_key", HOST)) == [None]


def test_a_key_is_only_ever_given_for_the_api_host_that_it_was_stored_for(desktop: Desktop) -> None:
    steps = ("store_api_key", HOST, KEY), ("read_api_key", RESELLER), ("read_api_key", HOST)

    assert run(desktop.environment, *steps) == [None, "no_api_key", KEY]
    assert run(desktop.environment, *steps[1:]) == ["no_api_key", KEY]


def test_the_state_of_a_key_is_unknown_until_the_keyring_was_asked(desktop: Desktop) -> None:
    state = ("key_state", HOST)
    read, store, delete = ("read_api_key", HOST), ("store_api_key", HOST, KEY), ("delete_api_key", HOST)

    said = run(desktop.environment, state, read, state, store, state, delete, state)

    assert said == ["unknown", "no_api_key", "absent", None, "stored", None, "absent"]


def test_the_key_lies_nowhere_in_plain_text(desktop: Desktop) -> None:
    run(desktop.environment, ("store_api_key", HOST, KEY))

    kept = [file for file in desktop.home.rglob("*") if file.is_file()]
    assert any(file.suffix == ".keyring" for file in kept)
    assert not [file for file in kept if KEY.encode() in file.read_bytes()]


# -- a keyring that does not


def test_a_locked_keyring_is_said_to_be_locked(desktop: Desktop) -> None:
    run(desktop.environment, ("store_api_key", HOST, KEY))
    desktop.lock_keyring()

    said = run(desktop.environment, ("read_api_key", HOST), ("store_api_key", HOST, KEY), ("key_state", HOST))

    assert said == ["keyring_locked", "keyring_locked", "unknown"]


@pytest.mark.parametrize(
    "address", [None, "disabled:", "nonsense", "unix:path=/nowhere/bus", "tcp:host=127.0.0.1,port=9"]
)
def test_a_computer_without_a_bus_has_no_keyring(address: str | None, tmp_path: Path) -> None:
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    if address is not None:
        environment["DBUS_SESSION_BUS_ADDRESS"] = address

    assert run(environment, ("read_api_key", HOST)) == ["no_keyring"]
    assert run(environment, ("store_api_key", HOST, KEY), ("delete_api_key", HOST)) == ["no_keyring"] * 2


BUS = """<busconfig><type>session</type><listen>unix:path={path}</listen>
<policy context="default"><allow send_destination="*"/><allow own="*"/>{more}</policy></busconfig>"""


@pytest.mark.parametrize(
    ("policy", "late_s", "code"),
    [
        ('<allow eavesdrop="true"/>', "20", "no_keyring"),  # whole, but nobody offers a keyring on it
        ("", "1", "keyring_timeout"),  # lets the program in, then keeps every reply from it
    ],
)
def test_a_bus_without_a_keyring_on_it(policy: str, late_s: str, code: str, tmp_path: Path) -> None:
    path = tmp_path / "bus"
    (tmp_path / "bus.conf").write_text(BUS.format(path=path, more=policy))
    bus = subprocess.Popen(
        ["dbus-daemon", f"--config-file={tmp_path / 'bus.conf'}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert bus.stdout
        bus.stdout.readline()  # it listens
        assert run(bus_environment(tmp_path, path, LATE_S=late_s), ("read_api_key", HOST)) == [code]
    finally:
        bus.terminate()
        bus.communicate()


def bus_environment(home: Path, socket_path: Path, **more: str) -> dict[str, str]:
    address = f"unix:path={socket_path}"
    return {"PATH": os.environ["PATH"], "HOME": str(home), "DBUS_SESSION_BUS_ADDRESS": address, **more}


@pytest.mark.parametrize("late_s", ["0.5", "20"])
def test_a_bus_that_never_answers_is_a_timeout_whoever_notices_first(late_s: str, tmp_path: Path) -> None:
    path = tmp_path / "bus"
    with socket.socket(socket.AF_UNIX) as bus:
        bus.bind(str(path))
        bus.listen()
        said = run(bus_environment(tmp_path, path, LATE_S=late_s), ("read_api_key", HOST))

    assert said == ["keyring_timeout"]


# -- which backend


def test_a_backend_that_stores_plain_text_is_never_used(desktop: Desktop) -> None:
    for name in (
        "keyring.backends.null.Keyring",
        "keyrings.alt.file.PlaintextKeyring",
        "keyring.backends.fail.Keyring",
    ):
        environment = desktop.environment | {credentials.OVERRIDE_VARIABLE: name}
        run(environment, ("store_api_key", HOST, KEY))
        assert run(desktop.environment, ("read_api_key", HOST), ("delete_api_key", HOST)) == [KEY, None]

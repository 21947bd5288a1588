"""Twenty hosts on one journal: one guard, no lost row, no deadlock."""

import subprocess
import sys
import uuid
from collections import Counter
from pathlib import Path

import pytest

from tests.host.call_records import rows
from tests.host.host_process import ROOT


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "journal.sqlite3"


ONE_OF_MANY = """
import sys, uuid
from dataclasses import replace
from native_host.errors import ConfirmationNeeded
from pathlib import Path
from native_host import journal_file
from native_host.journal import Journal
from tests.host.call_records import SYDNEY
journal_file.BUSY_TIMEOUT_S = 60  # a slow disk of a test machine is no fault
journal, same_attempt = Journal(Path(sys.argv[1])), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
def unless_repeated(facts):
    if facts.repeated:
        raise ConfirmationNeeded
    return False
try:
    journal.begin(replace(SYDNEY, attempt=str(uuid.uuid4())), unless_repeated)
    print("sent", end=" ")
except ConfirmationNeeded:
    print("repeated", end=" ")
shared = replace(SYDNEY, attempt=same_attempt, destination="0412345678")
print("first" if journal.begin(shared, lambda _: False) is None else "known", end=" ")
for number in range(5):
    call = replace(SYDNEY, attempt=str(uuid.uuid4()), destination=f"03{number:08}")
    journal.begin(call, lambda _: False)
    journal.finish(call.attempt, "queued", None)
print("done")
"""


def many_hosts(path: Path, count: int) -> list[str]:
    command = [sys.executable, "-c", ONE_OF_MANY, str(path), str(uuid.uuid4())]
    hosts = [
        subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(count)
    ]
    try:
        for host in hosts:
            assert host.stdout is not None
            assert host.stdout.readline() == "ready\n"
        for host in hosts:
            assert host.stdin is not None
            host.stdin.write("go\n")
            host.stdin.flush()
        return [host.communicate(timeout=120)[0].strip() for host in hosts]
    finally:
        for host in hosts:
            host.kill()
            host.wait()


@pytest.mark.parametrize("start", ["no file yet", "a damaged file"])
def test_of_twenty_hosts_at_once_one_calls_unconfirmed_and_no_row_is_lost(path: Path, start: str) -> None:
    if start == "a damaged file":
        path.parent.mkdir()
        path.write_bytes(b"x" * 8192)
    said = many_hosts(path, 20)

    assert Counter(word for line in said for word in line.split()) == {
        "sent": 1,
        "repeated": 19,
        "first": 1,
        "known": 19,
        "done": 20,
    }
    assert rows(path, "SELECT count(*) FROM attempts WHERE state = 'queued'") == [(100,)]
    assert rows(path, "SELECT count(*) FROM attempts") == [(102,)]
    assert rows(path, "SELECT count(*) FROM calls") == [(102,)]
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert len(list(path.parent.glob("*.damaged-*"))) == (1 if start == "a damaged file" else 0)

"""What is loaded before the reply to hello: next to nothing, whatever is added elsewhere."""

import json
import subprocess
import sys
from pathlib import Path

from native_host.hello import FEATURES, fast_reply
from native_host.wire import READERS
from tests.host.host_process import HELLO, ROOT, encoded, framed

FAST_HELLO = encoded({"id": 0, **HELLO})

# Stops right after the reply, and says which modules are there besides a bare interpreter's.
LOADED_BY_THEN = """
import os, sys
bare = set(sys.modules)
class Stop:
    def __getattr__(self, name):
        os.write(2, " ".join(set(sys.modules) - bare).encode())
        os._exit(0)
sys.modules["threading"] = Stop()  # the first thing that is imported after the reply
from native_host.__main__ import main
main()
sys.exit("nothing was imported after the reply")
"""


def test_hello_is_answered_with_nothing_loaded_but_our_own_five_files() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED_BY_THEN],
        input=framed(FAST_HELLO),
        capture_output=True,
        cwd=ROOT,
        check=True,
        timeout=30,
    )

    ours = {"native_host", *(f"native_host.{name}" for name in ("__main__", "errors", "framing", "hello"))}
    assert set(done.stderr.decode().split()) - {"threading"} == ours
    assert json.loads(done.stdout[4:])["ok"] is True


def test_the_fast_reply_is_only_for_the_spelling_that_the_extension_writes() -> None:
    assert fast_reply(FAST_HELLO) is not None
    for other in (
        FAST_HELLO.replace(b'"id":0', b'"id":1'),
        FAST_HELLO.replace(b'"protocol_version":1', b'"protocol_version":2'),
        FAST_HELLO.replace(b"}", b',"more":1}'),
        FAST_HELLO.replace(b"0.1.0", b'0","id":"7'),
        FAST_HELLO.replace(b"0.1.0", b""),
        FAST_HELLO[:-1],
        b"",
    ):
        assert fast_reply(other) is None


def test_hello_names_every_request_that_the_host_can_read() -> None:
    assert set(FEATURES) == READERS.keys() - {"hello"}


def test_the_launcher_may_start_the_file_from_anywhere(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-I",
            ROOT / "native_host" / "__main__.py",
            "chrome-extension://x/",
            "--parent-window=0",
        ],
        input=framed(FAST_HELLO),
        capture_output=True,
        cwd=tmp_path,
        env={"HOME": str(tmp_path)},
        check=True,
        timeout=30,
    )

    assert json.loads(done.stdout[4:])["result"]["features"] == list(FEATURES)

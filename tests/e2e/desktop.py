"""A private desktop session: its own home, message bus and real keyring, all gone at the end.

Nothing of the person's own session is read or written: no display, no bus, no keyring, no profile.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.e2e.browser import until

LOGIN_COLLECTION = "/org/freedesktop/secrets/collection/login"
PASSWORD = b"\n"  # not empty: with no byte at all gnome-keyring makes no login collection
SECRETS = "org.freedesktop.secrets"
KEYRING_START_S = 30
END_S = 10.0
# Ends with its parent even if that is killed: no bus or keyring outlives a broken run.
ENDS_WITH_PARENT = ("setpriv", "--pdeathsig", "TERM")


class Desktop:
    """Starts on construction; `close` ends it. `environment` is what a program of this session gets."""

    def __init__(self, display: Mapping[str, str] | None = None) -> None:
        """Make the folders, start a bus and an unlocked keyring; `display` lets programs show themselves."""
        self.folder = Path(tempfile.mkdtemp(prefix="maxo-"))  # short: a socket's path has 107 bytes at most
        self.home = self.folder / "home"
        run = self.folder / "run"
        temporary = self.folder / "tmp"
        for folder in (self.home, run, temporary):
            folder.mkdir(mode=0o700)
        bus = run / "bus"
        self.environment = {
            "PATH": os.environ["PATH"],
            "LANG": "C.UTF-8",
            "HOME": str(self.home),
            "TMPDIR": str(temporary),
            "XDG_RUNTIME_DIR": str(run),
            "XDG_CONFIG_HOME": str(self.home / ".config"),
            "XDG_DATA_HOME": str(self.home / ".local" / "share"),
            "XDG_STATE_HOME": str(self.home / ".local" / "state"),
            "XDG_CACHE_HOME": str(self.home / ".cache"),
            "DBUS_SESSION_BUS_ADDRESS": f"unix:path={bus}",
            **(display or {}),
        }
        self._services: list[subprocess.Popen[bytes]] = []
        try:
            self._start("dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address=unix:path={bus}")
            until("the private message bus", bus.exists)
            self._start_keyring()
        except BaseException:
            self.close()
            raise

    def start(self, *command: str, **options: Any) -> subprocess.Popen[bytes]:
        """Start a program of this session, its output kept out of the terminal."""
        log = (self.folder / f"{Path(command[0]).name}.log").open("ab")
        with log:
            return subprocess.Popen(
                [*ENDS_WITH_PARENT, *command],
                env={**self.environment, **options.pop("environment", {})},
                **{"stdin": subprocess.DEVNULL, "stdout": log, "stderr": log, **options},
            )

    def run(self, *command: str, stdin: bytes = b"", cwd: Path | None = None) -> str:
        """Run a program of this session to its end and return what it said; raises when it fails."""
        done = subprocess.run(
            command, env=self.environment, cwd=cwd, input=stdin, capture_output=True, timeout=60, check=False
        )
        said = done.stdout.decode()
        if done.returncode:
            raise RuntimeError(
                f"{' '.join(command)} ended with {done.returncode}: {said}{done.stderr.decode()}"
            )
        return said

    def lock_keyring(self) -> None:
        """Lock the login collection. No display, so no window asks for a password: reading fails at once."""
        self._ask_secrets("org.freedesktop.Secret.Service.Lock", f"['{LOGIN_COLLECTION}']")

    def unlock_keyring(self) -> None:
        """Unlock the login collection again, by a new daemon: a running one takes no password."""
        self._keyring.terminate()
        self._keyring.wait(END_S)
        self._services.remove(self._keyring)
        self._start_keyring()

    def processes(self, part: str) -> list[int]:
        """Return the ids of this session's processes that have a text in their command line."""
        return [
            pid for pid in self._own_processes() if part in _read(f"/proc/{pid}/cmdline").replace("\0", " ")
        ]

    def close(self) -> None:
        """End every process of this session and remove its folders."""
        for service in reversed(self._services):
            service.terminate()
        for service in self._services:
            with contextlib.suppress(subprocess.TimeoutExpired):
                service.wait(END_S)
        with contextlib.suppress(AssertionError):
            until("the session's processes to end", lambda: not self._own_processes(), patience_s=3)
        for pid in self._own_processes():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until("the session's folder to be gone", self._removed)

    def _removed(self) -> bool:
        """Remove the folder, though a browser on its way out may still write to it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        return not self.folder.exists()

    def _start(self, *command: str, **options: Any) -> subprocess.Popen[bytes]:
        service = self.start(*command, **options)
        self._services.append(service)
        return service

    def _start_keyring(self) -> None:
        (self.home / ".local" / "share" / "keyrings").mkdir(parents=True, exist_ok=True)
        command = ("gnome-keyring-daemon", "--unlock", "--components=secrets", "--foreground")
        self._keyring = self._start(*command, stdin=subprocess.PIPE)
        assert self._keyring.stdin
        self._keyring.stdin.write(PASSWORD)
        self._keyring.stdin.close()
        # Asking before it is there would have the bus start another, locked one.
        self.run("gdbus", "wait", "--session", "--timeout", str(KEYRING_START_S), SECRETS)
        until("the private keyring", self._has_login_collection)

    def _has_login_collection(self) -> bool:
        with contextlib.suppress(RuntimeError):
            return "'/" in self._ask_secrets("org.freedesktop.Secret.Service.ReadAlias", "login")
        return False

    def _ask_secrets(self, method: str, argument: str) -> str:
        service = ("--dest", SECRETS, "--object-path", "/org/freedesktop/secrets")
        return self.run("gdbus", "call", "--session", *service, "--method", method, argument)

    def _own_processes(self) -> list[int]:
        mark = f"HOME={self.home}"
        pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
        return [pid for pid in pids if mark in _read(f"/proc/{pid}/environ").split("\0")]


def _read(file: str) -> str:
    """Return a file of /proc; a process that has just ended has none."""
    try:
        return Path(file).read_bytes().decode(errors="replace")
    except OSError:
        return ""

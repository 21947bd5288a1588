"""The product set up for one desktop and one browser, by its own commands: settings, key, registered host.

Hosts that misbehave are put in its place by way of the host manifest, as a broken installation would.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from native_host import HOST_NAME
from native_host.places import APP_NAME
from tests.e2e.browser import Browser, until
from tests.e2e.desktop import Desktop
from tests.maxo_stand_in import StandIn

ROOT = Path(__file__).resolve().parents[2]
PHONES = [
    {"number": "101", "label": "Desk", "auto_answer": True},
    {"number": "107", "label": "Front counter", "auto_answer": False},
]
HOST_PROGRAM = "native_host/__main__.py"


class Installation:
    """Sets up on construction: everything but the key."""

    def __init__(self, desktop: Desktop, browser: Browser, stand_in: StandIn) -> None:
        """Register the host for this browser and have it call the stand-in."""
        self.desktop = desktop
        self._stand_in = stand_in
        self._profile = browser.profile
        self._browser_name = browser.name
        self._settings = desktop.folder / "settings"
        self.command("settings", "set", "api_base_url", stand_in.url)
        self.command("settings", "set", "phones", json.dumps(PHONES))
        shutil.copytree(self._folder("XDG_CONFIG_HOME"), self._settings)
        self.register()

    @property
    def manifest(self) -> Path:
        """The host manifest that this browser reads."""
        if self._browser_name == "firefox":
            return self.desktop.home / ".mozilla" / "native-messaging-hosts" / f"{HOST_NAME}.json"
        return self._profile / "NativeMessagingHosts" / f"{HOST_NAME}.json"

    def command(self, *words: str, stdin: str = "") -> str:
        """Run `maxo-call` in this desktop and return what it said."""
        maxo_call = (sys.executable, "-m", "native_host.cli", *words)
        return self.desktop.run(*maxo_call, stdin=stdin.encode(), cwd=ROOT)

    def register(self) -> None:
        """Register the real host by the product's own command."""
        where = () if self._browser_name == "firefox" else ("--user-data-dir", str(self._profile))
        self.command("register", "--browser", self._browser_name, *where)
        assert self.manifest.exists(), f"register wrote no {self.manifest}"

    def store_key(self) -> None:
        """Store the stand-in's valid key in the private keyring by the product's own command."""
        self.command("key", "set", "--stdin", stdin=f"{self._stand_in.valid_key}\n")

    def delete_key(self) -> None:
        """Delete the key by the product's own command."""
        self.command("key", "delete")

    def use_api(self, base_url: str) -> None:
        """Have the next host call another API, with the key stored for it as well."""
        self.command("settings", "set", "api_base_url", base_url)
        self.store_key()
        self.kill_hosts()

    def forget_calls(self) -> None:
        """Forget all calls, as if their time for a second look had passed."""
        self.kill_hosts()
        shutil.rmtree(self._folder("XDG_STATE_HOME"), ignore_errors=True)

    def hosts(self) -> list[int]:
        """Return the process ids of the hosts that the browser has started."""
        return self.desktop.processes(HOST_PROGRAM)

    def kill_hosts(self) -> None:
        """Kill every host at once, as a crash would, and wait until they are gone."""
        running = set(self.hosts())
        for pid in running:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        # The extension may start another at once.
        until("the hosts to be gone", lambda: not running & set(self.hosts()))

    def pause_hosts(self) -> None:
        """Stop every host in its tracks, as a machine under load does for a moment."""
        for pid in self.hosts():
            os.kill(pid, signal.SIGSTOP)

    def resume_hosts(self) -> None:
        """Let paused hosts go on."""
        for pid in self.hosts():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)

    def start_afresh(self) -> None:
        """Forget all calls and restore the settings; the next use starts a new host."""
        self.forget_calls()
        shutil.rmtree(self._folder("XDG_CONFIG_HOME"), ignore_errors=True)
        shutil.copytree(self._settings, self._folder("XDG_CONFIG_HOME"))

    @contextlib.contextmanager
    def broken(self, **fields: object) -> Iterator[None]:
        """Have other fields in the host manifest for a while; the running host is gone."""
        with self.manifest_text(json.dumps(self._read() | fields)):
            yield

    @contextlib.contextmanager
    def manifest_text(self, text: str | None) -> Iterator[None]:
        """Have another text in the host manifest for a while, or no manifest at all."""
        whole = self.manifest.read_bytes()
        if text is None:
            self.manifest.unlink()
        else:
            self.manifest.write_text(text)
        try:
            self.kill_hosts()  # not before: an open popup would start the right one again
            yield
        finally:
            self.manifest.write_bytes(whole)
            self.kill_hosts()

    def program(self, name: str, *lines: str) -> str:
        """Write an executable program for a manifest's `path`, and return its path."""
        file = self.desktop.folder / name
        file.write_text("\n".join(lines) + "\n")
        file.chmod(0o755)
        return str(file)

    def launcher(self) -> str:
        """Return the path that the real manifest starts."""
        return str(self._read()["path"])

    def _read(self) -> dict[str, Any]:
        manifest: dict[str, Any] = json.loads(self.manifest.read_text())
        return manifest

    def _folder(self, variable: str) -> Path:
        return Path(self.desktop.environment[variable]) / APP_NAME

"""Debian's Firefox ESR with the extension in it, driven by Marionette."""

from __future__ import annotations

import contextlib
import json
import socket
import subprocess
from pathlib import Path
from typing import Any

from tests.e2e.browser import EXTENSION_DIST, GECKO_ID, WINDOW, Page, View, loaded, until
from tests.e2e.desktop import END_S, Desktop
from tests.e2e.firefox_popup import FirefoxPopup, in_chrome
from tests.e2e.firefox_tab import FirefoxPage, FirefoxTab
from tests.e2e.marionette import Marionette, MarionetteError

PROGRAM = "firefox-esr"
LOOK_EVERY_S = 0.2
# Without these a fresh profile opens pages of its own or talks to the network.
PREFERENCES: dict[str, object] = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.aboutwelcome.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}


class Firefox:
    """A running Firefox with a throw-away profile."""

    name = "firefox"

    def __init__(self, desktop: Desktop, extension: Path = EXTENSION_DIST, *, headless: bool = True) -> None:
        """Start it in a private session, install the extension for this run only, close its first page."""
        self.profile = desktop.folder / "firefox"
        self.profile.mkdir()
        port = _free_port()
        preferences = {**PREFERENCES, "marionette.port": port}
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in preferences.items()
        ]
        (self.profile / "user.js").write_text("\n".join(lines))
        self._process = desktop.start(
            *(PROGRAM, "-marionette", "-remote-allow-system-access", "-no-remote"),
            *("-profile", str(self.profile)),
            environment={"MOZ_HEADLESS": "1"} if headless else {},
        )
        until("Firefox to listen", lambda: self._process.poll() is not None or _accepts(port), patience_s=60)
        self.marionette = Marionette(port)
        self.marionette.send("Addon:Install", path=str(extension), temporary=True)
        self._uuid = self._in_chrome("(id) => WebExtensionPolicy.getByID(id).mozExtensionHostname", GECKO_ID)
        self._page_handle: str = self.marionette.send("WebDriver:GetWindowHandle")
        self.page: Page = FirefoxPage(self.marionette, self._page_handle)
        self.wait_for_tab("first-run.html").close()
        self.page.open("about:blank")
        self._take_size()

    def extension_address(self, file: str) -> str:
        """Return the address of one of the extension's files."""
        return f"moz-extension://{self._uuid}/{file}"

    def open_popup(self) -> View:
        """Click the extensions button and then ours, as a person without a pinned button does."""
        self._in_chrome(
            """async (id) => {
              const window = Services.wm.getMostRecentBrowserWindow();
              const button = window.document.getElementById("unified-extensions-button");
              const find = () => window.document.querySelector(
                `toolbaritem[data-extensionid="${id}"] .unified-extensions-item-action-button`);
              button.click();
              const pause = () => new Promise((go) => window.setTimeout(go, 10));
              while (!find()?.getBoundingClientRect().height) await pause();
              find().click();
            }""",
            GECKO_ID,
        )
        return self.wait_for_popup()

    def wait_for_popup(self) -> View:
        """Take over whatever shows popup.html."""
        address = self.extension_address("popup.html")
        until("the popup", lambda: self._in_chrome(in_chrome("(address) => !!findPopup(address)"), address))
        return loaded(FirefoxPopup(self.marionette, address))

    def open_options(self, file: str = "options.html") -> View:
        """Open the options page, or another page of the extension, in a new tab."""
        self.marionette.use("content", self._page_handle)  # a closed tab opens no other
        handle = self.marionette.send("WebDriver:NewWindow", type="tab", focus=True)["handle"]
        tab = FirefoxPage(self.marionette, handle)
        tab.open(self.extension_address(file))
        return tab

    def wait_for_tab(self, file: str) -> View:
        """Wait for a tab that the extension opened."""
        address = self.extension_address(file)

        def find() -> list[FirefoxTab]:
            return [tab for tab in self._tabs() if _address_of(tab).startswith(address)]

        return loaded(until(f"a tab with {file}", find)[0])

    def tabs(self) -> list[str]:
        """Return the address of every tab."""
        return [str(tab.evaluate("() => location.href")) for tab in self._tabs()]

    def close_other_tabs(self) -> None:
        """Close every tab and popup but the page under test."""
        FirefoxPopup(self.marionette, self.extension_address("popup.html")).close()
        for tab in self._tabs():
            if tab.handle != self._page_handle:
                tab.close()
        self.marionette.use("content", self._page_handle)

    def forget_session(self) -> None:
        """Empty storage.session, which Firefox keeps in its parent process."""
        self._in_chrome(
            """(id) => {
              const path = "resource://gre/modules/ExtensionStorage.sys.mjs";
              const { extensionStorageSession } = ChromeUtils.importESModule(path);
              extensionStorageSession.clear(WebExtensionPolicy.getByID(id).extension);
            }""",
            GECKO_ID,
        )

    def run_command(self, name: str) -> None:
        """Do what Firefox's own key element of the command does: input by Marionette never reaches it."""
        manifest = json.loads((EXTENSION_DIST / "manifest.json").read_text())
        letter = manifest["commands"][name]["suggested_key"]["default"][-1]
        found = self._in_chrome(
            """(letter) => {
              const { document } = Services.wm.getMostRecentBrowserWindow();
              const key = document.querySelector(`keyset[id^="ext-keyset"] key[key="${letter}"]`);
              key?.doCommand();
              return key !== null;
            }""",
            letter,
        )
        assert found, f"Firefox has no key {letter} of ours"

    def stop_background(self) -> None:
        """Stop the event page as Firefox does when it has been idle."""
        self._in_chrome(
            """(id) => WebExtensionPolicy.getByID(id).extension
              .terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true })""",
            GECKO_ID,
        )

    def manifest_complaints(self) -> list[str]:
        """Return what Firefox warned of when it read the manifest."""
        return list(
            self._in_chrome(
                """(id) => { const { extension } = WebExtensionPolicy.getByID(id);
                  return [...extension.errors, ...extension.warnings]; }""",
                GECKO_ID,
            )
        )

    def is_open(self) -> bool:
        """Say whether Firefox still runs, after waiting a moment."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(LOOK_EVERY_S)
        return self._process.poll() is None

    def quit(self) -> None:
        """End Firefox, by force if it does not go."""
        with contextlib.suppress(MarionetteError, OSError):
            self.marionette.quit()
        try:
            self._process.wait(END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(END_S)

    def _in_chrome(self, script: str, *arguments: object) -> Any:
        self.marionette.use("chrome")
        try:
            return self.marionette.evaluate(script, *arguments)
        finally:
            self.marionette.use("content")

    def _tabs(self) -> list[FirefoxTab]:
        handles = self.marionette.send("WebDriver:GetWindowHandles")
        return [FirefoxTab(self.marionette, handle) for handle in handles]

    def _take_size(self) -> None:
        """Make the page as large as it is in the other browser; the toolbars come on top."""
        inner = self.page.evaluate("() => [innerWidth, innerHeight]")
        outer = self.marionette.send("WebDriver:GetWindowRect")
        width, height = outer["width"] + WINDOW[0] - inner[0], outer["height"] + WINDOW[1] - inner[1]
        self.marionette.send("WebDriver:SetWindowRect", width=width, height=height)


def _address_of(tab: FirefoxTab) -> str:
    """Return the address of a tab; empty while it is on its way to another."""
    try:
        return str(tab.evaluate("() => location.href"))
    except MarionetteError:
        return ""


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _accepts(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False

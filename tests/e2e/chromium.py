"""Debian's Chromium with the extension in it, driven by Playwright and the DevTools protocol."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page as Tab

from tests.e2e.browser import CHROMIUM_ID, EXTENSION_DIST, WINDOW, Page, View, loaded, until
from tests.e2e.chromium_tab import ChromiumPage, ChromiumTab
from tests.e2e.chromium_target import ChromiumTarget
from tests.e2e.desktop import Desktop

PROGRAM = "/usr/bin/chromium"
LOOK_EVERY_S = 0.2
WORKER_ANSWERS_S = 2.0


class SharedPlaywright:
    """The one Playwright that a process may have; stopped with the last browser that uses it."""

    def __init__(self) -> None:
        """Begin without one."""
        self._users = 0
        self._playwright: Playwright | None = None

    def take(self) -> Playwright:
        """Return it, started if need be."""
        self._users += 1
        self._playwright = self._playwright or sync_playwright().start()
        return self._playwright

    def give_back(self) -> None:
        """Stop it if nobody uses it any more."""
        self._users -= 1
        if self._playwright and not self._users:
            self._playwright.stop()
            self._playwright = None


PLAYWRIGHT = SharedPlaywright()


class Chromium:
    """A running Chromium with a throw-away profile."""

    name = "chromium"

    def __init__(self, desktop: Desktop, extension: Path = EXTENSION_DIST, *, headless: bool = True) -> None:
        """Start it in a private session, its profile in there too. The first run's page is closed."""
        self.profile = desktop.folder / "chromium"
        self._environment = {**desktop.environment, "ACCESSIBILITY_ENABLED": "1"}
        self._playwright = PLAYWRIGHT.take()
        try:
            self._context = self._launch(extension, headless=headless)
        except BaseException:
            PLAYWRIGHT.give_back()
            raise
        browser = self._context.browser
        assert browser
        self._devtools: CDPSession = browser.new_browser_cdp_session()
        # A tab of our own: the one that Chromium starts with may be taken by the first run's page.
        self._tab = self._context.new_page()
        self.page: Page = ChromiumPage(self._tab, self._environment)
        until("the extension's service worker", self._workers)
        self.wait_for_tab("first-run.html")
        self.close_other_tabs()

    def _launch(self, extension: Path, *, headless: bool) -> BrowserContext:
        return self._playwright.chromium.launch_persistent_context(
            str(self.profile),
            executable_path=PROGRAM,
            headless=headless,
            env={**self._environment},
            chromium_sandbox=os.geteuid() != 0,  # Chromium has no sandbox for root
            viewport={"width": WINDOW[0], "height": WINDOW[1]} if headless else None,
            no_viewport=None if headless else True,
            args=[
                f"--disable-extensions-except={extension}",
                f"--load-extension={extension}",
                "--force-renderer-accessibility",  # without it the menu is not on the accessibility bus
            ],
            ignore_default_args=None if headless else ["--enable-automation"],  # a bar that covers the page
        )

    def extension_address(self, file: str) -> str:
        """Return the address of one of the extension's files."""
        return f"chrome-extension://{CHROMIUM_ID}/{file}"

    def open_popup(self) -> View:
        """Trigger the toolbar button, which also grants activeTab."""
        self._tab.bring_to_front()
        tab = self._tab_target()
        self._devtools.send("Extensions.triggerAction", {"id": CHROMIUM_ID, "targetId": tab})
        return self.wait_for_popup()

    def wait_for_popup(self) -> View:
        """Attach to whatever shows popup.html."""
        found = until(
            "the popup", lambda: self._targets("page", "popup.html") or self._targets("other", "popup.html")
        )
        return loaded(ChromiumTarget(self._devtools, found[0]["targetId"], self._pump))

    def open_options(self, file: str = "options.html") -> View:
        """Open the options page, or another page of the extension, in a new tab."""
        tab = self._context.new_page()
        tab.goto(self.extension_address(file))
        return ChromiumTab(tab)

    def wait_for_tab(self, file: str) -> View:
        """Wait for a tab that the extension opened."""
        address = self.extension_address(file)
        return ChromiumTab(
            until(
                f"a tab with {file}", lambda: [tab for tab in self._pages() if tab.url.startswith(address)]
            )[0]
        )

    def tabs(self) -> list[str]:
        """Return the address of every tab."""
        return [tab.url for tab in self._pages()]

    def close_other_tabs(self) -> None:
        """Close every tab and popup but the page under test."""
        for popup in self._targets("page", "popup.html") + self._targets("other", "popup.html"):
            self._devtools.send("Target.closeTarget", {"targetId": popup["targetId"]})
        for tab in self._pages():
            if tab != self._tab:
                tab.close()

    def forget_session(self) -> None:
        """Empty storage.session, by the worker; one that does not run is started by a page."""
        if not self._workers():
            self.open_options().close()
        for worker in self._workers():
            self._in_worker(worker, "() => chrome.storage.session.clear()")

    def run_command(self, name: str) -> None:
        """Tell the service worker as Chromium does: DevTools' input never reaches the browser's own keys."""
        script = """async (name) => {
          const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
          chrome.commands.onCommand.dispatch(name, tab);
        }"""
        until("the service worker", self._workers)
        self._in_worker(self._workers()[0], f"() => ({script})({json.dumps(name)})")

    def stop_background(self) -> None:
        """Stop the service worker, and wait until it is gone."""
        for worker in self._workers():
            self._in_worker(worker, "() => { globalThis.isTheOldOne = true; }")
            self._devtools.send("Target.closeTarget", {"targetId": worker["targetId"]})
        until("the service worker to stop", self._old_worker_is_gone)

    def manifest_complaints(self) -> list[str]:
        """Ask the extensions page, which lists what Chromium found wrong."""
        tab = self._context.new_page()
        tab.goto("chrome://extensions")
        found = ChromiumTab(tab).evaluate(
            """async (id) => (await chrome.developerPrivate.getExtensionInfo(id))
              .manifestErrors.map((error) => error.message)""",
            CHROMIUM_ID,
        )
        tab.close()
        return [str(message) for message in found]

    def is_open(self) -> bool:
        """Say whether the tab under test is still there, after waiting a moment."""
        with contextlib.suppress(PlaywrightError):
            self._tab.wait_for_timeout(LOOK_EVERY_S * 1000)
        return not self._tab.is_closed()

    def quit(self) -> None:
        """Close the browser."""
        try:
            self._context.close()
        finally:
            PLAYWRIGHT.give_back()

    def _pages(self) -> list[Tab]:
        self._pump()
        return self._context.pages

    def _pump(self) -> None:
        self._tab.wait_for_timeout(1)

    def _targets(self, kind: str, file: str) -> list[dict[str, Any]]:
        everything = self._devtools.send("Target.getTargets", {"filter": [{}]})["targetInfos"]
        address = self.extension_address(file)
        return [one for one in everything if one["type"] == kind and one["url"].startswith(address)]

    def _workers(self) -> list[dict[str, Any]]:
        return self._targets("service_worker", "")

    def _in_worker(self, worker: dict[str, Any], script: str) -> Any:
        target = ChromiumTarget(self._devtools, worker["targetId"], self._pump, patience_s=WORKER_ANSWERS_S)
        try:
            return target.evaluate(script)
        finally:
            target.detach()

    def _old_worker_is_gone(self) -> bool:
        """Another one may have started at once, in the same target, for somebody who waits for an answer."""
        try:
            return not any(self._in_worker(one, "() => globalThis.isTheOldOne") for one in self._workers())
        except AssertionError:
            return False  # on its way out it no longer answers; the next look finds none, or a new one

    def _tab_target(self) -> str:
        tabs = self._devtools.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        found = [tab["targetId"] for tab in tabs if tab["url"] == self._tab.url]
        assert found, f"no tab with {self._tab.url}: {tabs}"
        return str(found[0])

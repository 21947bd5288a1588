"""Takes the pictures: `python -m tests.gallery --browser chromium`. Nothing real is touched."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from tests.e2e.browser import Browser, View, until
from tests.e2e.chromium import Chromium
from tests.e2e.desktop import Desktop
from tests.e2e.firefox import Firefox
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Form, Person, sentence
from tests.gallery.surroundings import SURROUNDINGS, surround
from tests.maxo_stand_in import StandIn

BROWSERS: dict[str, Callable[[Desktop], Browser]] = {"chromium": Chromium, "firefox": Firefox}
PAGE = """<h1>Contacts</h1><p>Reception: (02) 5550 0101, mobile 0491 570 156.</p>
<p><a href="tel:+61255500102">Front desk</a>, London +44 20 7946 0018</p>"""
CONNECTED = sentence("options_connected", "127.0.0.1")[:-1]


def main() -> None:
    """Take every picture in one browser."""
    parser = argparse.ArgumentParser(description="Take pictures of every face of the extension.")
    parser.add_argument("--browser", choices=sorted(BROWSERS), required=True)
    parser.add_argument("--folder", type=Path, default=Path("build/gallery"))
    chosen = parser.parse_args()
    chosen.folder.mkdir(parents=True, exist_ok=True)
    desktop = Desktop()
    try:
        browser = BROWSERS[chosen.browser](desktop)
        try:
            with StandIn() as stand_in, Pages() as pages:
                Gallery(browser, chosen.folder).take(Installation(desktop, browser, stand_in), pages)
        finally:
            browser.quit()
    finally:
        desktop.close()
    print(f"The pictures are in {chosen.folder}.")


class Gallery:
    """Brings each face into each state, and photographs it in all surroundings."""

    def __init__(self, browser: Browser, folder: Path) -> None:
        """Take the pictures of one browser into a folder."""
        self._browser = browser
        self._folder = folder
        self._person = Person(browser)

    def take(self, installation: Installation, pages: Pages) -> None:
        """Take them all, the first run before the key is stored."""
        with installation.manifest_text(None):
            page = Form(self._browser.open_options("first-run.html"))
            page.reads(sentence("error_host_not_found"))
            self._keep("first-run-nothing-installed", page.view)
            page.view.close()
        installation.store_key()
        self._tab("first-run", "first-run.html", sentence("first_run_helper_found"))
        self._tab("options", "options.html", CONNECTED)
        self._browser.page.open(pages.page(PAGE))
        until("a mark", lambda: self._browser.page.evaluate("() => CSS.highlights.size"))
        self._popup()
        self._question()

    def _tab(self, name: str, file: str, words: str) -> None:
        page = Form(self._browser.open_options(file))
        page.reads(words)
        self._keep(name, page.view)
        page.view.close()

    def _popup(self) -> None:
        popup = self._person.open_popup()
        popup.reads(sentence("popup_ready", "101 (Desk)"))
        popup.reads("(02) 5550 0101")
        self._keep("popup", popup.view)
        popup.view.press("ArrowDown")
        popup.reads("0255500101")
        self._keep("popup-chosen", popup.view)
        popup.view.press("Enter")
        popup.reads(sentence("outcome_queued", "101 (Desk)"))
        self._keep("popup-called", popup.view)
        popup.view.close()

    def _question(self) -> None:
        self._person.hover("+44 20 7946 0018")
        self._person.press(sentence("card_call_asks"))
        question = self._person.wait_for_popup()
        question.reads(sentence("reason_international"))
        self._keep("question", question.view)
        question.view.close()

    def _keep(self, name: str, view: View) -> None:
        for surroundings in SURROUNDINGS[self._browser.name]:
            with surround(self._browser, view, surroundings):
                view.screenshot(self._folder / f"{self._browser.name}-{name}-{surroundings.name}.png")


if __name__ == "__main__":
    main()

"""`python -m tests.demo`: one call to see, with the real host, a real keyring and a stand-in for MaxoTel.

Everything is private to this run and removed at its end: no profile, keyring or setting of yours is touched.
With a display the person clicks; without one the same is done by trusted input, and pictures are kept.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tests.demo.tour import take_tour
from tests.e2e.browser import Browser
from tests.e2e.chromium import Chromium
from tests.e2e.desktop import Desktop
from tests.e2e.firefox import Firefox
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.maxo_stand_in import StandIn

HERE = Path(__file__).parent
PAGE = HERE / "page.html"
SCREENSHOTS = HERE / "screenshots"
PICTURES = HERE / "pictures"  # those of the README
BROWSERS: dict[str, Callable[..., Browser]] = {"chromium": Chromium, "firefox": Firefox}
DISPLAY_VARIABLES = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY")

WHAT_TO_DO = """
  1. Point at a phone number on the page: a card says what would be dialled and which phone rings.
  2. Click the number. Here, in the stand-in's log, you see what MaxoTel would do.
  3. Try also: a right-click on a selected number, a call abroad, the button in the toolbar, 000.

Close the browser or press Ctrl-C to end. Nobody is called, and nothing of yours is touched.
"""


def say(line: str) -> None:
    """Print at once, also into a pipe."""
    print(line, flush=True)


def visible_on() -> dict[str, str]:
    """Return what a browser needs to show itself on the person's display; empty when there is none."""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return {}
    shown = {name: os.environ[name] for name in DISPLAY_VARIABLES if os.environ.get(name)}
    if "DISPLAY" in shown:  # the private home has no such file
        shown.setdefault("XAUTHORITY", str(Path.home() / ".Xauthority"))
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if "WAYLAND_DISPLAY" in shown and runtime:
        shown["WAYLAND_DISPLAY"] = str(Path(runtime) / shown["WAYLAND_DISPLAY"])
    return shown


def show(browser: Browser) -> None:
    """Let the person click until they close the browser."""
    say(WHAT_TO_DO)
    while browser.is_open():
        pass


def run(browser_name: str, pictures: Path | None) -> None:
    """Set everything up, show it, and take it all down again."""
    display = {} if pictures else visible_on()
    desktop = Desktop(display)
    try:
        with StandIn(announce=lambda line: say(f"stand-in: {line}")) as maxo, Pages() as pages:
            say(f"The stand-in for MaxoTel's API listens on {maxo.url}")
            browser = BROWSERS[browser_name](desktop, headless=not display)
            try:
                Installation(desktop, browser, maxo).store_key()
                say(f"Host registered for a throw-away {browser_name}; demo key in a private keyring.")
                browser.page.open(pages.document(PAGE.read_text()))
                if display:
                    show(browser)
                else:
                    take_tour(browser, maxo, pictures or SCREENSHOTS, say)
            finally:
                browser.quit()
    finally:
        desktop.close()


def main() -> int:
    """Return the exit status: 0 also after Ctrl-C."""
    parser = argparse.ArgumentParser(prog="make demo", description=__doc__)
    parser.add_argument("--browser", choices=list(BROWSERS), default="chromium")
    parser.add_argument("--pictures", action="store_true", help="take the README's pictures anew")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as cleanly as Ctrl-C
    try:
        run(arguments.browser, PICTURES if arguments.pictures else None)
    except KeyboardInterrupt:
        say("Ended. Everything of the demo is removed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

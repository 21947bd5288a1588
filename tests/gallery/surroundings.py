"""Light and dark, narrow, zoomed, and forced colours, in the ways that each browser has for it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from tests.e2e.browser import WINDOW, Browser, View
from tests.e2e.chromium_tab import ChromiumTab
from tests.e2e.chromium_target import ChromiumTarget
from tests.e2e.firefox import Firefox

DARK_PREFERENCE = "layout.css.prefers-color-scheme.content-override"
DARK, LIGHT = 0, 1


@dataclass(frozen=True)
class Surroundings:
    """What a person has chosen outside of our pages; `width` is in CSS pixels and only for tabs."""

    name: str
    scheme: str = "light"
    forced_colors: str = "none"
    width: int = WINDOW[0]


LIGHT_AND_DARK = (Surroundings("light"), Surroundings("dark", scheme="dark"))
SURROUNDINGS = {
    "chromium": (
        *LIGHT_AND_DARK,
        Surroundings("forced-colors", forced_colors="active"),
        Surroundings("zoom-200", width=WINDOW[0] // 2),
        Surroundings("narrow", width=320),
    ),
    "firefox": LIGHT_AND_DARK,
}


@contextlib.contextmanager
def surround(browser: Browser, view: View, wanted: Surroundings) -> Iterator[None]:
    """Have these surroundings for a while."""
    _apply(browser, view, wanted)
    try:
        yield
    finally:
        _apply(browser, view, Surroundings("usual"))


def _apply(browser: Browser, view: View, wanted: Surroundings) -> None:
    if isinstance(view, ChromiumTarget):
        features = [
            {"name": "prefers-color-scheme", "value": wanted.scheme},
            {"name": "forced-colors", "value": wanted.forced_colors},
        ]
        view.send("Emulation.setEmulatedMedia", features=features)
    elif isinstance(view, ChromiumTab):
        view.tab.emulate_media(
            color_scheme="dark" if wanted.scheme == "dark" else "light",
            forced_colors="active" if wanted.forced_colors == "active" else "none",
        )
        view.tab.set_viewport_size({"width": wanted.width, "height": WINDOW[1]})
    elif isinstance(browser, Firefox):
        script = "(name, value) => Services.prefs.setIntPref(name, value)"
        browser.marionette.use("chrome")
        browser.marionette.evaluate(script, DARK_PREFERENCE, DARK if wanted.scheme == "dark" else LIGHT)
        browser.marionette.use("content")

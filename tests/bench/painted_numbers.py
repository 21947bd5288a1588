"""Opens labelled pages in a real browser with the built extension, and notes which numbers it offers.

    python -m tests.bench.painted_numbers OUT.json --corpus FOLDER [--browser firefox] [--extension DIST]

FOLDER holds `pages/labels.json` and `markup/labels.json`, or `matcher_cases.json` of texts. OUT.json is
{case id: [{"raw", "number"}, …]}: what each frame's resident script offers, and the text that it would send.
"""

from __future__ import annotations

import argparse
import functools
import html
import json
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.e2e.browser import EXTENSION_DIST, Browser
from tests.e2e.chromium import Chromium
from tests.e2e.desktop import Desktop
from tests.e2e.firefox import Firefox
from tests.e2e.painted import Number, frames_of

BROWSERS: dict[str, Callable[[Desktop, Path], Browser]] = {"chromium": Chromium, "firefox": Firefox}
TEXT_PAGE = "<!doctype html><meta charset=utf-8><title>A text</title><p>{}</p>"

SET_REGION = """async (region) => {
  const { scripting } = globalThis.browser ?? chrome;
  const known = await scripting.getRegisteredContentScripts();
  await scripting.unregisterContentScripts({ ids: known.map(({ id }) => id) });
  if (region === "AU") return;
  const everywhere = { matches: ["<all_urls>"], allFrames: true, matchOriginAsFallback: true };
  await scripting.registerContentScripts(
    [{ id: "region", js: [`region-${region}.js`], runAt: "document_start", ...everywhere }]);
}"""


@dataclass(frozen=True, slots=True)
class Page:
    """A case to open: `address` is below the served folder, unless it is a text of its own."""

    id: str
    region: str
    address: str
    settle_s: float


def pages_of(corpus: Path) -> list[Page]:
    """Return every case of a folder; raises FileNotFoundError when it holds none of the known files."""
    found: list[Page] = []
    for part in ("pages", "markup"):
        labels = corpus / part / "labels.json"
        for case in json.loads(labels.read_text())["cases"] if labels.exists() else []:
            settle_s = case.get("settle_ms", 0) / 1000
            found.append(Page(case["id"], case.get("region") or "AU", case["file"], settle_s))
    texts = corpus / "matcher_cases.json"
    for case in json.loads(texts.read_text())["cases"] if texts.exists() else []:
        found.append(Page(case["id"], case["region"] or "ZZ", f"text/{case['id']}", 0))
    if not found:
        raise FileNotFoundError(f"{corpus} holds no labels.json and no matcher_cases.json")
    return found


@contextmanager
def served(corpus: Path) -> Generator[str]:
    """Serve the folder, and the bare texts as pages, from loopback; gives the address."""
    texts = corpus / "matcher_cases.json"
    cases = json.loads(texts.read_text())["cases"] if texts.exists() else []
    by_path = {f"/text/{case['id']}": TEXT_PAGE.format(html.escape(case["text"])).encode() for case in cases}

    class Handler(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            body = by_path.get(self.path)
            if body is None:
                return super().do_GET()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            return None

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as in the base class
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(corpus)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def painted(browser: Browser, base: str, pages: Iterable[Page]) -> dict[str, list[Number]]:
    """Open each page, wait until its numbers no longer change, and return them by case."""
    options = browser.open_options()
    region = ""
    predictions: dict[str, list[Number]] = {}
    for page in sorted(pages, key=lambda page: page.region):
        if page.region != region:
            region = page.region
            options.evaluate(SET_REGION, region)
        address = f"{base}/{page.address}"
        browser.page.open(address)
        time.sleep(page.settle_s)
        frames = frames_of(options, address)
        predictions[page.id] = [number for frame in frames for number in frame["numbers"]]
    return predictions


def main(arguments: list[str] | None = None) -> int:
    """Write the predictions of one browser for one folder."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--browser", choices=BROWSERS, default="chromium")
    parser.add_argument("--extension", type=Path, default=EXTENSION_DIST)
    given = parser.parse_args(arguments)
    pages = pages_of(given.corpus)
    desktop = Desktop()
    try:
        browser = BROWSERS[given.browser](desktop, given.extension)
        try:
            with served(given.corpus) as base:
                predictions = painted(browser, base, pages)
        finally:
            browser.quit()
    finally:
        desktop.close()
    given.predictions.write_text(json.dumps(predictions, ensure_ascii=False, indent=1))
    print(f"{len(predictions)} cases, {sum(map(len, predictions.values()))} numbers: {given.predictions}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

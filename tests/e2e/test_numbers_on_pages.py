"""What the finder makes of a page: every case is a document, in a frame of its own, in both browsers.

The cases are in numbers_on_pages.json: the body of a document, and the numbers that are sent from it.
"""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from tests.e2e.browser import Browser, until
from tests.e2e.desktop import Desktop
from tests.e2e.pages import Pages
from tests.e2e.painted import Frame, frames_of

CASES = json.loads(Path(__file__).with_name("numbers_on_pages.json").read_text(encoding="utf-8"))
SETTLE_S = 6.0

FRAME = """<!doctype html><meta charset=utf-8><title>{title}</title><script>
const later = (act) => addEventListener("load", () => setTimeout(act, 100));
</script><body>{body}</body>"""
PAGE = "<!doctype html><meta charset=utf-8><title>all cases</title>{}"


def _frame(case: str) -> str:
    document = FRAME.format(title=html.escape(case), body=CASES[case]["body"])
    return f'<iframe srcdoc="{html.escape(document)}"></iframe>'


@pytest.fixture(scope="module")
def frames(started: tuple[Desktop, Browser], pages: Pages) -> dict[str, Frame]:
    """All cases opened at once; by title."""
    browser = started[1]
    own_page = browser.open_options()
    address = pages.document(PAGE.format("\n".join(map(_frame, CASES))))
    browser.page.open(address)
    browser.page.evaluate("() => new Promise((done) => setTimeout(done, 600))")
    read = {frame["title"]: frame for frame in frames_of(own_page, address, patience_s=SETTLE_S)}
    own_page.close()
    return read


@pytest.mark.parametrize("case", CASES)
def test_the_finder_reads_as_a_person_does(frames: dict[str, Frame], case: str) -> None:
    found = [number["number"].replace(" ", "") for number in frames[case]["numbers"]]
    assert sorted(CASES[case]["sent"]) == sorted(found)


def read(started: tuple[Desktop, Browser], address: str) -> Frame:
    """Open a document without frames and read it."""
    browser = started[1]
    own_page = browser.open_options()
    browser.page.open(address)
    [frame] = frames_of(own_page, address)
    own_page.close()
    return frame


FRAMES = """<p>top 0491 570 156</p>
<iframe sandbox srcdoc="<p>sandboxed 0491 570 157</p>"></iframe>
<iframe src="data:text/html,<p>data 0491 570 158</p>"></iframe>
<iframe id=blank></iframe><iframe id=blob></iframe>
<script>
blank.contentDocument.body.innerHTML = "<p>blank 0491 570 159</p>";
blob.src = URL.createObjectURL(new Blob(["<p>blob 0491 570 110</p>"], { type: "text/html" }));
</script>"""
MARKS = "(id) => document.getElementById(id).contentWindow.CSS.highlights.size"


@pytest.mark.parametrize("frame", ["blank", "blob"])
def test_frames_without_an_address_of_their_own_are_marked(
    started: tuple[Desktop, Browser], pages: Pages, frame: str
) -> None:
    page = started[1].page
    page.open(pages.page(FRAMES))
    until("a mark in the frame", lambda: page.evaluate(MARKS, frame))


XHTML = """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body><p>Call <b>0491</b> 570 156</p></body></html>"""


@pytest.mark.parametrize(
    ("content_type", "document"),
    [
        ("text/plain", "Reception\nPhone 0491 570 156\n0491\n570 157\n"),
        ("application/xhtml+xml", XHTML),
    ],
)
def test_documents_that_are_not_html_are_read(
    started: tuple[Desktop, Browser], pages: Pages, content_type: str, document: str
) -> None:
    frame = read(started, pages.document(document, content_type))
    assert [number["number"] for number in frame["numbers"]] == ["0491570156"]


@pytest.mark.parametrize(
    "meta",
    ['<meta name="format-detection" content="telephone=no">', '<meta name="SKYPE_TOOLBAR" content="x">'],
)
def test_a_page_that_asks_to_be_left_alone_is_read_and_not_painted(
    started: tuple[Desktop, Browser], pages: Pages, meta: str
) -> None:
    frame = read(started, pages.document(f"<!doctype html><title>x</title>{meta}<p>0491 570 156</p>"))
    assert [number["number"] for number in frame["numbers"]] == ["0491570156"]
    assert frame["painted"] == 0


def test_marks_come_back_after_the_page_has_cleared_them(
    started: tuple[Desktop, Browser], pages: Pages
) -> None:
    page = started[1].page
    page.open(pages.page("<p>0491 570 156</p><p style='height:3000px'></p>"))
    until("a mark", lambda: page.evaluate("() => CSS.highlights.size"))
    page.evaluate("() => { CSS.highlights.clear(); scrollTo(0, 10); }")
    until("the mark again", lambda: page.evaluate("() => CSS.highlights.size"))


def test_few_marks_are_registered_however_many_numbers_the_page_has(
    started: tuple[Desktop, Browser], pages: Pages
) -> None:
    page = started[1].page
    page.open(pages.page("".join(f"<p>Row {i} 02 5550 {i:04}</p>" for i in range(3000))))
    size = "() => CSS.highlights.get('maxo-phone-number')?.size ?? 0"
    until("marks on screen", lambda: page.evaluate(size))
    page.evaluate("() => scrollTo(0, document.body.scrollHeight / 2)")
    until("marks around the middle", lambda: 10 < page.evaluate(size) <= 64)

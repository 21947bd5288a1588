"""The page is never written: not by marking, hovering or calling, and its own scripts notice nothing."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.e2e.browser import until
from tests.e2e.pages import Pages
from tests.e2e.person import Person, sentence
from tests.e2e.phone_numbers import PhoneNumber, PhoneNumbers
from tests.e2e.received import assert_called
from tests.maxo_stand_in import StandIn

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
HYDRATED_PAGE = Path(__file__).with_name("hydrated_page.mjs")

# The observer starts with the body, before anything else can have touched it.
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Watched</title>
<style>body {{ font: 16px sans-serif; margin: 180px 40px }}</style></head>
<body data-theme="plain" style="color: #222"><script>
  window.seen = [];
  window.atStart = null;
  const see = (records) => {{ if (window.atStart) window.seen.push(...records.map((one) => one.type)); }};
  new MutationObserver(see).observe(document.body,
    {{ subtree: true, childList: true, attributes: true, characterData: true }});
  addEventListener("DOMContentLoaded", () => {{ window.atStart = document.body.outerHTML; }});
</script>
<p class="contact" id="c">Reception <b>{area}</b> {rest} &amp; <a href="tel:{link}">the workshop</a></p>
<table><tr><td>Fax</td><td>{fax}</td></tr></table></body></html>"""

SAME = "() => document.body.outerHTML === window.atStart"
FOREIGN = """() => [...document.querySelectorAll("*")].length
  - [...document.querySelectorAll("html, head, head *, body, body *")].length"""


@pytest.fixture
def number(phone_numbers: PhoneNumbers) -> PhoneNumber:
    return phone_numbers.landline()


@pytest.fixture
def watched_page(pages: Pages, number: PhoneNumber, phone_numbers: PhoneNumbers) -> str:
    area, rest = number.written.split(" ", 1)
    other = phone_numbers.landline()
    return pages.document(PAGE.format(area=area, rest=rest, link=other.destination, fax=other.written))


def wait_until_marked(person: Person) -> None:
    """Numbers are painted by highlights, which a page can see and the DOM does not hold."""
    until("painted numbers", lambda: person.page.evaluate("() => CSS.highlights.size"))


def test_the_body_is_byte_equal_before_and_after_marking_hovering_and_calling(
    person: Person, watched_page: str, number: PhoneNumber, maxo: StandIn
) -> None:
    person.page.open(watched_page)
    wait_until_marked(person)
    assert person.page.evaluate(SAME), "marking has written to the page"

    person.hover(number.written)
    assert person.page.evaluate(SAME), "hovering has written to the page"
    person.click(number.written)
    person.wait_for_card(sentence("outcome_queued", "101 (Desk)"))

    assert person.page.evaluate(SAME), "calling has written to the page"
    assert person.page.evaluate("() => window.seen") == []
    assert_called(maxo, number.destination)


def test_a_marked_page_has_no_element_of_ours_until_a_number_is_pointed_at(
    person: Person, watched_page: str, number: PhoneNumber
) -> None:
    person.page.open(watched_page)
    wait_until_marked(person)
    assert person.page.evaluate(FOREIGN) == 0

    person.hover(number.written)
    assert person.page.evaluate(FOREIGN) == 1

    person.page.move_to(1270, 700)
    until("the card to go", lambda: person.page.evaluate(FOREIGN) == 0)


def test_what_is_copied_from_a_marked_page_is_what_the_page_says(
    person: Person, watched_page: str, number: PhoneNumber
) -> None:
    person.page.open(watched_page)
    wait_until_marked(person)

    person.page.click_at(*person.box_of("Reception").centre, count=3)

    copied = person.page.evaluate("() => getSelection().toString()")
    assert copied.strip() == f"Reception {number.written} & the workshop"


@pytest.fixture(scope="session")
def hydration_bundle(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """A React page that owns the whole document: its HTML from the server, and its script."""
    folder = tmp_path_factory.mktemp("hydration")
    node = shutil.which("node")
    assert node, "Node.js is on PATH"
    done = subprocess.run(
        [node, str(HYDRATED_PAGE), str(folder)], cwd=EXTENSION, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return (folder / "page.html").read_text(), (folder / "page.js").read_text()


def test_a_page_that_react_hydrates_as_a_whole_document_hydrates_without_error(
    person: Person, pages: Pages, hydration_bundle: tuple[str, str]
) -> None:
    html, script = hydration_bundle
    # React's script comes late, as on a slow network: the extension has marked the page before it.
    script_address = pages.document(script, "text/javascript")
    person.page.open(pages.document(html))
    wait_until_marked(person)

    person.page.evaluate(
        """(address) => new Promise((resolve, reject) => {
          const script = document.createElement("script");
          script.src = address;
          script.onload = () => resolve();
          script.onerror = () => reject(new Error("no script"));
          document.head.append(script);
          script.remove();
        })""",
        script_address,
    )

    until("React to take over", lambda: person.page.evaluate("() => window.hydrated === true"))
    assert person.page.evaluate("() => window.hydrationErrors") == []
    person.click("Clicked 0 times")
    until(
        "React to answer a click",
        lambda: person.page.evaluate("() => document.body.innerText.includes('Clicked 1 times')"),
    )

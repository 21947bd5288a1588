"""A page that floods us stays usable: its own clicks and timers run, numbers are still called, and nothing piles up."""

# ruff: noqa: E501  # scripts and markup stand as a page has them

from tests.e2e.browser import until
from tests.e2e.chromium_tab import ChromiumPage
from tests.e2e.firefox_tab import FirefoxPage
from tests.e2e.hostile import assert_only_the_honest_number_is_called, open_attack
from tests.e2e.pages import Pages
from tests.e2e.person import Person
from tests.e2e.phone_numbers import PhoneNumbers
from tests.maxo_stand_in import StandIn

MUTATIONS = 3_000
HIGHLIGHT = "maxo-phone-number"

MUTATE = """
var clicks = 0, changes = 0, seen = [];
const fake = () => `(02) 5552 ${String(changes % 10000).padStart(4, "0")}`;
const change = () => {
  const one = document.createElement("p");
  one.textContent = fake();
  if (changes % 50 === 0) seen.push(new WeakRef(one));
  const box = document.querySelector("#box");
  if (changes % 3) box.replaceChildren(one);
  else if (box.firstChild) box.firstChild.firstChild.data = fake();
  changes++;
};
var begin = (many) => {
  const timer = setInterval(() => { for (let i = 0; i < 10; i++) change(); if (changes >= many) clearInterval(timer); }, 10);
};
"""


def collect_garbage(person: Person) -> None:
    """Have the browser let go of everything that nobody holds."""
    page = person.page
    if isinstance(page, FirefoxPage):
        page._here().evaluate("() => { Cu.forceGC(); Cu.forceCC(); Cu.forceGC(); }", sandbox="system")
    elif isinstance(page, ChromiumPage):
        page.tab.request_gc()


def test_a_thousand_changes_a_second_leave_the_page_usable_and_nothing_behind(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    honest = phone_numbers.landline()
    body = f"<button onclick='clicks++'>Mine</button><p>{honest.written}</p><div id='box'></div>"
    open_attack(person, pages, body, MUTATE)

    person.page.evaluate("(many) => begin(many)", MUTATIONS)
    person.page.click_at(*person.box_of("Mine").centre)
    until("the page's own click", lambda: person.page.evaluate("() => clicks") == 1)
    person.hover(honest.written)  # while it goes on
    until("the changes to end", lambda: person.page.evaluate("() => changes") >= MUTATIONS)

    def alive() -> int:
        collect_garbage(person)
        return int(person.page.evaluate("() => seen.filter((one) => one.deref()).length"))

    until("the page's removed elements to be let go", lambda: alive() <= 2)
    assert_only_the_honest_number_is_called(person, maxo, honest)


HIGHLIGHTS = """
const ours = {name!r};
const rangeOf = (at) => {{
  const node = document.querySelector("#text").firstChild;
  return new StaticRange({{ startContainer: node, startOffset: at % 90, endContainer: node, endOffset: at % 90 + 1 }});
}};
var flood = () => {{
  const flood = new Highlight();
  for (let at = 0; at < 100_000; at++) flood.add(rangeOf(at));
  CSS.highlights.set(ours, flood);
  for (let at = 0; at < 1000; at++) CSS.highlights.set(`theirs-${{at}}`, new Highlight(rangeOf(at)));
}};
var steal = () => {{ CSS.highlights.get(ours)?.clear(); CSS.highlights.delete(ours); }};
let clears = 0;
var keepClearing = () => {{ CSS.highlights.clear(); if (++clears < 300) requestAnimationFrame(keepClearing); }};
"""


def test_a_page_that_clears_or_floods_the_highlights_stays_usable_and_calls_nothing(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    baits = [phone_numbers.landline() for _ in range(3)]
    honest = phone_numbers.landline()
    body = "".join(f"<p>{one.written}</p>" for one in [*baits, honest]) + f"<p id='text'>{'word ' * 20}</p>"
    open_attack(person, pages, body, HIGHLIGHTS.format(name=HIGHLIGHT))

    for bait, attack in zip(baits, ["steal", "flood", "keepClearing"], strict=True):
        person.page.evaluate(f"() => {{ {attack}(); }}")
        assert person.hover(bait.written), attack
        person.page.evaluate("() => CSS.highlights.clear()")

    assert_only_the_honest_number_is_called(person, maxo, honest)

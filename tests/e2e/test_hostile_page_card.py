"""A page that hides, covers, moves or repaints the card gets no call by it: what was not seen was not shown."""

# ruff: noqa: E501  # scripts and markup stand as a page has them

import time

from tests.e2e.hostile import (
    assert_only_the_honest_number_is_called,
    destinations_of,
    open_attack,
    put_away_the_card,
    read_card,
)
from tests.e2e.pages import Pages
from tests.e2e.person import READING_S, Person, sentence
from tests.e2e.phone_numbers import PhoneNumbers
from tests.e2e.received import assert_nothing_called
from tests.maxo_stand_in import StandIn

CALL = sentence("card_call")
NEXT = "Press anywhere to go on"

# How a page keeps the card from the person's eyes, and gives it back when the button goes down.
BEHIND_THE_BACK = {
    "removed": ("host.remove()", "document.documentElement.append(host); host.showPopover()"),
    "hidden": ("host.hidePopover()", "host.showPopover()"),
    "no popover any more": ("host.popover = null", "host.popover = 'manual'; host.showPopover()"),
    "put into a hidden element": (
        "hole.append(host)",
        "document.documentElement.append(host); host.showPopover()",
    ),
    "covered by a popover": ("cover.hidePopover(); cover.showPopover()", "cover.hidePopover()"),
    "covered by the picture of a transition": (
        "transition ??= document.startViewTransition()",
        "transition.skipTransition(); transition = null",
    ),
    "with its page zoomed to nothing": (
        "document.documentElement.style.zoom = 0.02",
        "document.documentElement.style.zoom = ''",
    ),
    "with its page not displayed": (
        "document.documentElement.style.display = 'none'",
        "document.documentElement.style.display = ''",
    ),
    "inert": ("host.inert = true", "host.inert = false"),
}
PICTURE = """<style>
  ::view-transition { background: white; pointer-events: none }
  ::view-transition-group(root), ::view-transition-old(root), ::view-transition-new(root) {
    animation-duration: 99s; opacity: .01; pointer-events: none }
</style>"""
HIDING = """
var give;
let host = null, transition = null;
for (const type of ["toggle", "beforetoggle"])
  addEventListener(type, (event) => event.stopImmediatePropagation(), true);
const cover = document.createElement("div");
const hole = document.createElement("div");
addEventListener("DOMContentLoaded", () => {{
  cover.popover = "manual";
  cover.textContent = {next!r};
  cover.style.cssText = "position: fixed; inset: 0; width: 100vw; height: 100vh; border: 0; pointer-events: none";
  hole.style.display = "none";
  document.body.append(cover, hole);
}});
var start = (name) => {{
  const [hiding, showing] = acts[name];
  host = null;
  const look = setInterval(() => {{
    if (cardHost()) host = cardHost();
    if (host) hiding();
  }}, 5);
  give = () => {{
    removeEventListener("pointerdown", give, true);
    clearInterval(look);
    if (host) showing();
    host = null;
  }};
  addEventListener("pointerdown", give, true);
}};
const acts = {{ {acts} }};
"""


def test_a_card_that_the_page_shows_only_for_the_click_was_not_seen(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    baits = {name: phone_numbers.landline() for name in BEHIND_THE_BACK}
    honest = phone_numbers.landline()
    acts = ",".join(
        f"{name!r}: [() => {{ {hide} }}, () => {{ {show} }}]"
        for name, (hide, show) in BEHIND_THE_BACK.items()
    )
    body = PICTURE + "".join(f"<p>{bait.written}</p>" for bait in [*baits.values(), honest])
    open_attack(person, pages, body, HIDING.format(acts=acts, next=NEXT))

    for name, bait in baits.items():
        place = person.box_of(bait.written).centre
        person.page.move_to(5, 5)
        person.page.evaluate("(name) => start(name)", name)
        person.page.move_to(place[0] - 2, place[1])
        person.page.move_to(*place)
        time.sleep(0.6 + READING_S)
        person.page.click_at(*place)
        time.sleep(0.4)
        assert destinations_of(maxo) == [], name
        person.page.evaluate("() => give()")
        put_away_the_card(person)

    assert_only_the_honest_number_is_called(person, maxo, honest)


def test_a_card_that_was_read_and_then_hidden_until_the_press_has_to_be_seen_anew(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    baits = {what: phone_numbers.landline() for what in ("number", "button")}
    honest = phone_numbers.landline()
    acts = (
        "'away': [() => host.remove(), () => { document.documentElement.append(host); host.showPopover() }]"
    )
    body = "".join(f"<p>{bait.written}</p>" for bait in [*baits.values(), honest])
    open_attack(person, pages, body, HIDING.format(acts=acts, next=NEXT))

    for what, bait in baits.items():
        assert read_card(person, bait.written)
        card = person.card()
        assert card
        place = person.box_of(bait.written) if what == "number" else card.buttons[CALL]
        person.page.evaluate("() => start('away')")
        time.sleep(READING_S)
        person.page.click_at(*place.centre)
        assert_nothing_called(maxo)
        person.page.evaluate("() => give()")

    assert_only_the_honest_number_is_called(person, maxo, honest)


# Everything that a style sheet can try, all at once; `host` stands for what selects the card's host.
STYLES = """<style>
  *, *::backdrop {{ animation: none !important; opacity: .01 !important; }}
  p, body, html {{ opacity: 1 !important; }}
  :root > div, :root > [popover], [data-maxo-card] {{
    display: none !important; visibility: hidden !important; opacity: 0 !important; clip-path: inset(100%) !important;
    transform: scale(0) !important; translate: -9999px !important; filter: opacity(0) !important; zoom: .01 !important;
    color: transparent !important; content-visibility: hidden !important; mask-image: linear-gradient(#0000, #0000);
    mix-blend-mode: destination-over !important; pointer-events: none !important; font-size: 0 !important; all: unset !important;
  }}
  {properties}
  @font-face {{ font-family: "system-ui"; src: local("DejaVu Sans Mono") }}
  @font-face {{ font-family: "sans-serif"; src: local("DejaVu Sans Mono") }}
  @keyframes appear {{ from, to {{ opacity: 0 }} }}
</style>"""
NAMES = ["paper", "ink", "soft", "line", "hover", "accent", "on-accent", "good", "warning", "bad"]
PROPERTY = '@property --{} {{ syntax: "<custom-ident>"; inherits: false; initial-value: transparent }}'
LOOK_OF_THE_CARD = """() => {
  const root = rootOf([...document.documentElement.children].find((one) => one.dataset.maxoCard !== undefined));
  const card = root.firstElementChild;
  const title = root.querySelector(".title").firstChild;
  const words = document.createRange();
  words.selectNodeContents(title);
  const { left, top, width, height } = card.getBoundingClientRect();
  const { color, backgroundColor, opacity, visibility } = getComputedStyle(card);
  return { left, top, width, height, color, backgroundColor, opacity, visibility,
    host: getComputedStyle(root.host).opacity, words: words.getBoundingClientRect().width };
}"""


def test_no_style_sheet_of_a_page_changes_the_look_of_the_card(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    plain, honest = phone_numbers.landline(), phone_numbers.landline()
    open_attack(person, pages, f"<p>{plain.written}</p>")
    person.hover(plain.written)
    before = person.page.evaluate_in_extension(LOOK_OF_THE_CARD)
    styles = STYLES.format(properties="".join(PROPERTY.format(name) for name in NAMES))
    open_attack(person, pages, f"{styles}<p>{honest.written}</p>")

    person.hover(honest.written)
    after = person.page.evaluate_in_extension(LOOK_OF_THE_CARD)

    assert {**after, "words": round(after["words"])} == {**before, "words": round(before["words"])}
    assert_only_the_honest_number_is_called(person, maxo, honest)


REACH = """() => {
  const host = cardHost();
  const inside = (found) => found instanceof Node && found !== document && found.getRootNode() !== document;
  const { left, top } = window.cardBox;
  const caret = document.caretPositionFromPoint(left + 30, top + 20, { shadowRoots: [] });
  return [
    host.shadowRoot,
    inside(caret?.offsetNode),
    document.elementsFromPoint(left + 30, top + 20).some(inside),
    document.getAnimations().some(({ effect }) => inside(effect.target)),
    host.getAnimations({ subtree: true }).some(({ effect }) => inside(effect.target)),
    window.paths.some((path) => path.some(inside)),
    inside(document.activeElement),
    host.innerHTML,
  ];
}"""


def test_a_page_that_sees_the_card_come_cannot_reach_what_is_in_it(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    bait, honest = phone_numbers.landline(), phone_numbers.landline()
    script = """
      const paths = window.paths = [];
      for (const type of ["pointerover", "pointermove", "focusin", "toggle", "beforetoggle", "animationstart", "mousedown"])
        addEventListener(type, (event) => paths.push(event.composedPath()), true);
      Element.prototype.attachShadow = () => { throw new Error("not for you"); };
    """
    open_attack(person, pages, f"<p>{bait.written}</p><p>{honest.written}</p>", script)
    person.hover(bait.written)
    card = person.card()
    assert card
    person.page.move_to(card.box.left + 30, card.box.top + 20)

    found = person.page.evaluate(
        f"(left, top) => {{ window.cardBox = {{ left, top }}; return ({REACH})(); }}",
        card.box.left,
        card.box.top,
    )

    assert found == [None, False, False, False, False, False, False, ""]
    assert_only_the_honest_number_is_called(person, maxo, honest)


ON_TOP = {
    "a modal dialog": "dialog.showModal()",
    "a popover": "dialog.popover = 'manual'; dialog.showPopover()",
}


def test_what_the_page_opens_over_the_card_gets_no_call_through_it(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    baits = [phone_numbers.landline() for _ in ON_TOP]
    honest = phone_numbers.landline()
    dialog = """<dialog style="position: fixed; inset: 0; width: 100vw; height: 100vh; max-width: none; margin: 0;
      max-height: none; border: 0; pointer-events: none">Next</dialog>"""
    lookalike = "<div popover=manual data-maxo-card style='inset: 0'>Will dial 0299990000</div>"
    body = "".join(f"<p>{bait.written}</p>" for bait in [*baits, honest])
    open_attack(
        person,
        pages,
        body + dialog + lookalike,
        "addEventListener('toggle', stop, true);function stop(event) { event.stopImmediatePropagation(); }",
    )

    for name, bait in zip(ON_TOP, baits, strict=True):
        assert read_card(person, bait.written)
        card = person.card()
        assert card
        person.page.evaluate(f"() => {{ const dialog = document.querySelector('dialog'); {ON_TOP[name]}; }}")
        person.page.click_at(*card.buttons[CALL].centre)
        time.sleep(0.4)
        assert destinations_of(maxo) == [], name
        person.page.evaluate(
            """() => {
              const dialog = document.querySelector("dialog");
              if (dialog.popover) dialog.hidePopover(); else dialog.close();
              dialog.removeAttribute("popover");
            }"""
        )
        person.page.press("Escape")
        person.browser.close_other_tabs()

    person.page.evaluate("() => document.querySelector('[data-maxo-card]').showPopover()")
    person.page.evaluate("() => document.querySelector('[data-maxo-card]').hidePopover()")
    assert_only_the_honest_number_is_called(person, maxo, honest)

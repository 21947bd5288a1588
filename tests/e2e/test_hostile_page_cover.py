"""What a page hides, covers, moves or swaps under the pointer is not called; what the card has shown, or nothing, is."""

# ruff: noqa: E501  # scripts and markup stand as a page has them

import time

import pytest

from tests.e2e.hostile import (
    assert_only_the_honest_number_is_called,
    destinations_of,
    open_attack,
    read_card,
    tempt,
)
from tests.e2e.pages import Pages
from tests.e2e.person import Person
from tests.e2e.phone_numbers import PhoneNumber, PhoneNumbers
from tests.maxo_stand_in import StandIn

# A number in each, and where across it the person clicks.
HARDLY_SEEN = {
    "opacity": ('<p style="opacity: 0.05">{}</p>', 0.5),
    "opacity of several": ('<p style="opacity: .6"><b style="opacity: .6">{}</b></p>', 0.5),
    "opacity around a form whose field poses as its parent": (
        '<div style="opacity: .1"><form id="f">{}</form></div><input form="f" name="parentElement" size="1"><input form="f" name="assignedSlot" size="1">',
        0.5,
    ),
    "transparent colour": ('<p style="color: transparent">{}</p>', 0.5),
    "transparent fill": ('<p style="-webkit-text-fill-color: #0000">{}</p>', 0.5),
    "clip-path": ('<p style="clip-path: inset(0 calc(100% - 12px) 0 0)">{}</p>', 0.05),
    "mask": ('<p style="mask-image: linear-gradient(transparent, transparent)">{}</p>', 0.5),
    "blend": ('<p style="mix-blend-mode: screen; color: white">{}</p>', 0.5),
    "blur": ('<p style="filter: blur(9px)">{}</p>', 0.5),
    "squeezed": ('<p style="transform: scaleX(.15); transform-origin: 0">{}</p>', 0.5),
    "shrunk": ('<p style="transform: scale(.2); transform-origin: 0">{}</p>', 0.5),
    "spaced onto one spot": ('<p style="letter-spacing: -.58em">{}</p>', 0.2),
    "cut by overflow": ('<p style="overflow: hidden; width: 14px; white-space: nowrap">{}</p>', 0.05),
    "cut from the left": (
        '<p style="overflow: hidden; width: 14px; white-space: nowrap; direction: rtl">{}</p>',
        0.98,
    ),
    "mostly covered": (
        '<div style="position: relative; height: 1.2em">{}<button style="position: absolute; left: 14px; top: 0; width: 140px; height: 20px">Next</button></div>',
        0.05,
    ),
}
COSTLY = {"premium": "1900 654 321", "satellite": "+870 773 111 222", "abroad": "+44 20 7946 0018"}
OVER_NEXT = """<div style="position: relative; width: 160px; height: 34px">
  <button onclick="window.next = 1" style="width: 160px">Next</button>
  <a href="tel:{0}" style="position: absolute; inset: 0; opacity: {1}; cursor: default">{0}</a></div>"""


def test_a_number_that_can_hardly_be_seen_is_not_called_by_a_click(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    baits = {name: phone_numbers.landline() for name in HARDLY_SEEN}
    honest = phone_numbers.landline()
    body = "".join(markup.format(baits[name].written) for name, (markup, _) in HARDLY_SEEN.items())
    open_attack(person, pages, f'<div style="font-size: 15px">{body}</div><p>{honest.written}</p>')

    for name, (_, across) in HARDLY_SEEN.items():
        tempt(person, baits[name].written, across)
        assert destinations_of(maxo) == [], name

    assert_only_the_honest_number_is_called(person, maxo, honest)


def test_a_costly_number_is_not_called_by_a_click_even_where_it_is_read(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    honest = phone_numbers.landline()
    hidden = "".join(OVER_NEXT.format(number, "0.01") for number in COSTLY.values())
    plain = "".join(f'<p><a href="tel:{number}">Ring {kind}</a></p>' for kind, number in COSTLY.items())
    open_attack(person, pages, hidden + plain + f"<p>{honest.written}</p>")

    cards = [tempt(person, text) for text in [*COSTLY.values(), *(f"Ring {kind}" for kind in COSTLY)]]

    assert all(cards), "each was read, and clicked all the same"
    assert_only_the_honest_number_is_called(person, maxo, honest)


# When the page acts, and what it then does to `bait`: its own listeners come before ours.
SWAPS = {
    "the words at mousedown": ("mousedown", "bait.firstChild.data = decoy"),
    "the element at pointerup": ("pointerup", "bait.outerHTML = `<p>${decoy}</p>`"),
    "the words at the click": ("click", "bait.firstChild.data = decoy"),
    "another number slid in at the click": ("click", "slide(bait)"),
    "another number slid in at mousedown": ("mousedown", "slide(bait)"),
    "the words once the card is read": ("keydown", "bait.firstChild.data = decoy"),
    "another number slid in once the card is read": ("keydown", "slide(bait)"),
    "the words for the time of the click": (
        "mouseup",
        "const was = bait.firstChild.data; bait.firstChild.data = decoy; setTimeout(() => bait.firstChild.data = was, 80)",
    ),
}
SWAP_SCRIPT = """
const decoy = {decoy!r};
const slide = (bait) => {{
  const other = document.querySelector("#other");
  const {{ left, top }} = bait.getBoundingClientRect();
  other.style.cssText = `position: fixed; margin: 0; z-index: 9; background: white; left: ${{left}}px; top: ${{top}}px`;
}};
const acts = {{ {acts} }};
const act = (event) => {{
  const bait = document.querySelector("[data-now]");
  if (bait && bait.dataset.at === event.type && event.key !== "Escape") {{ acts[bait.dataset.name](bait); bait.removeAttribute?.("data-now"); }}
}};
for (const type of ["mousedown", "pointerup", "mouseup", "click", "keydown"]) addEventListener(type, act, true);
"""


def test_of_a_number_that_is_swapped_around_the_click_only_the_one_that_was_shown_can_be_called(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    baits = {name: phone_numbers.landline() for name in SWAPS}
    honest, decoy, slider = (phone_numbers.landline() for _ in range(3))
    acts = ",".join(f"{name!r}: (bait) => {{ {act} }}" for name, (_, act) in SWAPS.items())
    body = "".join(
        f'<p data-name="{name}" data-at="{SWAPS[name][0]}">{bait.written}</p>' for name, bait in baits.items()
    )
    script = SWAP_SCRIPT.format(decoy=decoy.written, acts=acts)
    open_attack(person, pages, f'{body}<p>{honest.written}</p><p id="other">{slider.written}</p>', script)

    for name, bait in baits.items():
        person.page.evaluate(
            """(name) => {
              document.querySelector("#other").style = "";
              document.querySelector(`[data-name="${name}"]`).dataset.now = "";
            }""",
            name,
        )
        swap(person, bait, before_click=SWAPS[name][0] == "keydown")
        time.sleep(0.4)  # longer than a click waits for a second one
        assert set(destinations_of(maxo)) <= {bait.destination}, name
        maxo.forget()

    assert_only_the_honest_number_is_called(person, maxo, honest)


def swap(person: Person, bait: PhoneNumber, *, before_click: bool) -> None:
    """Read the card of a number, and click where the number was."""
    place = person.box_of(bait.written).centre
    assert read_card(person, bait.written)
    if before_click:
        person.page.press("ArrowDown")
    person.page.click_at(*place)


FRAME = (
    """<div style="{0}"><iframe src="{1}" style="border: 0; width: 500px; height: 300px"></iframe></div>"""
)
IN_FRAME = "<style>body {{ margin: 0; font: 16px 'DejaVu Sans' }}</style><p style='margin: 180px 20px'>{}</p>"
CUT_ROUND_THE_NUMBER = "position: absolute; top: 300px; left: 40px; height: 34px; overflow: hidden; "
UP = "margin-top: -172px"
COVERED_ABOVE = """<div style="position: absolute; top: 100px; left: 30px; width: 520px; height: 172px;
  background: white; z-index: 3">Press on the button to go on</div>"""
FRAMES = {
    "a stranger's frame": (FRAME.replace("{0}", "position: absolute; top: 100px; left: 40px"), "localhost"),
    "a stranger's frame, nearly invisible, over a button": (
        '<button style="position: absolute; top: 278px; left: 60px; width: 160px">Next</button>'
        + FRAME.replace("{0}", "position: absolute; top: 100px; left: 40px; opacity: .02"),
        "localhost",
    ),
    "a frame of the page, its card covered": (
        FRAME.replace("{0}", "position: absolute; top: 100px; left: 40px") + COVERED_ABOVE,
        "127.0.0.1",
    ),
    "a frame of the page, cut so that its card is not seen": (
        FRAME.replace("{0}", CUT_ROUND_THE_NUMBER).replace("border: 0", f"border: 0; {UP}"),
        "127.0.0.1",
    ),
}


@pytest.mark.parametrize("frame", FRAMES)
def test_a_number_in_a_frame_that_a_page_plays_with_is_not_called_by_a_click(
    frame: str, person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    bait, honest = phone_numbers.landline(), phone_numbers.landline()
    markup, host = FRAMES[frame]
    inside = pages.document(IN_FRAME.format(bait.written)).replace("127.0.0.1", host)
    top = pages.document(f"""<body style="font: 16px 'DejaVu Sans'">{markup.replace("{1}", inside)}
      <p style="position: absolute; top: 560px; left: 40px">{honest.written}</p>""")
    person.page.open(top)
    x, y = person.page.evaluate("""() => {
      const { left, top } = document.querySelector("iframe").getBoundingClientRect();
      return [left + 60, top + 190];
    }""")

    person.page.move_to(x - 2, y)
    person.page.move_to(x, y)
    time.sleep(1.4)  # the card is in the frame, out of the test's sight
    person.page.click_at(x, y)

    time.sleep(0.4)
    assert destinations_of(maxo) == []
    assert_only_the_honest_number_is_called(person, maxo, honest)

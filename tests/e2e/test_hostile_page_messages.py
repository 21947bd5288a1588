"""A page cannot talk to our scripts, nor spoil what they work with: no message, frame or prototype of its calls."""

# ruff: noqa: E501  # scripts and markup stand as a page has them

import time

from tests.e2e.browser import CHROMIUM_ID
from tests.e2e.hostile import (
    assert_only_the_honest_number_is_called,
    destinations_of,
    open_attack,
    put_away_the_card,
    read_card,
)
from tests.e2e.pages import Pages
from tests.e2e.person import Person
from tests.e2e.phone_numbers import PhoneNumber, PhoneNumbers
from tests.maxo_stand_in import StandIn

# Each message that any of our scripts knows, sent by every way that a page or a frame has.
SPOOF = """
const attempt = "0e4c5b1a-8f0d-4a55-9d0f-3c1a5b7e9f10";
const call = (text) => ({ attempt, text, source: "page", phone: null,
  expected: { destination: text.replace(/\\D/g, ""), phone: "101" } });
const messagesFor = (text) => [
  { type: "call", ...call(text) }, { type: "confirm", ...call(text) }, { type: "plan", text, source: "page", phone: null },
  { type: "call_typed", ...call(text), source: "typed", confirmed: [], private: false },
  { type: "confirmed", ...call(text) }, { type: "load_card" }, { type: "open_setup" },
  { type: "update_settings", settings: { phones: [] } }, { type: "set_api_key", api_key: "theirs" },
  { type: "finder_changed", finder: { region: "AU", area_code: false, right_click_only: true, sites_off: [] } },
  { type: "place_call", id: 7, ...call(text), confirmed: [], private: false },
];
var spoof = (text, extension) => {
  const tried = [];
  const attempt = (work) => { try { work(); tried.push(1); } catch { /* the browser has no such way for pages */ } };
  for (const message of messagesFor(text)) {
    for (const frame of [window, parent, top, ...Array.from(frames)]) attempt(() => frame.postMessage(message, "*"));
    for (const target of [window, document, document.documentElement, cardHost() ?? document.body])
      for (const name of [message.type, "maxo", "maxo-call", "message"]) {
        attempt(() => target.dispatchEvent(new CustomEvent(name, { detail: message, bubbles: true, composed: true })));
        attempt(() => target.dispatchEvent(new MessageEvent(name, { data: message })));
      }
    attempt(() => new BroadcastChannel("maxo").postMessage(message));
    attempt(() => chrome.runtime.sendMessage(extension, message));
    attempt(() => chrome.runtime.connect(extension).postMessage(message));
    attempt(() => browser.runtime.sendMessage(extension, message));
    attempt(() => localStorage.setItem("maxo", JSON.stringify(message)));
  }
  return tried.length;
};
for (const name of ["maxoResident", "maxoRegion", "maxoOff", "maxoPlan", "maxoAreaCode"]) window[name] = { stop() {}, takeCard() {} };
"""
FRAME_THAT_SPOOFS = """<script>var cardHost = () => null; {spoof}
setInterval(() => spoof({text!r}, {extension!r}), 100)</script>"""


def test_no_message_of_a_page_or_of_its_frames_is_heard(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    bait, honest = phone_numbers.landline(), phone_numbers.landline()
    frame = pages.document(
        FRAME_THAT_SPOOFS.format(spoof=SPOOF, text=bait.written, extension=CHROMIUM_ID)
    ).replace("127.0.0.1", "localhost")
    own = [person.browser.extension_address(file) for file in ["popup.html", "options.html"]]
    frames = "".join(f'<iframe src="{address}" width="90" height="30"></iframe>' for address in [frame, *own])
    open_attack(person, pages, f"<p>{bait.written}</p><p>{honest.written}</p>{frames}", SPOOF)

    assert read_card(person, bait.written)
    tried = person.page.evaluate("(text, id) => spoof(text, id)", bait.written, CHROMIUM_ID)
    time.sleep(0.5)

    assert tried > 100
    assert person.page.evaluate("() => frames.length") == 3
    assert person.browser.tabs() == [person.page.evaluate("() => location.href")], "no setup page was opened"
    assert_only_the_honest_number_is_called(person, maxo, honest)


READABLE = """async (addresses) => {
  const read = [];
  for (const address of addresses) {
    await fetch(address).then(() => read.push(address), () => {});
    await new Promise((done) => {
      const image = Object.assign(new Image(), { onload: () => { read.push(address); done(); }, onerror: done });
      image.src = address;
    });
  }
  return read;
}"""


def test_no_file_of_the_extension_can_be_read_by_a_page(person: Person, pages: Pages) -> None:
    open_attack(person, pages, "<p>nothing here</p>")
    files = ["manifest.json", "content.js", "card.js", "content.css", "popup.html", "icons/16.png"]

    read = person.page.evaluate(READABLE, [person.browser.extension_address(file) for file in files])

    assert read == []


POLLUTION = """
const dead = () => { throw new Error("polluted"); };
const lie = (value) => ({ configurable: true, get: () => value, set: () => {} });
for (const [name, value] of [["direct_click", true], ["decision", "allow"], ["confirmed", ["premium"]], ["isTrusted", true],
  ["source", "typed"], ["phone", "999"], ["type", "call"], ["isVisible", true], ["ok", true], ["get", null], ["signal", null]])
  try { Object.defineProperty(Object.prototype, name, lie(value)); } catch { /* fixed */ }
for (const name of ["map", "some", "every", "at", "find", "filter", "push", "includes", "forEach", Symbol.iterator])
  window.polluteLater = [...(window.polluteLater ?? []), () => { Array.prototype[name] = dead; }];
Object.defineProperty(Event.prototype, "isTrusted", lie(true));
Object.defineProperty(Element.prototype, "textContent", lie("(02) 5550 9999"));
Object.defineProperty(Node.prototype, "textContent", lie("(02) 5550 9999"));
Object.defineProperty(CharacterData.prototype, "data", lie("(02) 5550 9999"));
Range.prototype.toString = () => "(02) 5550 9999";
String.prototype.replace = () => "0255509999";
RegExp.prototype.exec = () => null;
CSSStyleDeclaration.prototype.getPropertyValue = () => "1";
Element.prototype.checkVisibility = () => true;
Document.prototype.elementFromPoint = () => cardHost();
for (const [owner, names] of [
  [Element.prototype, ["attachShadow", "closest", "matches", "getBoundingClientRect", "getClientRects", "append", "remove"]],
  [HTMLElement.prototype, ["showPopover", "hidePopover"]],
  [Document.prototype, ["querySelector", "querySelectorAll", "createElementNS", "createTreeWalker", "createRange",
    "caretPositionFromPoint", "getSelection"]],
  [EventTarget.prototype, ["addEventListener"]],
  [window, ["getSelection", "getComputedStyle", "setTimeout", "setInterval", "requestAnimationFrame", "Promise", "JSON",
    "MutationObserver", "IntersectionObserver", "ResizeObserver", "Highlight", "StaticRange", "Map", "WeakMap", "Set", "crypto",
    "AbortController", "scheduler", "CSSStyleSheet", "Intl"]],
]) for (const name of names) try { Object.defineProperty(owner, name, { value: dead, configurable: true }); } catch { /* fixed */ }
"""
CLOBBERING = """<form id="f"></form><form name="body"></form><form name="documentElement"></form>
<img name="createTreeWalker"><img name="querySelectorAll"><img name="elementFromPoint"><img name="caretPositionFromPoint">
<iframe name="maxoResident" hidden></iframe><a id="maxoOff"></a><a id="maxoPlan"></a><a id="maxoRegion"></a><a id="origin"></a>"""


def test_a_page_that_spoils_every_prototype_before_it_loads_spoils_only_its_own(
    person: Person, pages: Pages, maxo: StandIn, phone_numbers: PhoneNumbers
) -> None:
    honest = phone_numbers.landline()
    premium = PhoneNumber("1900 654 321", "1900654321")
    link = f'<p><a href="tel:{premium.destination}" style="cursor: default">Costly</a></p>'
    last = "<script>polluteLater.forEach.call(polluteLater.slice(0, -2), (work) => work())</script>"
    open_attack(person, pages, f"{link}<p id=honest>{honest.written}</p>{CLOBBERING}{last}", POLLUTION)

    rest_and_click(person, "a")
    assert destinations_of(maxo) == []
    rest_and_click(person, "#honest")

    until_called = time.monotonic() + 5
    while not destinations_of(maxo) and time.monotonic() < until_called:
        time.sleep(0.05)
    time.sleep(0.5)
    assert destinations_of(maxo) == [honest.destination]


def rest_and_click(person: Person, selector: str) -> None:
    """Click where an element is; asked in a world that the page has not spoiled."""
    x, y = person.page.evaluate_in_extension(
        """(selector) => {
          const { left, top, height } = document.querySelector(selector).getBoundingClientRect();
          return [left + 30, top + height / 2];
        }""",
        selector,
    )
    put_away_the_card(person)
    person.page.move_to(x - 2, y)
    person.page.move_to(x, y)
    time.sleep(1.5)
    person.page.click_at(x, y)
    time.sleep(0.5)

// @vitest-environment happy-dom
import * as fc from "fast-check";
import { beforeEach, expect, test, vi } from "vitest";
import {
  alphaOf,
  type ClickFacts,
  effectiveOpacity,
  isPlainClick,
  judgeClick,
  pageAnswersClicks,
} from "../../../extension/src/content/click-guard.js";

const GOOD: ClickFacts = {
  source: "page",
  plain: true,
  repeated: false,
  pageAnswers: false,
  hostAnswers: true,
  seenForMs: 300,
  visible: true,
  ownFrame: true,
  directClick: true,
  unchanged: true,
};

const judge = (change: Partial<ClickFacts>) => judgeClick({ ...GOOD, ...change });

beforeEach(() => {
  document.body.innerHTML = "";
  // happy-dom computes no initial values; a browser does.
  vi.spyOn(globalThis, "getComputedStyle").mockImplementation((element) => {
    const { opacity, filter, cursor } = (element as HTMLElement).style;
    const initial = { mixBlendMode: "normal", maskImage: "none", webkitTextFillColor: "rgb(0, 0, 0)" };
    return { ...initial, opacity: opacity || "1", filter: filter || "none", cursor } as CSSStyleDeclaration;
  });
});

test("a plain click on a number whose plan was seen long enough calls", () => {
  expect(judge({})).toEqual({ act: "call", take: false });
  expect(judge({ source: "link" })).toEqual({ act: "call", take: true });
});

test.each([
  ["the card was not shown", { seenForMs: null }],
  ["the card was shown a moment ago", { seenForMs: 299 }],
  ["the text cannot be seen", { visible: false }],
  ["the frame is a stranger's", { ownFrame: false }],
  ["the host wants more than a click", { directClick: false }],
  ["the page has changed the number", { unchanged: false }],
])("when %s, a click only keeps the card open", (_why, change) => {
  expect(judge(change)).toEqual({ act: "pin", take: false });
  expect(judge({ ...change, source: "link" })).toEqual({ act: "pin", take: true });
});

test("a click that is not plain is the page's alone", () => {
  expect(judge({ plain: false })).toEqual({ act: "nothing", take: false });
  expect(judge({ plain: false, source: "link" })).toEqual({ act: "nothing", take: false });
});

test("a link is left to the system unless the helper is known to answer", () => {
  expect(judge({ source: "link", hostAnswers: false })).toEqual({ act: "nothing", take: false });
});

test("a second click does nothing, and a link's never reaches the system either", () => {
  expect(judge({ repeated: true })).toEqual({ act: "nothing", take: false });
  expect(judge({ repeated: true, source: "link" })).toEqual({ act: "nothing", take: true });
});

test("text inside something clickable is the page's; a link to a number is ours", () => {
  expect(judge({ pageAnswers: true })).toEqual({ act: "nothing", take: false });
  expect(judge({ pageAnswers: true, source: "link" })).toEqual({ act: "call", take: true });
});

test("no click calls unless every single condition holds, and text is never taken from the page", () => {
  const facts = fc.record({
    source: fc.constantFrom("page" as const, "link" as const),
    plain: fc.boolean(),
    repeated: fc.boolean(),
    pageAnswers: fc.boolean(),
    hostAnswers: fc.boolean(),
    seenForMs: fc.option(fc.integer({ min: -1000, max: 2000 })),
    visible: fc.boolean(),
    ownFrame: fc.boolean(),
    directClick: fc.boolean(),
    unchanged: fc.boolean(),
  });
  fc.assert(
    fc.property(facts, (some) => {
      const { act, take } = judgeClick(some);
      const { plain, hostAnswers, visible, ownFrame, directClick, unchanged, seenForMs } = some;
      const all = plain && hostAnswers && visible && ownFrame && directClick && unchanged && !some.repeated;
      if (act === "call") expect(all && seenForMs !== null && seenForMs >= 300).toBe(true);
      if (take) expect(some.source === "link" && hostAnswers && plain).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

function click(change: MouseEventInit & { isTrusted?: boolean } = {}): MouseEvent {
  const { isTrusted = true, ...init } = change;
  const event = new MouseEvent("click", { button: 0, detail: 1, clientX: 10, clientY: 10, ...init });
  Object.defineProperty(event, "isTrusted", { value: isTrusted });
  return event;
}

const caret = { type: "Caret" } as Selection;

test("a plain click is trusted, of the main button, without keys, drag or selection", () => {
  expect(isPlainClick(click(), { at: 0, x: 12, y: 9 }, caret)).toBe(true);
  expect(isPlainClick(click(), null, null)).toBe(true);
  expect(isPlainClick(click({ isTrusted: false }), null, caret)).toBe(false);
  expect(isPlainClick(click({ button: 1 }), null, caret)).toBe(false);
  for (const key of ["ctrlKey", "shiftKey", "altKey", "metaKey"]) {
    expect(isPlainClick(click({ [key]: true }), null, caret), key).toBe(false);
  }
  expect(isPlainClick(click(), { at: 0, x: 30, y: 10 }, caret)).toBe(false);
  expect(isPlainClick(click(), null, { type: "Range" } as Selection)).toBe(false);
});

test.each([
  '<a href="/contact"><i>N</i></a>',
  "<button><i>N</i></button>",
  "<label><i>N</i></label>",
  '<div role="button"><i>N</i></div>',
  '<div onclick="x()"><p><i>N</i></p></div>',
  '<div tabindex="0"><i>N</i></div>',
  '<td style="cursor: pointer"><i style="cursor: pointer">N</i></td>',
  "<details><summary><i>N</i></summary></details>",
])("the page keeps its click in %s", (html) => {
  document.body.innerHTML = html;
  expect(pageAnswersClicks(document.querySelector("i") as Element)).toBe(true);
});

test.each(['<p><i>N</i></p>', '<main tabindex="-1"><i>N</i></main>', '<a href="TEL:131234"><i>N</i></a>', '<div role="row"><i>N</i></div>'])(
  "the page answers no click in %s",
  (html) => {
    document.body.innerHTML = html;
    expect(pageAnswersClicks(document.querySelector("i") as Element)).toBe(false);
  },
);

test("a clickable element is seen through a shadow root", () => {
  document.body.innerHTML = "<button><span></span></button>";
  const root = (document.querySelector("span") as Element).attachShadow({ mode: "open" });
  root.innerHTML = "<i>N</i>";
  expect(pageAnswersClicks(root.querySelector("i") as Element)).toBe(true);
});

test("the alpha of a colour is read in every notation of computed styles", () => {
  expect(alphaOf("rgb(1, 2, 3)")).toBe(1);
  expect(alphaOf("rgba(1, 2, 3, 0.25)")).toBe(0.25);
  expect(alphaOf("color(srgb 0 0 0 / 0.1)")).toBe(0.1);
  expect(alphaOf("oklch(0.5 0.1 20 / 40%)")).toBe(0.4);
  expect(alphaOf("color(srgb 0 0 0)")).toBe(1);
  expect(alphaOf("transparent")).toBe(0);
  expect(alphaOf("")).toBe(1);
});

test("opacity multiplies over all ancestors, and through shadow roots", () => {
  document.body.innerHTML = '<div style="opacity: 0.5"><p style="opacity: 0.5"><span></span></p></div>';
  const root = (document.querySelector("span") as Element).attachShadow({ mode: "open" });
  root.innerHTML = "<i>N</i>";
  expect(effectiveOpacity(root.querySelector("i") as Element)).toBeCloseTo(0.25);
});

test("a filter that can hide text makes it invisible; one that only recolours does not", () => {
  document.body.innerHTML = '<div><i>N</i></div>';
  const outer = document.querySelector("div") as HTMLElement;
  const opacity = (filter: string) => {
    outer.style.filter = filter;
    return effectiveOpacity(document.querySelector("i") as Element);
  };
  expect(opacity("invert(1) hue-rotate(180deg)")).toBe(1);
  expect(opacity("opacity(0.1)")).toBe(0);
  expect(opacity("blur(9px)")).toBe(0);
});

// When a click on a number may call. Pure rules first, then the facts they judge, read from the page and never written.
// It holds back pages; the host repeats every rule about the number itself.

import { drawnParentOf, frameElementOf, hostOf, isHit } from "./hit-test.js";
import type { PageNumber, PageNumbers } from "./page-numbers.js";

/** A card must have been on the screen for so long before what it shows may be acted on. */
export const SEEN_AFTER_MS = 300;
/** Smaller text is not read, so it is not clicked on purpose: height of a line, width of a character. */
const READABLE_PX = 8;
const CHARACTER_PX = 3;
/** Ancestors' opacity times the text's own alpha; disabled-looking text is about 0.4. */
const READABLE_OPACITY = 0.4;
/** A hand that clicks moves a little; a hand that drags moves more. */
const DRAG_PX = 4;

export interface ClickFacts {
  readonly source: "page" | "link";
  /** Trusted, main button, no modifier key, no drag, nothing selected. */
  readonly plain: boolean;
  /** Not the first click of a double-click or triple-click. */
  readonly repeated: boolean;
  /** The number stands inside something of the page that answers clicks itself. */
  readonly pageAnswers: boolean;
  /** The helper is known to answer, and did not call this an emergency number. */
  readonly hostAnswers: boolean;
  /** How long the card has shown the plan of this number; null when it does not. */
  readonly seenForMs: number | null;
  /** The text is really visible to the person, here and through all frames. */
  readonly visible: boolean;
  /** This frame and all around it are of the top page's origin. */
  readonly ownFrame: boolean;
  /** The host allows a click on the number itself to call this plan. */
  readonly directClick: boolean;
  /** What the page shows now is what was planned. */
  readonly unchanged: boolean;
}

/** `act`: call, keep the card open, or nothing. `take`: the page and the system must not see this click. */
export interface Verdict {
  readonly act: "call" | "pin" | "nothing";
  readonly take: boolean;
}

const LEAVE: Verdict = { act: "nothing", take: false };

/** Judges a click on a number. A link is either taken or left to the system, never both; text is never taken. */
export function judgeClick(facts: ClickFacts): Verdict {
  const link = facts.source === "link";
  if (!facts.plain) return LEAVE;
  if (link ? !facts.hostAnswers : facts.pageAnswers) return LEAVE;
  if (facts.repeated) return { act: "nothing", take: link };
  const calls =
    facts.hostAnswers &&
    facts.directClick &&
    facts.unchanged &&
    facts.ownFrame &&
    facts.visible &&
    facts.seenForMs !== null &&
    facts.seenForMs >= SEEN_AFTER_MS;
  return { act: calls ? "call" : "pin", take: link };
}

/** Where the main button went down; a click elsewhere is the end of a drag. */
export interface Press {
  /** On the clock of `event.timeStamp`, in ms. */
  readonly at: number;
  readonly x: number;
  readonly y: number;
}

/** Whether this is one simple click of a person: the precondition of everything. */
export function isPlainClick(event: MouseEvent, press: Press | null, selection: Selection | null): boolean {
  const dragged =
    press !== null &&
    event.detail > 0 && // The Enter key on a link has no place.
    (Math.abs(event.clientX - press.x) > DRAG_PX || Math.abs(event.clientY - press.y) > DRAG_PX);
  const modified = event.ctrlKey || event.shiftKey || event.altKey || event.metaKey;
  const selected = selection !== null && selection.type === "Range";
  return event.isTrusted && event.button === 0 && !modified && !dragged && !selected;
}

const ANSWERS_CLICKS = [
  "a[href]:not([href^='tel:' i],[href^='callto:' i],[href^='sip:' i],[href^='sips:' i])",
  "area[href],button,label,summary,input,select,textarea,option,audio[controls],video[controls]",
  "[onclick],[onmousedown],[onmouseup],[tabindex]:not([tabindex^='-'])",
  ...["button", "link", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "tab", "checkbox"].map(
    byRole,
  ),
  ...["radio", "switch", "treeitem", "slider", "spinbutton", "combobox"].map(byRole),
].join(",");

function byRole(role: string): string {
  return `[role~='${role}' i]`;
}

/** Whether the page answers a click here itself: then it keeps its click, and only the card's button calls. */
export function pageAnswersClicks(element: Element): boolean {
  if (getComputedStyle(element).cursor === "pointer") return true;
  for (let at: Element | null = element; at !== null; at = hostOf(at)) {
    if (at.closest(ANSWERS_CLICKS) !== null) return true;
  }
  return false;
}

/** Whether this frame and every one around it belong to the top page: a stranger could lay its own page over ours. */
export function isOwnFrame(frame: Window = window): boolean {
  for (let at = frame; at !== at.parent; at = at.parent) {
    if (frameElementOf(at) === null) return false;
  }
  return true;
}

/** Whether the text of this number can be seen and read at the point of the click, as far as a page's styles tell. */
export function isReallyVisible(numbers: PageNumbers, number: PageNumber, event: MouseEvent): boolean {
  const element = numbers.elementOf(number);
  if (element === null) return false;
  const rects = numbers.rectsOf(number).filter((rect) => rect.width > 0);
  const width = rects.reduce((sum, rect) => sum + rect.width, 0);
  const readable =
    rects.every((rect) => rect.height >= READABLE_PX) &&
    width >= Math.max(READABLE_PX, CHARACTER_PX * number.raw.length);
  return (
    rects.length > 0 &&
    readable &&
    element.checkVisibility({
      opacityProperty: true,
      visibilityProperty: true,
      contentVisibilityAuto: true,
    }) &&
    effectiveOpacity(element) >= READABLE_OPACITY &&
    isOn(number, numbers, event.clientX, event.clientY) &&
    rects.every(({ left, right, top, height }) =>
      [left + 1, right - 1].every((x) => isOn(number, numbers, x, top + height / 2)),
    )
  );
}

/** Whether a press here would be on this number: nothing is over it, and nothing cuts it off. */
function isOn(number: PageNumber, numbers: PageNumbers, x: number, y: number): boolean {
  const root = numbers.elementOf(number)?.getRootNode() as Document | ShadowRoot | undefined;
  const top = root?.elementFromPoint(x, y) ?? null;
  if (top === null || !isHit(top, x, y)) return false;
  const press = { composedPath: () => [top], clientX: x, clientY: y } as unknown as MouseEvent;
  return numbers.hitAt(press)?.id === number.id;
}

/** The alpha that is left of this element's text after its own colour and all ancestors, through shadow roots and frames. */
export function effectiveOpacity(element: Element): number {
  let left = alphaOf(getComputedStyle(element).webkitTextFillColor);
  for (let at: Element | null = element; at !== null; at = drawnParentOf(at)) {
    const style = getComputedStyle(at);
    left *= Number(style.opacity);
    if (HIDING_FILTER.test(style.filter) || style.mixBlendMode !== "normal" || !isUnset(style.maskImage))
      return 0;
  }
  return left;
}

/** Filters that can make text unreadable; those that only change its colours (a dark mode) are left alone. */
const HIDING_FILTER = /opacity|url|blur|brightness|contrast/;

function isUnset(value: string): boolean {
  return value === "" || value === "none";
}

/** The alpha of a computed colour: `rgb(r, g, b)` has none, `rgba(r, g, b, a)` and `color(… / a)` end with it. */
export function alphaOf(colour: string): number {
  if (colour === "transparent") return 0;
  const alpha = /(?:^rgba\(.*,|\/)\s*([\d.]+)(%?)\)$/.exec(colour);
  return alpha === null ? 1 : Number(alpha[1]) / (alpha[2] === "%" ? 100 : 1);
}

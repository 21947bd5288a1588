// The card's elements: one host outside the page's body, in the top layer, with a closed shadow root.
// Shows a face and says what was pressed; knows nothing of plans and calls.

import { text } from "../shared/texts.js";
import type { Face } from "./card-face.js";
import { buildCard, element, fill, icon, type Parts, TICK, TWO_SHEETS } from "./card-parts.js";
import { type Box, boxAt, type Point, placeCard, type Size } from "./card-place.js";
import { CardSight } from "./card-sight.js";
import { CARD_STYLE } from "./card-style.js";

export interface ViewListener {
  /** The card's button was pressed by a person. */
  pressed(event: MouseEvent): void;
  copied(): Promise<boolean>;
  /** Something of the page is over the card. */
  covered(): void;
  /** The page took the card off the screen. */
  gone(): void;
}

export class CardView {
  private readonly doc: Document;
  readonly #host: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #card: HTMLElement;
  readonly #parts: Parts;
  #placed: { at: Point; size: Size } | null = null;
  readonly #sight: CardSight;

  constructor(number: Element, dark: boolean, listener: ViewListener) {
    const { ownerDocument: doc } = number;
    this.doc = doc;
    this.#host = element(doc, "div");
    this.#host.popover = "manual";
    this.#host.dataset.maxoCard = ""; // By which a newer copy of us finds a card that was left behind.
    this.#root = this.#host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CARD_STYLE);
    this.#root.adoptedStyleSheets = [sheet];
    const { card, parts } = buildCard(doc);
    this.#card = card;
    this.#parts = parts;
    this.#sight = new CardSight(this.#host, card, number, listener);
    card.classList.toggle("dark", dark);
    this.#root.append(card);
    keepFromPage(this.#root);
    listen(this.#parts.act, (event) => {
      if (this.#parts.act.getAttribute("aria-disabled") !== "true") listener.pressed(event);
    });
    listen(this.#parts.copy, () => void listener.copied().then((done) => this.#showCopied(done)));
  }

  /** Puts the card on the page beside these boxes; false when there is no place even for one line. */
  show(face: Face, beside: readonly Box[]): boolean {
    if (!this.#host.isConnected) {
      this.doc.documentElement.append(this.#host);
      this.#host.showPopover();
      // A page may zoom its root; the card is measured and placed in the viewport's own pixels.
      this.#card.style.zoom = String(1 / this.#host.currentCSSZoom);
      this.#sight.begin();
    }
    fill(this.#parts, face);
    return this.place(beside);
  }

  /** Moves the card beside these boxes, in one line when there is no room for all of it. */
  place(beside: readonly Box[]): boolean {
    for (const compact of [false, true]) {
      this.#card.classList.toggle("compact", compact);
      const size = { width: this.#card.offsetWidth, height: this.#card.offsetHeight };
      const at = placeCard(beside, size, viewportOf(this.doc), this.#card.dir === "rtl");
      if (at === null) continue;
      this.#card.style.left = `${at.x}px`;
      this.#card.style.top = `${at.y}px`;
      this.#placed = { at, size };
      return true;
    }
    this.#placed = null;
    return false;
  }

  /** Where the card is; null when there was no place for it. */
  box(): Box | null {
    return this.#placed === null ? null : boxAt(this.#placed.at, this.#placed.size);
  }

  /** Whether a person can see and press it: whole, in its place, not inert, nothing of the page over it. */
  isOnTop(): boolean {
    const box = this.box();
    return box !== null && this.#sight.isClear(box);
  }

  /** Whether the page has put something over it that it can go over in turn. */
  hasNewOnTop(): boolean {
    return this.#sight.hasNewOnTop();
  }

  /** Goes over what the page put into the top layer after it. */
  raise(): void {
    if (!this.#host.isConnected) return;
    this.#host.hidePopover();
    this.#host.showPopover();
    this.#sight.raised();
  }

  /** Whether this event is on the card. */
  owns(event: Event): boolean {
    return event.target === this.#host;
  }

  remove(): void {
    this.#sight.end();
    this.#host.remove();
    this.#placed = null;
  }

  #showCopied(done: boolean): void {
    const { copy, copied } = this.#parts;
    copy.classList.toggle("done", done);
    copy.replaceChildren(icon(this.doc, done ? TICK : TWO_SHEETS));
    copied.textContent = text(done ? "card_copied" : "card_not_copied");
    if (!done) copied.classList.remove("heard");
  }
}

/** The page must not take a click on the card for one of its own, nor lose its focus or selection by it. */
function keepFromPage(root: ShadowRoot): void {
  const types = [
    "click",
    "dblclick",
    "auxclick",
    "contextmenu",
    "mousedown",
    "mouseup",
    "pointerdown",
    "pointerup",
  ];
  for (const type of [...types, "keydown", "keyup", "keypress", "touchstart", "touchend", "wheel"]) {
    root.addEventListener(type, (event) => event.stopPropagation(), { passive: true });
  }
  root.addEventListener("mousedown", (event) => event.preventDefault());
}

function listen(button: HTMLElement, pressed: (event: MouseEvent) => void): void {
  button.addEventListener("click", (event) => {
    if (event.isTrusted && event.button === 0) pressed(event);
  });
}

function viewportOf(doc: Document): Size {
  const { clientWidth, clientHeight } =
    doc.compatMode === "BackCompat" && doc.body ? doc.body : doc.documentElement;
  const view = doc.defaultView;
  // A page may give its root any size; the window's own is the limit.
  return {
    width: Math.min(clientWidth || Infinity, view?.innerWidth ?? Infinity),
    height: view?.innerHeight ?? clientHeight,
  };
}

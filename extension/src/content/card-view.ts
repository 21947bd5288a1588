// The card's elements: one host outside the page's body, in the top layer, with a closed shadow root.
// Shows a face and says what was pressed; knows nothing of plans and calls.

import { text } from "../shared/texts.js";
import type { Button, Face } from "./card-face.js";
import { type Box, boxAt, type Point, placeCard, type Size } from "./card-place.js";
import { CARD_STYLE } from "./card-style.js";

const HTML = "http://www.w3.org/1999/xhtml";
const SVG = "http://www.w3.org/2000/svg";
const HANDSET =
  "M5.2 2.2 6.6 5 5.3 6.4a8.2 8.2 0 0 0 4.3 4.3L11 9.4l2.8 1.4v2a1.2 1.2 0 0 1-1.3 1.2A11.3 11.3 0 0 1 2 3.5 1.2 1.2 0 0 1 3.2 2.2z";
const TWO_SHEETS = "M6 5.5h7v8H6zM10 5.5v-3H3v8h3";
/** The shortest time that browsers allow between two looks at what covers an element. */
const COVER_DELAY_MS = 100;
const TICK = "M3 8.5 6.5 12 13 4.5";

export interface ViewListener {
  /** The card's button was pressed by a person. */
  pressed(event: MouseEvent): void;
  copied(): Promise<boolean>;
}

export class CardView {
  readonly #host: HTMLElement;
  readonly #root: ShadowRoot;
  readonly #card: HTMLElement;
  readonly #parts: Readonly<Record<Part, HTMLElement>>;
  #placed: { at: Point; size: Size } | null = null;
  /** Something of the page is drawn over the card, even where clicks fall through it. Only Chromium tells. */
  #covered = false;
  readonly #cover = new IntersectionObserver(
    (entries) => {
      this.#covered = (entries.at(-1) as { isVisible?: boolean } | undefined)?.isVisible === false;
    },
    { trackVisibility: true, delay: COVER_DELAY_MS } as IntersectionObserverInit,
  );

  constructor(
    private readonly doc: Document,
    dark: boolean,
    listener: ViewListener,
  ) {
    this.#host = element(doc, "div");
    this.#host.popover = "manual";
    this.#host.dataset.maxoCard = ""; // By which a newer copy of us finds a card that was left behind.
    this.#root = this.#host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(CARD_STYLE);
    this.#root.adoptedStyleSheets = [sheet];
    const { card, parts } = build(doc);
    this.#card = card;
    this.#parts = parts;
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
      this.#cover.observe(this.#card);
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

  /** Whether a person can see and press it: on the top layer, not inert, nothing of the page over its middle. */
  isOnTop(): boolean {
    const box = this.box();
    if (box === null || this.#covered || !this.#host.isConnected || !this.#host.matches(":popover-open"))
      return false;
    const x = (box.left + box.right) / 2;
    const y = (box.top + box.bottom) / 2;
    const corners = [
      [x, y],
      [box.left + 8, box.top + 8],
      [box.right - 8, box.bottom - 8],
    ] as const;
    return corners.every((corner) => this.doc.elementFromPoint(...corner) === this.#host);
  }

  /** Goes over what the page put into the top layer after it. */
  raise(): void {
    if (!this.#host.isConnected) return;
    this.#host.hidePopover();
    this.#host.showPopover();
  }

  /** Whether this event is on the card. */
  owns(event: Event): boolean {
    return event.target === this.#host;
  }

  remove(): void {
    this.#cover.disconnect();
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

type Part =
  | "heard"
  | "title"
  | "copy"
  | "copied"
  | "place"
  | "dials"
  | "notes"
  | "status"
  | "rings"
  | "foot"
  | "act"
  | "label";

function build(doc: Document): { card: HTMLElement; parts: Readonly<Record<Part, HTMLElement>> } {
  const card = element(doc, "div", "card");
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-label", text("card_name"));
  card.dir = text("@@bidi_dir") === "rtl" ? "rtl" : "ltr";
  const parts: Record<Part, HTMLElement> = {
    heard: element(doc, "span", "heard"),
    title: element(doc, "div", "title"),
    copy: element(doc, "button", "copy"),
    copied: element(doc, "div", "heard"),
    place: element(doc, "div", "place soft"),
    dials: element(doc, "div", "dials soft"),
    notes: element(doc, "div", "notes soft"),
    status: element(doc, "div", "status"),
    rings: element(doc, "div", "rings soft"),
    foot: element(doc, "div", "foot"),
    act: element(doc, "button", "act"),
    label: element(doc, "span"),
  };
  parts.title.dir = "ltr";
  parts.title.setAttribute("aria-hidden", "true"); // Its digits are in `heard`, one by one.
  parts.copy.setAttribute("aria-label", text("card_copy"));
  parts.copy.title = text("card_copy");
  parts.copy.append(icon(doc, TWO_SHEETS));
  for (const live of [parts.status, parts.copied]) live.setAttribute("role", "status");
  parts.act.append(icon(doc, HANDSET), parts.label);
  const head = element(doc, "div", "head");
  head.append(parts.heard, parts.title, parts.copy);
  parts.foot.append(parts.rings, parts.act);
  card.append(head, parts.place, parts.dials, parts.notes, parts.copied, parts.status, parts.foot);
  return { card, parts };
}

function fill(parts: Readonly<Record<Part, HTMLElement>>, face: Face): void {
  parts.heard.textContent = face.spoken;
  for (const name of ["title", "place", "dials", "rings"] as const) put(parts[name], face[name]);
  const { ownerDocument } = parts.notes;
  parts.notes.replaceChildren(...face.notes.map((note) => put(element(ownerDocument, "div", "note"), note)));
  parts.notes.hidden = face.notes.length === 0;
  put(parts.status, face.status?.text ?? "");
  parts.status.title = parts.status.textContent ?? ""; // In one line it may be cut.
  parts.status.className = `status ${face.status?.tone ?? ""}`;
  parts.foot.hidden = face.button === null && face.rings === "";
  fillButton(parts, face.button);
}

function fillButton(parts: Readonly<Record<Part, HTMLElement>>, button: Button | null): void {
  parts.act.hidden = button === null;
  if (button === null) return;
  parts.label.textContent = button.label;
  parts.act.setAttribute("aria-label", button.spoken);
  parts.act.setAttribute("aria-disabled", String(button.action === null));
  parts.act
    .querySelector("svg")
    ?.toggleAttribute("hidden", button.action !== "call" && button.action !== "confirm");
}

function put(part: HTMLElement, words: string): HTMLElement {
  // A live region is read out when its text changes, so the same words are not put twice.
  if (part.textContent !== words) part.textContent = words;
  part.hidden = words === "";
  return part;
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

/** Elements of the XHTML namespace, also in documents that are not HTML. */
function element(doc: Document, name: string, className = ""): HTMLElement {
  const made = doc.createElementNS(HTML, name) as HTMLElement;
  if (className !== "") made.className = className;
  if (name === "button") made.setAttribute("type", "button");
  return made;
}

function icon(doc: Document, path: string): SVGElement {
  const svg = doc.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const line = doc.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
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

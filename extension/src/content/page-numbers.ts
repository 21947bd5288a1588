// The phone numbers of one document: where they are, what they say now, and which one an event is on.
// Reads the page and paints; never writes to it, and never calls.

import { findPhoneNumbers } from "../detection/find-phone-numbers.js";

export interface PageNumber {
  readonly id: number;
  readonly kind: "phone" | "fax" | "emergency";
  readonly source: "page" | "link";
  /** What is sent to the host, alternates expanded. */
  readonly text: string;
  /** As seen on the page. */
  readonly raw: string;
}

export interface PageNumbers {
  start(): void;
  /** Removes highlights and observers; `start` works again after it. */
  stop(): void;
  hitAt(event: MouseEvent): PageNumber | null;
  rectsOf(number: PageNumber): readonly DOMRect[];
  /** What the page says now at the number's own place; null when the page has changed it. */
  reread(number: PageNumber): string | null;
  elementOf(number: PageNumber): Element | null;
  /** Every visible number, for the popup's list. */
  all(): readonly PageNumber[];
}

export interface FinderOptions {
  readonly region: string;
  readonly areaCode: boolean;
}

interface Place extends PageNumber {
  readonly node: Text | null;
  readonly link: Element | null;
  readonly start: number;
  readonly end: number;
}

const HIGHLIGHT = "maxo-phone-number";
const EXCLUDED =
  "input,textarea,select,script,style,template,noscript,code,[contenteditable]:not([contenteditable=false])";

export function createPageNumbers(doc: Document, options: FinderOptions): PageNumbers {
  let nextId = 1;
  let places = new Map<number, Place>();
  let byNode = new WeakMap<Node, Place[]>();
  const byLink = new WeakMap<Element, Place>();
  const observer = new MutationObserver(() => scan());

  function rangeOf(place: Place): Range | null {
    if (!place.node?.isConnected || place.node.length < place.end) return null;
    const range = doc.createRange();
    range.setStart(place.node, place.start);
    range.setEnd(place.node, place.end);
    return range;
  }

  function scan(): void {
    places = new Map();
    byNode = new WeakMap();
    const highlight = new Highlight();
    const walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
      if (node.length < 6 || node.parentElement?.closest(EXCLUDED)) continue;
      for (const match of findPhoneNumbers(node.data, options)) {
        const place: Place = { ...match, id: nextId++, source: "page", node, link: null };
        places.set(place.id, place);
        byNode.set(node, [...(byNode.get(node) ?? []), place]);
        const { start, end } = match;
        highlight.add(
          new StaticRange({ startContainer: node, startOffset: start, endContainer: node, endOffset: end }),
        );
      }
    }
    CSS.highlights.set(HIGHLIGHT, highlight);
  }

  function linkNumber(link: Element): Place | null {
    const href = link.getAttribute("href") ?? "";
    const text = /^(?:tel|callto):(.{1,64})/i.exec(href)?.[1];
    if (!text) return null;
    const known = byLink.get(link);
    if (known?.text === text) return known;
    const raw = link.textContent?.trim().slice(0, 64) ?? "";
    const place: Place = {
      id: nextId++,
      kind: "phone",
      source: "link",
      text,
      raw,
      node: null,
      link,
      start: 0,
      end: 0,
    };
    byLink.set(link, place);
    return place;
  }

  const rectsOf = (number: PageNumber): DOMRect[] => {
    const place = number as Place;
    return [...((place.link ?? rangeOf(place))?.getClientRects() ?? [])];
  };

  return {
    start() {
      scan();
      observer.observe(doc.body, { subtree: true, childList: true, characterData: true });
    },
    stop() {
      observer.disconnect();
      CSS.highlights.delete(HIGHLIGHT);
      places.clear();
      byNode = new WeakMap();
    },
    hitAt(event) {
      const target = event.composedPath()[0];
      if (!(target instanceof Element)) return null;
      const link = target.closest("a[href]");
      if (link) return linkNumber(link);
      const caret = doc.caretPositionFromPoint(event.clientX, event.clientY);
      for (const place of (caret && byNode.get(caret.offsetNode)) ?? []) {
        const inside = rectsOf(place).some(
          (r) =>
            event.clientX >= r.left &&
            event.clientX <= r.right &&
            event.clientY >= r.top &&
            event.clientY <= r.bottom,
        );
        if (inside) return place;
      }
      return null;
    },
    rectsOf,
    reread(number) {
      const place = number as Place;
      if (place.link) return place.link.isConnected && linkNumber(place.link) === place ? place.text : null;
      const now = rangeOf(place)?.toString();
      return now === place.raw ? place.text : null;
    },
    elementOf: (number) => (number as Place).link ?? (number as Place).node?.parentElement ?? null,
    all: () => [...places.values()],
  };
}

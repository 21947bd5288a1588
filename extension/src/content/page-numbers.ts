// The phone numbers of one document: where they are, what they say now, and which one an event is on.
// Reads the page and paints; never writes to it, and never calls.

import type { PhoneNumberMatch } from "../detection/find-phone-numbers.js";
import type { Plan } from "../detection/plan.js";
import { type FinderOptions, planOf } from "./finder-settings.js";
import { type Flow, nodeAt, ownerOf } from "./flows.js";
import { LINKS, linkNumber } from "./links.js";
import { createPainter } from "./painter.js";
import { boxOf, elementOf, insert, isGone, isShown, type Place } from "./places.js";
import { createScanner } from "./scanner.js";

export type { FinderOptions } from "./finder-settings.js";

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

/** Pages that ask programs to leave their numbers alone: their numbers are listed, and not painted. */
const LEFT_ALONE = "[content*='telephone=no' i],[name=skype_toolbar i]";
/** What may bring other numbers into view without a change of nodes. */
const VIEW_EVENTS = "scroll resize click toggle transitionend".split(" ");
/** How much is kept. An enum, because a build writes its numbers out, and every byte of this script is in every frame. */
enum Bound {
  /** As much of a link's text as is worth showing. */
  RawCharacters = 64,
}

export function createPageNumbers(doc: Document, { region, areaCode }: FinderOptions): PageNumbers {
  let list: Place[] = [];
  const byNode = new WeakMap<Node, Place[]>();
  const byLink = new WeakMap<Element, Place>();
  /** The elements of numbers in text: a look at this set is all that most movements of the pointer cost. */
  const owners = new WeakSet<Node>();
  let roots = new WeakSet<Node>();
  /** Numbers that are none unless the page has others. */
  let weak: (() => void)[] | null = [];
  let life = new AbortController();
  const painter = createPainter(() => (doc.querySelector(LEFT_ALONE) ? [] : list));

  function callingLink(element: Element): Element | null {
    const link = element.closest("a,area");
    return link && linkNumber(link) ? link : null;
  }

  /** The place of a link that calls: the number that it shows, or else all of it. */
  function placeOfLink(
    link: Element,
    raw = link.textContent ?? "",
    first: Node = link,
    start = 0,
    last: Node = link,
    end = link.childNodes.length,
  ): Place {
    const text = linkNumber(link);
    const known = byLink.get(link);
    if (known?.text === text) return known;
    const place = insert(list, {
      kind: "phone",
      source: "link",
      text,
      raw: raw.trim().slice(0, Bound.RawCharacters),
      first,
      start,
      last,
      end,
      link,
    });
    byLink.set(link, place);
    return place;
  }

  function add(flow: Flow, match: PhoneNumberMatch, parent: Element): void {
    const { raw, kind, text } = match;
    const from = nodeAt(flow, match.start);
    const to = nodeAt(flow, match.end - 1);
    const first = flow.nodes[from] as Text;
    const last = flow.nodes[to] as Text;
    const start = match.start - (flow.starts[from] as number);
    const end = match.end - (flow.starts[to] as number);
    const link = callingLink(parent);
    const place = link
      ? placeOfLink(link, raw, first, start, last, end)
      : insert(list, { kind, source: "page", text, raw, first, start, last, end, link });
    for (const node of flow.nodes.slice(from, to + 1)) {
      byNode.set(node, [...(byNode.get(node) ?? []), place]);
      owners.add(ownerOf(node) as Node);
    }
  }

  const scanner = createScanner(planOf(region) as Plan, areaCode, {
    found(flow, match, parent) {
      if (match.kind === "fax") return;
      if (match.weak && weak) weak.push(() => add(flow, match, parent));
      else {
        add(flow, match, parent);
        for (const addWeak of weak ?? []) addWeak();
        weak = null;
      }
    },
    reading(node) {
      const places = byNode.get(node);
      if (!places) return;
      byNode.delete(node);
      forget((place) => places.includes(place));
    },
    element({ shadowRoot }) {
      if (shadowRoot) watch(shadowRoot);
    },
    sliced: painter.schedule,
  });

  function forget(isStale: (place: Place) => boolean): void {
    painter.unmark(isStale);
    list = list.filter((place) => !isStale(place));
  }

  const observer = new MutationObserver((all) => {
    // The card comes and goes beside the body: reading the page anew for it would give every number another id.
    const records = all.filter(
      (r) => ((r.addedNodes[0] ?? r.removedNodes[0]) as HTMLElement | undefined)?.dataset?.maxoCard == null,
    );
    for (const { target, addedNodes, previousSibling, nextSibling } of records)
      for (const node of addedNodes[0] ? addedNodes : [previousSibling ?? nextSibling ?? target])
        scanner.scanLine(node);
    const changed = new Set(records.map(({ target }) => target));
    forget((place) => isGone(place) || changed.has(place.first) || changed.has(place.last));
    painter.schedule();
  });

  /** Scans and follows the document or an open shadow root. */
  function watch(root: Document | ShadowRoot): void {
    if (roots.has(root)) return;
    roots.add(root);
    for (const type of VIEW_EVENTS)
      (root === doc ? window : root).addEventListener(type, painter.schedule, {
        capture: true,
        passive: true,
        signal: life.signal,
      });
    observer.observe(root, { subtree: true, childList: true, characterData: true });
    scanner.scan(root === doc ? (doc.body ?? doc.documentElement) : root);
    for (const link of root.querySelectorAll(LINKS)) if (callingLink(link)) placeOfLink(link);
  }

  function rangeOf({ first, start, last, end }: Place): Range | null {
    const range = doc.createRange();
    try {
      range.setStart(first, start);
      range.setEnd(last, end);
      return range;
    } catch {
      return null; // The page has shortened its text since.
    }
  }

  const rectsOf = (number: PageNumber): DOMRect[] => {
    const place = number as Place;
    return Array.from((place.link ?? rangeOf(place))?.getClientRects() ?? []);
  };

  return {
    start: () => watch(doc),
    stop() {
      life.abort();
      life = new AbortController();
      observer.disconnect();
      scanner.stop();
      painter.stop();
      list = [];
      roots = new WeakSet();
    },
    hitAt(event) {
      const target = event.composedPath()[0] as Element;
      const root = target.getRootNode();
      if (root instanceof ShadowRoot) watch(root);
      const link = callingLink(target);
      if (link) return placeOfLink(link);
      if (!owners.has(target)) return null;
      const { clientX: x, clientY: y } = event;
      const caret = doc.caretPositionFromPoint(x, y, {
        shadowRoots: root instanceof ShadowRoot ? [root] : [],
      });
      const places = byNode.get(caret?.offsetNode as Node) ?? [];
      return (
        places.find((place) =>
          rectsOf(place).some((r) => x >= r.left && x <= r.right && y >= r.top && y <= r.bottom),
        ) ?? null
      );
    },
    rectsOf,
    reread(number) {
      const place = number as Place;
      const { link, text, raw } = place;
      return !isGone(place) && (link ? linkNumber(link) === text : rangeOf(place)?.toString() === raw)
        ? text
        : null;
    },
    elementOf: elementOf as PageNumbers["elementOf"],
    all: () =>
      list.filter(
        (place) =>
          elementOf(place)?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
          isShown(boxOf(place)),
      ),
  };
}

// Paints numbers with the CSS Custom Highlight API. Only those near the viewport are registered, because each
// registered range costs time in every later frame; none is a live Range, because those slow the page's own changes.

import { boxOf, isShown, type Place } from "./places.js";

/** The name in content.css. The page can see it, and may clear it. */
const NAME = "maxo-phone-number";
/** How much is painted. An enum, because a build writes its numbers out, and every byte of this script is in every frame. */
enum Bound {
  /** Registered ranges beyond what is on screen; more would cost every frame of a page that keeps changing. */
  Registered = 64,
  /** How far outside of the viewport marks are ready, in CSS pixels: a scroll then shows no unmarked number. */
  MarginPx = 400,
  /** Up to this many places all are asked where they are; beyond it the vertical order of the document is trusted. */
  Asked = 500,
}

export interface Painter {
  /** Paints anew before the next frame. */
  schedule(): void;
  /** Takes marks off at once that no longer fit their text: a range that stays would mark other characters. */
  unmark(isStale: (place: Place) => boolean): void;
  stop(): void;
}

export function createPainter(list: () => readonly Place[]): Painter {
  const highlight = new Highlight();
  const marked = new Map<Place, StaticRange>();
  let frame = 0;

  /** The index from which on places are not above the viewport and its margin. */
  function firstNear(places: readonly Place[]): number {
    let low = 0;
    let high = places.length > Bound.Asked ? places.length : 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      // What is hidden has no box; a neighbour has one.
      const rect = places
        .slice(middle, middle + 32)
        .map(boxOf)
        .find(({ width }) => width);
      if (rect && rect.bottom < -Bound.MarginPx) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - Bound.Registered);
  }

  /** All places on screen, and of those around it as many as may be registered. */
  function near(): Set<Place> {
    const from = firstNear(list());
    const shown: Place[] = [];
    const close: Place[] = [];
    for (const place of list().slice(from, from + Bound.Asked)) {
      const box = boxOf(place);
      const away = Math.max(-box.bottom, box.top - innerHeight);
      if (isShown(box) && away < Bound.MarginPx) (away > 0 ? close : shown).push(place);
    }
    return new Set([...shown, ...close.slice(0, Math.max(0, Bound.Registered - shown.length))]);
  }

  function unmark(isStale: (place: Place) => boolean): void {
    for (const [place, range] of marked)
      if (isStale(place)) {
        highlight.delete(range);
        marked.delete(place);
      }
  }

  function paint(): void {
    frame = 0;
    const wanted = near();
    unmark((place) => !wanted.has(place));
    for (const place of wanted)
      if (!marked.has(place)) {
        const { first: startContainer, start: startOffset, last: endContainer, end: endOffset } = place;
        const range = new StaticRange({ startContainer, startOffset, endContainer, endOffset });
        marked.set(place, range);
        highlight.add(range);
      }
    if (marked.size && CSS.highlights.get(NAME) !== highlight) CSS.highlights.set(NAME, highlight);
  }

  return {
    schedule() {
      frame ||= requestAnimationFrame(paint);
    },
    unmark,
    stop() {
      cancelAnimationFrame(frame);
      frame = 0;
      unmark(() => true);
      CSS.highlights.delete(NAME);
    },
  };
}

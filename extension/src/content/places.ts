// Where the found numbers stand: in document order, without keeping anything of the page alive for long.

import { Dom, ownerOf } from "./flows.js";
import type { PageNumber } from "./page-numbers.js";

/** A number from an offset in one text node to an offset in the same or a later one. */
export interface Place extends PageNumber {
  /** A text node; for a link that shows no number the link itself, and offsets of its children. */
  readonly first: Node;
  readonly start: number;
  readonly last: Node;
  readonly end: number;
  readonly link: Element | null;
}

export const elementOf = ({ first, link }: Place): Element | null => link ?? ownerOf(first);

/** Whether the page has taken it away. */
export const isGone = ({ first }: Place): boolean => !first.isConnected;

/** Text that is cut down to a dot, for screen readers, is not shown; in square CSS pixels. */
const DOT_AREA = 9;

/** Where a place is on the screen, roughly: the box of its element. */
export const boxOf = (place: Place): DOMRect => (elementOf(place) as Element).getBoundingClientRect();

/** Whether a box shows anything. */
export const isShown = ({ width, height }: DOMRect): boolean => width * height > DOT_AREA;

let places = 0;

/** Puts a place into a list in document order; nearly always at the end, because scans go downwards. */
export function insert(list: Place[], place: Omit<Place, "id">): Place {
  const numbered = { ...place, id: ++places };
  let low = 0;
  let high = list.length;
  let middle = high - 1;
  while (low < high) {
    const { first } = list[middle] as Place;
    if (first === place.first || first.compareDocumentPosition(place.first) & Dom.Following) low = middle + 1;
    else high = middle;
    middle = (low + high) >> 1;
  }
  list.splice(low, 0, numbered);
  return numbered;
}

// Where the card goes: near the number, never over it. Pure geometry in CSS pixels of the viewport.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Between number and card: near enough to belong together, and to cross without losing the card. */
const GAP_PX = 6;
/** Between card and the edge of the viewport. */
const EDGE_PX = 4;

/**
 * The card's top left corner, or null when there is no place beside the number. Above comes first: what stands above
 * has been read already, and the pointer's arrow hangs down.
 */
export function placeCard(
  number: readonly Box[],
  card: Size,
  viewport: Size,
  rightToLeft: boolean,
): Point | null {
  const around = boundsOf(number.filter((box) => box.right > box.left));
  if (around === null) return null;
  const start = rightToLeft ? around.right - card.width : around.left;
  const x = clamp(start, EDGE_PX, viewport.width - card.width - EDGE_PX);
  const y = clamp(around.top, EDGE_PX, viewport.height - card.height - EDGE_PX);
  const places = [
    { x, y: around.top - GAP_PX - card.height },
    { x, y: around.bottom + GAP_PX },
    { x: around.right + GAP_PX, y },
    { x: around.left - GAP_PX - card.width, y },
  ];
  return places.find((place) => isInside(place, card, viewport)) ?? null;
}

/** Whether a pointer that left the number may still be on its way to the card, or is on either of them. */
export function keepsCard(
  at: Point,
  before: Point,
  number: readonly Box[],
  card: Box,
): "on" | "near" | "away" {
  if (distance(at, card) <= GAP_PX || number.some((box) => distance(at, box) <= 1)) return "on";
  return distance(at, card) < distance(before, card) ? "near" : "away";
}

export function boxAt(place: Point, size: Size): Box {
  return { left: place.x, top: place.y, right: place.x + size.width, bottom: place.y + size.height };
}

function boundsOf(boxes: readonly Box[]): Box | null {
  if (boxes.length === 0) return null;
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    top: Math.min(...boxes.map((box) => box.top)),
    right: Math.max(...boxes.map((box) => box.right)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}

function isInside(place: Point, card: Size, viewport: Size): boolean {
  const { left, top, right, bottom } = boxAt(place, card);
  return left >= 0 && top >= 0 && right <= viewport.width && bottom <= viewport.height;
}

function distance(point: Point, box: Box): number {
  const x = Math.max(box.left - point.x, 0, point.x - box.right);
  const y = Math.max(box.top - point.y, 0, point.y - box.bottom);
  return Math.hypot(x, y);
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}

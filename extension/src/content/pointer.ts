// Trusted mouse events of the page: when the pointer rests on a number, and when a number is clicked.
// Decides nothing about calling, and never reads a forged event.

import type { PageNumber, PageNumbers } from "./page-numbers.js";

/** How long a pointer stays on a number before it counts as interest: most passes are shorter. */
const REST_MS = 100;

export interface PointerListener {
  rested(number: PageNumber): void;
  moved(event: MouseEvent, number: PageNumber | null): void;
  clicked(event: MouseEvent, number: PageNumber): void;
}

/** Tells the listener of rests, moves and clicks until the signal aborts. */
export function watchPointer(numbers: PageNumbers, listener: PointerListener, signal: AbortSignal): void {
  let under: PageNumber | null = null;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const pointAt = (number: PageNumber | null): void => {
    if (number === under) return;
    under = number;
    clearTimeout(rest);
    if (number !== null) rest = setTimeout(() => listener.rested(number), REST_MS);
  };
  const onMove = (event: MouseEvent): void => {
    if (!event.isTrusted) return;
    // A held button is a selection or a drag, and a null target on the way out is the window's edge.
    const gone = event.buttons !== 0 || (event.type === "mouseout" && event.relatedTarget === null);
    if (event.type === "mouseout" && !gone) return;
    const number = gone ? null : numbers.hitAt(event);
    pointAt(number);
    listener.moved(event, number);
  };
  const onClick = (event: MouseEvent): void => {
    if (!event.isTrusted || event.button !== 0) return;
    const number = numbers.hitAt(event);
    if (number !== null) listener.clicked(event, number);
  };

  const options = { capture: true, passive: true, signal };
  // Over a frame inside the page there are no moves, only one "mouseover" of the frame's element.
  for (const type of ["mousemove", "mouseover", "mouseout"] as const) addEventListener(type, onMove, options);
  addEventListener("click", onClick, { capture: true, signal });
  signal.addEventListener("abort", () => clearTimeout(rest));
}

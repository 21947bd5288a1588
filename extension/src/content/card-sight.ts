// Whether a person can see the whole card: on the page, in its place, with nothing of the page over it.
// Pages can stop every event on its way to us, so what counts is looked at or told by observers.
// What lets clicks through is found by Chromium only; elsewhere anything on the top layer is taken for a cover.

import type { Box } from "./card-place.js";
import { isHit } from "./hit-test.js";

/** The shortest time that browsers allow between two looks at what covers an element. */
const COVER_DELAY_MS = 100;
/** Less than all of it, apart from rounding, is cut by a frame around. */
const WHOLE = 0.98;
/** A card that is further from its place, or of another size, was changed by the page. */
const ROUNDING_PX = 2;
/** From the corners inward: they are round. */
const CORNER_PX = 8;
const TOP_LAYER = ":popover-open,:modal,:fullscreen";

type CoverEntry = IntersectionObserverEntry & { readonly isVisible?: boolean };

export class CardSight {
  /** The browser says that nothing cuts the card off, and, if it tells, that nothing is drawn over it. */
  #clear = true;
  #tells = false;
  /** What the page had on the top layer when the card was put over it. */
  #below: ReadonlySet<Element> = new Set();
  readonly #cover: IntersectionObserver;
  readonly #size: ResizeObserver;

  /** `covered`: something is over the card. `gone`: it was not on the screen at all. */
  constructor(
    private readonly host: Element,
    private readonly card: Element,
    private readonly number: Element,
    lost: { covered(): void; gone(): void },
  ) {
    const options = { trackVisibility: true, delay: COVER_DELAY_MS, threshold: [0, WHOLE, 1] };
    this.#cover = new IntersectionObserver((entries) => {
      const last = entries.at(-1) as CoverEntry | undefined;
      this.#tells = last?.isVisible !== undefined;
      this.#clear = last?.isVisible !== false && (last?.intersectionRatio ?? 1) >= WHOLE;
      if (!this.#clear) lost.covered();
    }, options as IntersectionObserverInit);
    this.#size = new ResizeObserver((entries) => {
      if (entries.some(({ contentRect }) => contentRect.width === 0)) lost.gone();
    });
  }

  begin(): void {
    this.#cover.observe(this.card);
    this.#size.observe(this.card);
    this.raised();
  }

  end(): void {
    this.#cover.disconnect();
    this.#size.disconnect();
  }

  /** The card is now over everything on the top layer. */
  raised(): void {
    this.#below = new Set(this.#topLayer());
  }

  /** Whether the page has put something over the card since. */
  hasNewOnTop(): boolean {
    return this.#topLayer().some((element) => element !== this.host && !this.#below.has(element));
  }

  /** Whether all of the card is to be seen and pressed at this place. */
  isClear(box: Box): boolean {
    if (!this.#clear || !this.host.isConnected || !this.host.matches(":popover-open")) return false;
    const real = this.card.getBoundingClientRect();
    const sides = ["left", "top", "right", "bottom"] as const;
    if (sides.some((side) => Math.abs(real[side] - box[side]) > ROUNDING_PX)) return false;
    const points = [
      [(box.left + box.right) / 2, (box.top + box.bottom) / 2],
      [box.left + CORNER_PX, box.top + CORNER_PX],
      [box.right - CORNER_PX, box.bottom - CORNER_PX],
    ] as const;
    return (
      points.every((point) => isHit(this.host, ...point)) && !this.hasNewOnTop() && !this.#mayBeCovered()
    );
  }

  /** A page can put what it has on the top layer over the card again at any time, and nobody is told. */
  #mayBeCovered(): boolean {
    const others = this.#topLayer().filter((element) => element !== this.host);
    return !this.#tells && others.some((element) => !element.contains(this.number));
  }

  #topLayer(): Element[] {
    return [...this.host.ownerDocument.querySelectorAll(TOP_LAYER)];
  }
}

// The one global of the isolated world by which the resident script and the card's bundle meet. Only types and its name.

import type { Answer } from "../shared/page-messages.js";
import type { Plan } from "../shared/protocol.js";
import type { PageNumber, PageNumbers } from "./page-numbers.js";

/** A number that a person rested on, the text that was read from the page, and the plan asked for with that text. */
export interface Inquiry {
  readonly number: PageNumber;
  readonly text: string;
  readonly plan: Promise<Answer<Plan>>;
}

/** What the card's bundle does for the pointer. */
export interface Card {
  show(inquiry: Inquiry): void;
  /** The pointer moved; `number` is what lies under it. */
  pointerAt(event: MouseEvent, number: PageNumber | null): void;
  /** A trusted main-button click on a number. */
  clicked(event: MouseEvent, number: PageNumber): void;
  close(): void;
}

/** What the resident script offers to the card's bundle, and to a newer copy of itself. */
export interface Resident {
  readonly numbers: PageNumbers;
  /** Called by the card's bundle when it was injected; the signal ends the card with the resident script. */
  takeCard(make: (signal: AbortSignal) => Card): void;
  /** Asks the background what would be dialled; null when the number is gone from the page. */
  inquire(number: PageNumber): Inquiry | null;
  /** Takes every listener, mark and card of this copy away, for good. */
  stop(): void;
}

declare global {
  // Seen by our scripts of this frame only: pages have a world of their own.
  var maxoResident: Resident | undefined;
  // Set before the resident script starts by the files of `registered/`, for what differs from the default.
  var maxoRegion: string | undefined;
  var maxoAreaCode: boolean | undefined;
  var maxoOff: boolean | undefined;
}

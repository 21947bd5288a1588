// What shapes the finder on this page, without a storage read: the background registers tiny scripts at document_start
// (src/content/registered/), which set globals of the extension's own world. Pages cannot see them.

import type { Plan } from "../detection/plan.js";
import { AUSTRALIA } from "../detection/plan-patterns.js";

export interface FinderOptions {
  readonly region: string;
  /** Whether the person has set an area code, so that local numbers can be dialled. */
  readonly areaCode: boolean;
}

declare global {
  /** The plan of the region that was chosen instead of Australia. */
  var maxoPlan: Plan | undefined;
}

/** The region's plan; Australia's if its script has not run in this frame. */
export function planOf(region: string): Plan {
  const chosen = globalThis.maxoPlan;
  return chosen?.region === region ? chosen : AUSTRALIA;
}

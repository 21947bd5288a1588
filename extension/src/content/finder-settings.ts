// What shapes the finder on this page, without a storage read: tiny scripts that run before this one
// (src/content/registered/) set globals of the extension's own world. Pages cannot see them.

import type { Plan } from "../detection/plan.js";

export interface FinderOptions {
  readonly region: string;
  /** Whether the person has set an area code, so that local numbers can be dialled. */
  readonly areaCode: boolean;
}

declare global {
  /** The plans that came to this frame: Australia's by the manifest, the chosen region's by its own script. */
  var maxoPlans: { readonly AU?: Plan; readonly [region: string]: Plan | undefined } | undefined;
}

/** The region's plan; Australia's if its script has not come to this frame. */
export const planOf = (region: string): Plan | undefined =>
  globalThis.maxoPlans?.[region] ?? globalThis.maxoPlans?.AU;

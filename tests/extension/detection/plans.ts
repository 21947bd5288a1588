// The plans that the suites of detection look with: Australia's, and others as their scripts make them.

import { AUSTRALIA } from "../../../extension/src/detection/australian-plan.js";
import { nationalPlan } from "../../../extension/src/detection/national-plan.js";
import type { Plan } from "../../../extension/src/detection/plan.js";
// @ts-expect-error the build's own script has no types
import { loadRegion } from "../../../extension/plan-patterns.mjs";

const plans = new Map<string, Promise<Plan>>([["AU", Promise.resolve(AUSTRALIA)]]);

/** The plan of a region, made once. */
export function planOf(region: string): Promise<Plan> {
  const known = plans.get(region) ?? loadRegion(region).then(nationalPlan);
  plans.set(region, known);
  return known;
}

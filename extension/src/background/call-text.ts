// Calls what a person picked outside of a page's own numbers: plans it, then places it, asks first, or says why not.
// The plan is always made now, from this very text.

import { logProblem } from "../shared/log.js";
import type { Plan, Source } from "../shared/protocol.js";
import type { Calls } from "./calls.js";
import { askForConfirmation, openPopup } from "./confirmations.js";
import { faultOf, refusalOf } from "./fault-texts.js";
import type { HostClient } from "./host-client.js";
import { HostFailure } from "./host-faults.js";
import { showFault } from "./notices.js";
import { rememberPhones } from "./phone-labels.js";

/** The host refuses longer texts; no phone number comes near. */
export const TEXT_MAX_LENGTH = 1_000;

export interface Where {
  readonly private: boolean;
  readonly windowId: number | undefined;
}

/** What a person picked, and the phone that is to ring; null is the default one. */
export interface Wanted {
  readonly text: string;
  readonly source: Source;
  readonly phone: string | null;
}

/** One act of a person, one attempt. How it went is shown on the badge and, when it did not work, in the popup. */
export async function callText(
  client: Pick<HostClient, "request">,
  calls: Calls,
  wanted: Wanted,
  where: Where,
): Promise<void> {
  const attempt = crypto.randomUUID();
  try {
    if (wanted.text === "") throw new HostFailure("nothing_picked", "there is no text", false);
    if (wanted.text.length > TEXT_MAX_LENGTH)
      throw new HostFailure("invalid_number", "the text is too long", false);
    const plan = await client.request("plan_call", wanted);
    if (plan.phone !== null) await rememberPhones([plan.phone]);
    if (plan.decision === "refuse" || plan.phone === null) {
      await showFault(refusalOf(plan.reasons));
      await openPopup(where.windowId);
      return;
    }
    const request = { attempt, ...wanted, expected: expectedOf(plan, plan.phone.number) };
    if (plan.decision === "confirm") {
      await askForConfirmation({ ...request, plan, private: where.private }, where.windowId);
      return;
    }
    const outcome = await calls.place({ ...request, confirmed: [], private: where.private });
    if (outcome.outcome !== "queued") await openPopup(where.windowId);
  } catch (problem) {
    await showFault(faultOf(problem));
    await openPopup(where.windowId).catch((second: unknown) => logProblem("popup", second));
  }
}

function expectedOf(plan: Plan, phone: string): { destination: string; phone: string } {
  return { destination: plan.destination, phone };
}

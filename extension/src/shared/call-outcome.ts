// Places a call from the popup and shows how it went. One press of the button, one attempt.

import { ask } from "./ask.js";
import { say, type Tone } from "./elements.js";
import type { CallRequest, Remedy } from "./page-messages.js";
import type { OutcomeState } from "./protocol.js";
import { text } from "./texts.js";

const TONES: Readonly<Record<OutcomeState, Tone>> = {
  queued: "good",
  failed: "bad",
  unknown: "warning",
  pending: "quiet",
};

/** Sends the call, says its outcome in the live region, and returns what the person can do next. */
export async function placeAndShow(
  region: HTMLElement,
  request: CallRequest & { confirmed: readonly string[]; private: boolean },
): Promise<Remedy> {
  say(region, text("outcome_pending"));
  let answer = await ask("call_typed", request);
  // A background that stopped in the middle knows, when it is asked again by the attempt's name, what became of it:
  // the same attempt is never sent twice.
  if (!answer.ok && answer.fault.code === "background_stopped") answer = await ask("call_typed", request);
  if (answer.ok) {
    say(region, answer.result.text, TONES[answer.result.outcome]);
    return answer.result.remedy;
  }
  say(region, answer.fault.text, "bad");
  return answer.fault.remedy;
}

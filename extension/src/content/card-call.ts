// One attempt to call, from the click to its one outcome. Sends `call` once; after a lost answer it only asks.

import type { ask } from "../shared/ask.js";
import { webext } from "../shared/browser.js";
import type { Answer, CallRequest, ShownOutcome } from "../shared/page-messages.js";
import { text } from "../shared/texts.js";

export type Ask = typeof ask;

/** The host ends each call within 8 s and the background within 10 s; later than this, something was lost. */
const CALL_WITHIN_MS = 12_000;
const OUTCOME_WITHIN_MS = 5_000;
/** A background that was stopped starts again when it is asked. */
const OUTCOME_TRIES = 3;

/**
 * Places one call and returns how it ended, or the fault for which nothing was sent. Never sends the same attempt, or
 * another one, a second time: when the background stopped on the way, it is asked what became of this attempt.
 */
export async function placeAttempt(ask: Ask, request: CallRequest): Promise<Answer<ShownOutcome>> {
  const wasConnected = isConnected();
  const answer = await within(CALL_WITHIN_MS, ask("call", request));
  if (answer !== null && !isLost(answer) && !(wasConnected && isCutOff(answer))) return answer;
  for (let tries = 0; tries < OUTCOME_TRIES; tries++) {
    const outcome = await within(OUTCOME_WITHIN_MS, ask("outcome", { attempt: request.attempt }));
    if (outcome !== null && isCutOff(outcome)) break;
    if (outcome !== null && !isLost(outcome)) return outcome;
  }
  return { ok: true, result: lostOutcome(request) };
}

/** A random UUID (version 4). `crypto.randomUUID` is missing on pages without TLS. */
export function newAttempt(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, at) => {
    if (at === 6) return ((byte & 0x0f) | 0x40).toString(16).padStart(2, "0");
    if (at === 8) return ((byte & 0x3f) | 0x80).toString(16).padStart(2, "0");
    return byte.toString(16).padStart(2, "0");
  }).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** False once the extension was updated or removed under this page. */
export function isConnected(): boolean {
  return webext.runtime?.id !== undefined;
}

/** An update in the middle of a call: the call may have gone out, so this is no proof that nothing was sent. */
function isCutOff(answer: Answer<unknown>): boolean {
  return !answer.ok && answer.fault.code === "extension_updated";
}

function isLost(answer: Answer<unknown>): boolean {
  return !answer.ok && answer.fault.code === "background_stopped";
}

function lostOutcome(request: CallRequest): ShownOutcome {
  return {
    attempt: request.attempt,
    outcome: "unknown",
    code: "background_stopped",
    destination: request.expected.destination,
    phone: request.expected.phone,
    text: text("card_outcome_lost"),
    remedy: isConnected() ? "call_anyway" : "reload_page",
  };
}

function within<T>(ms: number, answer: Promise<T>): Promise<T | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), ms));
  return Promise.race([answer, late]);
}

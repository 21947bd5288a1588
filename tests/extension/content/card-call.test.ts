import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TEXTS } from "../background/fake-browser.js";
import { type Ask, newAttempt, placeAttempt } from "../../../extension/src/content/card-call.js";
import type { Answer, CallRequest, ShownOutcome } from "../../../extension/src/shared/page-messages.js";

const REQUEST: CallRequest = {
  attempt: "6f1c1f5e-54a9-4a37-9d5b-2f0c7d1f3a10",
  text: "02 9999 8888",
  source: "page",
  phone: null,
  expected: { destination: "0299998888", phone: "101" },
};
const SENT: Answer<ShownOutcome> = {
  ok: true,
  result: {
    attempt: REQUEST.attempt,
    outcome: "queued",
    code: null,
    destination: "0299998888",
    phone: "101",
    text: "Sent",
    remedy: "none",
  },
};
const no = (code: string): Answer<never> => ({ ok: false, fault: { code, text: code, remedy: "try_again" } });

/** A background that gives these answers in turn; null is one that never answers. */
function background(...answers: (Answer<ShownOutcome> | null)[]): { ask: Ask; asked: string[] } {
  const asked: string[] = [];
  const ask = (type: string, request: { attempt: string }) => {
    asked.push(`${type} ${request.attempt === REQUEST.attempt}`);
    const answer = answers.shift() ?? null;
    return answer === null ? new Promise(() => {}) : Promise.resolve(answer);
  };
  return { ask: ask as Ask, asked };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function place(ask: Ask): Promise<Answer<ShownOutcome>> {
  const placed = placeAttempt(ask, REQUEST);
  await vi.runAllTimersAsync();
  return placed;
}

test("a call that is answered is asked about no more", async () => {
  const { ask, asked } = background(SENT);
  expect(await place(ask)).toEqual(SENT);
  expect(asked).toEqual(["call true"]);
});

test("a refusal is final: nothing was sent, and nothing is sent again", async () => {
  const { ask, asked } = background(no("call_refused"));
  expect(await place(ask)).toEqual(no("call_refused"));
  expect(asked).toEqual(["call true"]);
});

test("when the background stopped, the same attempt is asked about and never placed again", async () => {
  const { ask, asked } = background(no("background_stopped"), SENT);
  expect(await place(ask)).toEqual(SENT);
  expect(asked).toEqual(["call true", "outcome true"]);
});

test("when the background never answers, the same attempt is asked about", async () => {
  const { ask, asked } = background(null, SENT);
  expect(await place(ask)).toEqual(SENT);
  expect(asked).toEqual(["call true", "outcome true"]);
});

test("when nobody can tell, the outcome is unknown and the person decides", async () => {
  const lost = no("background_stopped");
  const { ask, asked } = background(lost, lost, null, lost);
  expect(await place(ask)).toMatchObject({
    ok: true,
    result: { outcome: "unknown", remedy: "call_anyway", text: TEXTS.card_outcome_lost?.message },
  });
  expect(asked.filter((one) => one.startsWith("call"))).toHaveLength(1);
});

test("an update in the middle of a call leaves the outcome unknown", async () => {
  const { ask, asked } = background(no("extension_updated"), no("extension_updated"));
  expect(await place(ask)).toMatchObject({ ok: true, result: { outcome: "unknown" } });
  expect(asked).toEqual(["call true", "outcome true"]);
});

test("every click gets a UUID of its own, also on pages without TLS", () => {
  const attempts = Array.from({ length: 200 }, newAttempt);
  expect(new Set(attempts).size).toBe(200);
  for (const attempt of attempts) {
    expect(attempt).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  }
});

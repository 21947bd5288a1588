import { beforeEach, describe, expect, test, vi } from "vitest";
import { browser } from "./fake-browser.js";
import { FakeHost, postedOf, refusal } from "./fake-host.js";
import { Calls } from "../../../extension/src/background/calls.js";
import { toShown } from "../../../extension/src/background/handlers.js";
import { HostClient } from "../../../extension/src/background/host-client.js";
import { showOutcome } from "../../../extension/src/background/notices.js";
import type { Outcome, PlaceCall } from "../../../extension/src/shared/protocol.js";

const ATTEMPT = "6f1c1f5e-54a9-4a37-9d5b-2f0c7d1f3a10";
const CALL: PlaceCall = {
  attempt: ATTEMPT,
  text: "(02) 9999 8888",
  source: "page",
  phone: null,
  expected: { destination: "0299998888", phone: "101" },
  confirmed: [],
  private: false,
};
const LONG_ENOUGH_MS = 30_000;

let host: FakeHost;

/** A background that has just been woken. */
function worker(): Calls {
  const client = new HostClient("0.1.0");
  return new Calls(client, async (outcome) => showOutcome(await toShown(outcome)));
}

/** The outcome, however long the worker takes; a worker that was stopped never comes to one. */
async function outcomeOf(work: Promise<Outcome>): Promise<Outcome | { failure: string } | "never"> {
  const settled = work.catch(({ code }) => ({ failure: code as string }));
  const late = new Promise<"never">((resolve) => setTimeout(() => resolve("never"), LONG_ENOUGH_MS));
  await vi.advanceTimersByTimeAsync(LONG_ENOUGH_MS);
  return Promise.race([settled, late]);
}

/** The browser stops the worker: its timers and its ports are gone, what it awaited never comes. */
function stopWorker(): void {
  vi.clearAllTimers();
  for (const port of browser.ports) port.open = false;
}

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "warn").mockImplementation(() => {});
  browser.reset();
  host = new FakeHost();
  browser.host = host;
});

test("a call that MaxoTel queued is one place_call and a sentence on the icon", async () => {
  expect(await outcomeOf(worker().place(CALL))).toMatchObject({ outcome: "queued", phone: "101" });
  expect(postedOf("place_call")).toEqual([{ id: 1, type: "place_call", ...CALL }]);
  expect(browser.did).toContain("title Maxo click-to-call: Sent: pick up 101");
});

test("the attempt stands in the session's storage before anything is posted", async () => {
  let stored: unknown = null;
  host.before = ({ type }) => {
    if (type === "place_call") stored = browser.session.values.get(`attempt:${ATTEMPT}`);
    return false;
  };
  await outcomeOf(worker().place(CALL));
  expect(stored).toMatchObject({ attempt: ATTEMPT, outcome: null });
});

test("the session's storage never holds the number that was called", async () => {
  await outcomeOf(worker().place(CALL));
  expect(JSON.stringify([...browser.session.values])).not.toMatch(/9999/);
});

test("the same attempt twice at once is placed once", async () => {
  const calls = worker();
  const [one, other] = [calls.place(CALL), calls.place(CALL)];
  expect(await outcomeOf(one)).toEqual(await outcomeOf(other));
  expect(postedOf("place_call")).toHaveLength(1);
});

test("an attempt that ended is not placed again, by this worker or the next", async () => {
  await outcomeOf(worker().place(CALL));
  expect(await outcomeOf(worker().place(CALL))).toMatchObject({ outcome: "queued" });
  expect(postedOf("place_call")).toHaveLength(1);
});

describe("when it is certain that nothing was sent, the attempt is free again", () => {
  test.each(["plan_changed", "confirmation_needed", "call_refused", "invalid_number", "journal_unusable"])(
    "%s",
    async (code) => {
      host.answers.set("place_call", refusal(code));
      expect(await outcomeOf(worker().place(CALL))).toEqual({ failure: code });
      expect(browser.session.values.has(`attempt:${ATTEMPT}`)).toBe(false);
      expect(postedOf("get_call")).toHaveLength(0);
    },
  );

  test("no host", async () => {
    host.before = (_message, port) => {
      port.end("Specified native messaging host not found.");
      return true;
    };
    expect(await outcomeOf(worker().place(CALL))).toEqual({ failure: "host_not_found" });
    expect(browser.session.values.size).toBe(0);
  });
});

describe("after a lost reply the host is asked, and nothing is posted again", () => {
  test("the host died after it had sent the call", async () => {
    host.beforeReply = ({ type }, port) => {
      if (type === "place_call") port.end("Native host has exited.");
      return type === "place_call";
    };
    expect(await outcomeOf(worker().place(CALL))).toMatchObject({ outcome: "queued" });
    expect(postedOf("place_call")).toHaveLength(1);
  });

  test("the host died before it had read the call, which can now never be dialled", async () => {
    host.before = ({ type }, port) => {
      if (type === "place_call") port.end("Native host has exited.");
      return type === "place_call";
    };
    expect(await outcomeOf(worker().place(CALL))).toMatchObject({ outcome: "failed", code: "not_received" });
    expect(host.journal.has(ATTEMPT)).toBe(true);
    expect(host.sent).toEqual([]);
  });

  test("the reply does not come in time", async () => {
    host.silentOn = ["place_call"];
    expect(await outcomeOf(worker().place(CALL))).toMatchObject({ outcome: "queued" });
    expect(postedOf("place_call")).toHaveLength(1);
  });

  test("the host made a mistake", async () => {
    host.answers.set("place_call", refusal("internal"));
    expect(await outcomeOf(worker().place(CALL))).toMatchObject({ outcome: "failed", code: "not_received" });
  });

  test("an error that only a newer host knows leaves the outcome open too", async () => {
    host.answers.set("place_call", refusal("moon_in_the_way"));
    expect(await outcomeOf(worker().place(CALL))).toMatchObject({ outcome: "failed", code: "not_received" });
  });

  test("a call under way is asked about until it has ended", async () => {
    let asked = 0;
    host.silentOn = ["place_call"];
    host.answers.set("get_call", () => {
      asked += 1;
      const outcome = asked < 3 ? "pending" : "failed";
      const code = asked < 3 ? null : "phone_unavailable";
      return { ok: true, result: { attempt: ATTEMPT, outcome, code, destination: null, phone: "101" } };
    });
    expect(await outcomeOf(worker().place(CALL))).toMatchObject({ outcome: "failed", code: "phone_unavailable" });
  });

  test("a call that stays under way ends as unknown", async () => {
    host.silentOn = ["place_call"];
    const pending = { attempt: ATTEMPT, outcome: "pending", code: null, destination: null, phone: "101" };
    host.answers.set("get_call", () => ({ ok: true, result: pending }));
    expect(await outcomeOf(worker().place(CALL))).toMatchObject({ outcome: "unknown", code: "no_answer" });
  });

  test("a host that cannot be asked leaves the outcome unknown, never failed", async () => {
    host.features = ["plan_call", "place_call"];
    host.silentOn = ["place_call"];
    expect(await outcomeOf(worker().place(CALL))).toMatchObject({ outcome: "unknown", code: "host_stopped" });
  });
});

describe("a worker that is stopped at any step never makes a second call", () => {
  /** More steps than a call takes, so that the last rounds are calls without a stop. */
  const STEPS = Array.from({ length: 16 }, (_, index) => index + 1);

  function truth(): object {
    return host.sent.length === 1 ? { outcome: "queued" } : { outcome: "failed", code: "not_received" };
  }

  test.each(STEPS)("stopped at step %i, then asked what became of it", async (step) => {
    browser.stopAt = step;
    await outcomeOf(worker().place(CALL));
    stopWorker();
    browser.stopAt = null;
    const woken = worker();
    const leftovers = woken.resolveLeftovers();
    expect(await outcomeOf(woken.outcome(ATTEMPT))).toMatchObject(truth());
    await leftovers;
    expect(postedOf("place_call").length).toBeLessThanOrEqual(1);
    expect(host.sent.length).toBeLessThanOrEqual(1);
  });

  test.each(STEPS)("stopped at step %i, then told to place it again", async (step) => {
    browser.stopAt = step;
    await outcomeOf(worker().place(CALL));
    stopWorker();
    browser.stopAt = null;
    expect(await outcomeOf(worker().place(CALL))).toMatchObject(truth());
    expect(postedOf("place_call").length).toBeLessThanOrEqual(1);
    expect(host.sent.length).toBeLessThanOrEqual(1);
  });

  test("stopped between post and reply: the next wake-up shows the outcome on the icon", async () => {
    host.beforeReply = ({ type }) => type === "place_call";
    const work = worker().place(CALL);
    work.catch(() => {});
    await vi.advanceTimersByTimeAsync(0);
    stopWorker();
    browser.did = [];
    const leftovers = worker().resolveLeftovers();
    await vi.advanceTimersByTimeAsync(LONG_ENOUGH_MS);
    await leftovers;
    expect(browser.did).toContain("badge ✓");
    expect(postedOf("place_call")).toHaveLength(1);
  });

  test("the steps do reach from the first look into storage to the icon", async () => {
    await outcomeOf(worker().place(CALL));
    expect(browser.steps).toBeGreaterThan(4);
    expect(browser.steps).toBeLessThan(STEPS.length);
  });
});

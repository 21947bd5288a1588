// Places calls: one attempt, one place_call, one outcome, whatever is stopped on the way.
// Never posts place_call twice for an attempt, and never says "failed" of one that may have gone out.

import { logProblem } from "../shared/log.js";
import type { Outcome, PlaceCall } from "../shared/protocol.js";
import {
  type AttemptRecord,
  beginAttempt,
  endAttempt,
  forgetAttempt,
  openAttempts,
  readAttempt,
} from "./attempts.js";
import type { HostClient } from "./host-client.js";
import { HostFailure } from "./host-faults.js";

/** An outcome is asked for until this long after the click. */
const OUTCOME_WITHIN_MS = 10_000;
/** However late it is, the host gets this long for a call that is still under way. */
const LAST_CHANCE_MS = 2_000;
const POLL_EVERY_MS = 400;

/**
 * Error codes with which the host says for certain that it recorded and sent nothing. Any other error of place_call
 * (`internal`, one of a newer host) leaves the outcome open, and the host's journal is asked.
 */
const NOTHING_SENT: ReadonlySet<string> = new Set([
  "bad_request",
  "unsupported_protocol",
  "host_outdated",
  "invalid_number",
  "plan_changed",
  "confirmation_needed",
  "call_refused",
  "attempt_mismatch",
  "journal_unusable",
]);

export class Calls {
  /** What this worker is busy with; a worker that was stopped has left its attempts in storage.session. */
  readonly #underWay = new Map<string, Promise<Outcome>>();

  constructor(
    private readonly client: Pick<HostClient, "request">,
    /** Told once of every attempt that ended. */
    private readonly ended: (outcome: Outcome) => Promise<void>,
  ) {}

  /** Places the call and returns its outcome. Throws HostFailure when it is certain that nothing was sent. */
  place(call: PlaceCall): Promise<Outcome> {
    return this.#once(call.attempt, async () => {
      const known = await readAttempt(call.attempt);
      if (known?.outcome) return known.outcome;
      if (known) return this.#askOutcome(known);
      const record = await beginAttempt(call.attempt, call.expected.phone);
      try {
        const outcome = await this.client.request("place_call", call);
        return outcome.outcome === "pending" ? this.#askOutcome(record) : this.#end(record, outcome);
      } catch (problem) {
        if (nothingWasSent(problem)) {
          await forgetAttempt(call.attempt);
          throw problem;
        }
        logProblem("place_call", problem);
        return this.#askOutcome(record);
      }
    });
  }

  /** The outcome of an attempt that somebody lost sight of. The host makes sure that an unknown one can dial no more. */
  outcome(attempt: string): Promise<Outcome> {
    return this.#once(attempt, async () => {
      const known = await readAttempt(attempt);
      return known?.outcome ?? this.#askOutcome(known ?? (await beginAttempt(attempt, null)));
    });
  }

  /** Ends an attempt that the person gave up before anything was posted. */
  async cancel(attempt: string): Promise<void> {
    const record = await beginAttempt(attempt, null);
    await endAttempt(record, {
      attempt,
      outcome: "failed",
      code: "cancelled",
      destination: null,
      phone: null,
    });
  }

  /** Asks after every attempt that a stopped worker left open. */
  async resolveLeftovers(): Promise<void> {
    const open = await openAttempts();
    await Promise.all(open.map((one) => this.#once(one.attempt, () => this.#askOutcome(one))));
  }

  #once(attempt: string, work: () => Promise<Outcome>): Promise<Outcome> {
    const running = this.#underWay.get(attempt);
    if (running !== undefined) return running;
    const started = work().finally(() => this.#underWay.delete(attempt));
    this.#underWay.set(attempt, started);
    return started;
  }

  async #askOutcome(record: AttemptRecord): Promise<Outcome> {
    return this.#end(record, await this.#pollOutcome(record));
  }

  async #pollOutcome(record: AttemptRecord): Promise<Outcome> {
    const giveUp = Math.max(record.began_ms + OUTCOME_WITHIN_MS, Date.now() + LAST_CHANCE_MS);
    try {
      for (;;) {
        const outcome = await this.client.request("get_call", { attempt: record.attempt });
        if (outcome.outcome !== "pending") return outcome;
        if (Date.now() >= giveUp) return unknown(record, "no_answer");
        await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
      }
    } catch (problem) {
      logProblem("get_call", problem);
      return unknown(record, "host_stopped");
    }
  }

  async #end(record: AttemptRecord, outcome: Outcome): Promise<Outcome> {
    await endAttempt(record, outcome);
    await this.ended(outcome);
    return outcome;
  }
}

function nothingWasSent(problem: unknown): boolean {
  return problem instanceof HostFailure && (!problem.posted || NOTHING_SENT.has(problem.code));
}

function unknown(record: AttemptRecord, code: string): Outcome {
  return { attempt: record.attempt, outcome: "unknown", code, destination: null, phone: record.phone };
}

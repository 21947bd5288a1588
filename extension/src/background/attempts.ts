// Attempts to call, in storage.session: what survives when the browser stops this worker in the middle of a call.
// Never holds a phone number that is called, and asks nobody about an outcome.

import { webext } from "../shared/browser.js";
import type { Outcome } from "../shared/protocol.js";

/** An attempt that was begun; `outcome` is null until it is known. */
export interface AttemptRecord {
  readonly attempt: string;
  readonly phone: string | null;
  readonly began_ms: number;
  readonly outcome: Outcome | null;
}

/** How long a finished attempt can still be asked about; long enough for a page that slept. */
const KEPT_MS = 60 * 60 * 1000;

const PREFIX = "attempt:";

/** Records the attempt. It must have returned before anything is posted to the host. */
export async function beginAttempt(attempt: string, phone: string | null): Promise<AttemptRecord> {
  const record: AttemptRecord = { attempt, phone, began_ms: Date.now(), outcome: null };
  await webext.storage.session.set({ [PREFIX + attempt]: record });
  return record;
}

export async function endAttempt(record: AttemptRecord, outcome: Outcome): Promise<void> {
  // What is called stays out of the record: the host's journal is the place for it.
  const kept: AttemptRecord = { ...record, outcome: { ...outcome, destination: null } };
  await webext.storage.session.set({ [PREFIX + record.attempt]: kept });
}

/** Forgets an attempt of which it is certain that nothing was sent. */
export async function forgetAttempt(attempt: string): Promise<void> {
  await webext.storage.session.remove(PREFIX + attempt);
}

export async function readAttempt(attempt: string): Promise<AttemptRecord | null> {
  const stored = await webext.storage.session.get(PREFIX + attempt);
  return (stored[PREFIX + attempt] as AttemptRecord | undefined) ?? null;
}

/** Attempts without an outcome, as a stopped worker left them; finished ones that are old are dropped on the way. */
export async function openAttempts(): Promise<AttemptRecord[]> {
  const stored = await webext.storage.session.get(null);
  const records = Object.entries(stored)
    .filter(([key]) => key.startsWith(PREFIX))
    .map(([, record]) => record as AttemptRecord);
  const old = records.filter((one) => one.outcome !== null && Date.now() - one.began_ms > KEPT_MS);
  if (old.length > 0) await webext.storage.session.remove(old.map((one) => PREFIX + one.attempt));
  return records.filter((one) => one.outcome === null);
}

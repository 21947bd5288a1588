// A call that waits for a person's yes: kept in storage.session, asked for in the browser's own surface, never in the page.
// Places no call.

import { webext } from "../shared/browser.js";
import { logProblem } from "../shared/log.js";
import type { PendingConfirmation } from "../shared/page-messages.js";
import { showQuestion } from "./notices.js";

/** A question that nobody answered is not asked for ever: what it was about is forgotten by then. */
const ASKED_FOR_MS = 120_000;

const KEY = "confirmation";
const WINDOW_SIZE = { width: 400, height: 480 };

interface Stored {
  readonly pending: PendingConfirmation;
  readonly at_ms: number;
}

/** Keeps the call (the newest question wins) and opens the popup on it. */
export async function askForConfirmation(
  pending: PendingConfirmation,
  windowId: number | undefined,
): Promise<void> {
  const stored: Stored = { pending, at_ms: Date.now() };
  await webext.storage.session.set({ [KEY]: stored });
  await showQuestion();
  await openPopup(windowId);
}

/** The call that waits, or null. */
export async function pendingConfirmation(): Promise<PendingConfirmation | null> {
  const { [KEY]: value } = await webext.storage.session.get(KEY);
  const stored = value as Stored | undefined;
  return stored !== undefined && Date.now() - stored.at_ms < ASKED_FOR_MS ? stored.pending : null;
}

/** Forgets the question; returns the attempt that waited, or null. */
export async function dropConfirmation(): Promise<string | null> {
  const pending = await pendingConfirmation();
  await webext.storage.session.remove(KEY);
  return pending?.attempt ?? null;
}

/** Opens the toolbar popup or, where the browser refuses (Firefox without a user's gesture), the same page as a window. */
export async function openPopup(windowId: number | undefined): Promise<void> {
  try {
    await webext.action.openPopup(windowId === undefined ? {} : { windowId });
  } catch (problem) {
    logProblem("openPopup", problem);
    await webext.windows.create({
      url: webext.runtime.getURL("popup.html?window"),
      type: "popup",
      ...WINDOW_SIZE,
    });
  }
}

// Says how a call went where no page can: the toolbar icon's badge and title, and a notice that the popup shows once.

import { webext } from "../shared/browser.js";
import { logProblem } from "../shared/log.js";
import type { Fault, PageNotice, ShownOutcome } from "../shared/page-messages.js";
import { text } from "../shared/texts.js";
import { notify } from "./feedback.js";

/** Long enough to be seen after looking up from the phone; the next call replaces it at once. */
const BADGE_MS = 8_000;
/** The popup tells of it this long. */
const NOTICE_MS = 60_000;

const KEY = "notice";

const BADGES = {
  good: { text: "✓", color: "#1a7f37" },
  bad: { text: "!", color: "#c62828" },
  open: { text: "?", color: "#9a6700" },
} as const;

interface StoredNotice extends PageNotice {
  readonly at_ms: number;
}

export async function showOutcome(outcome: ShownOutcome): Promise<void> {
  const look = { queued: "good", failed: "bad", unknown: "open", pending: "open" } as const;
  await show(look[outcome.outcome], outcome.text, outcome.remedy);
}

export async function showFault(fault: Fault): Promise<void> {
  await show("bad", fault.text, fault.remedy);
}

/** Asks for a look at the popup, where a call waits for its confirmation. */
export async function showQuestion(): Promise<void> {
  await setBadge("open", text("badge_confirm"));
}

/** Back to the quiet icon. */
export async function clearBadge(): Promise<void> {
  await Promise.all([
    webext.action.setBadgeText({ text: "" }),
    webext.action.setTitle({ title: text("name") }),
  ]);
}

/** What happened in the last minute, or null. */
export async function lastNotice(): Promise<PageNotice | null> {
  const { [KEY]: stored } = await webext.storage.session.get(KEY);
  const notice = stored as StoredNotice | undefined;
  if (notice === undefined || Date.now() - notice.at_ms > NOTICE_MS) return null;
  return { text: notice.text, remedy: notice.remedy, look: notice.look };
}

/** After a worker was stopped before its timer ran: a badge that has outlived its time goes. */
export async function clearOldBadge(): Promise<void> {
  const { [KEY]: stored } = await webext.storage.session.get(KEY);
  const notice = stored as StoredNotice | undefined;
  if (notice === undefined || Date.now() - notice.at_ms > BADGE_MS) await clearBadge();
}

async function show(look: PageNotice["look"], sentence: string, remedy: PageNotice["remedy"]): Promise<void> {
  const notice: StoredNotice = { text: sentence, remedy, look, at_ms: Date.now() };
  await Promise.all([webext.storage.session.set({ [KEY]: notice }), setBadge(look, sentence)]);
  void notify(look, sentence).catch((problem: unknown) => logProblem("notification", problem));
  // The native port keeps this worker alive longer than this; if not, the next wake-up clears it.
  setTimeout(() => void clearIfStill(notice), BADGE_MS);
}

async function clearIfStill(notice: StoredNotice): Promise<void> {
  const { [KEY]: stored } = await webext.storage.session.get(KEY);
  if ((stored as StoredNotice | undefined)?.at_ms === notice.at_ms) await clearBadge();
}

async function setBadge(look: PageNotice["look"], title: string): Promise<void> {
  await Promise.all([
    webext.action.setBadgeText({ text: BADGES[look].text }),
    webext.action.setBadgeBackgroundColor({ color: BADGES[look].color }),
    webext.action.setTitle({ title: `${text("name")}: ${title}` }),
  ]);
}

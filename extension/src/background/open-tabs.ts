// Reaches the tabs that are open already: messages, and scripts after an installation or an update. Knows no page's content.

import { webext } from "../shared/browser.js";
import { logProblem } from "../shared/log.js";
import type { ToContent } from "../shared/page-messages.js";

/** Tells every frame of every tab; tabs without our script hear nothing, which is no fault. */
export async function tellTabs(message: ToContent): Promise<void> {
  await eachTab((tabId) => webext.tabs.sendMessage(tabId, message));
}

/** Runs files of ours in every frame of every tab that the browser lets us into. */
export async function runInTabs(files: string[]): Promise<void> {
  await eachTab((tabId) => webext.scripting.executeScript({ target: { tabId, allFrames: true }, files }));
}

/** Puts style sheets of ours into every frame of every tab that the browser lets us into. */
export async function styleTabs(files: string[]): Promise<void> {
  await eachTab((tabId) => webext.scripting.insertCSS({ target: { tabId, allFrames: true }, files }));
}

/** Puts one style sheet of ours in the place of another, in every frame of every tab. */
export async function restyleTabs(before: string, now: string): Promise<void> {
  await eachTab(async (tabId) => {
    const target = { tabId, allFrames: true };
    await webext.scripting.removeCSS({ target, files: [before] });
    await webext.scripting.insertCSS({ target, files: [now] });
  });
}

async function eachTab(act: (tabId: number) => Promise<unknown>): Promise<void> {
  const tabs = await webext.tabs.query({ discarded: false });
  const ids = tabs.flatMap((tab) => (tab.id === undefined ? [] : [tab.id]));
  const ends = await Promise.allSettled(ids.map(act));
  for (const end of ends)
    if (end.status === "rejected" && !isOutOfReach(end.reason)) logProblem("tabs", end.reason);
}

/** The browser's own pages, its stores and tabs without our script: expected, many, and nothing to log. */
function isOutOfReach(reason: unknown): boolean {
  return /receiving end|cannot access|cannot be scripted|missing host permission|no tab with id|error page/i.test(
    String(reason),
  );
}

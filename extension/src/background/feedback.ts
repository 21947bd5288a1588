// Which ends of calls are also told by a notification of the operating system, and the telling. Off until a person chooses it.

import { webext } from "../shared/browser.js";
import { logProblem } from "../shared/log.js";
import type { Feedback, PageNotice } from "../shared/page-messages.js";
import { text } from "../shared/texts.js";

const KEY = "feedback";
/** One at a time: the newest replaces the one before. */
const NOTIFICATION = "call";

export async function feedback(): Promise<Feedback> {
  const { [KEY]: stored } = await webext.storage.local.get(KEY);
  return (stored as Feedback | undefined) ?? { notify: "off" };
}

export async function changeFeedback(chosen: Feedback): Promise<Feedback> {
  await webext.storage.local.set({ [KEY]: chosen });
  return chosen;
}

/** Tells how a call ended, if the person wants to be told of such an end. The permission may have been taken away since. */
export async function notify(look: PageNotice["look"], sentence: string): Promise<void> {
  const { notify: which } = await feedback();
  if (which === "off" || (which === "failures" && look === "good")) return;
  if (webext.notifications === undefined) {
    logProblem("notification", "the permission is gone");
    return;
  }
  await webext.notifications.create(NOTIFICATION, {
    type: "basic",
    iconUrl: webext.runtime.getURL("icons/128.png"),
    title: text("name"),
    message: sentence,
  });
}

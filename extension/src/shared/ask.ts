// Asks the background, from our own pages and from content scripts, and always comes back with an answer.

import { webext } from "./browser.js";
import type { Answer, ContentMessages, PageMessages } from "./page-messages.js";
import { errorText } from "./texts.js";

export type AllMessages = ContentMessages & PageMessages;

/**
 * Sends one message `{type, …request}` and returns the background's answer. Never throws: when the background
 * stopped before it answered, or the extension was updated under this page, that is the fault.
 */
export async function ask<T extends keyof AllMessages>(
  type: T,
  request: AllMessages[T]["request"],
): Promise<Answer<AllMessages[T]["result"]>> {
  try {
    const answer: Answer<AllMessages[T]["result"]> | undefined = await webext.runtime.sendMessage({
      ...request,
      type,
    });
    return answer ?? lost();
  } catch {
    // Either "Extension context invalidated" or "message channel closed": the id tells which.
    return webext.runtime?.id === undefined ? updated() : lost();
  }
}

function lost(): Answer<never> {
  return {
    ok: false,
    fault: { code: "background_stopped", text: errorText("background_stopped"), remedy: "try_again" },
  };
}

function updated(): Answer<never> {
  return {
    ok: false,
    fault: { code: "extension_updated", text: errorText("extension_updated"), remedy: "reload_page" },
  };
}

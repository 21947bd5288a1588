// Decides who may ask what. A content script runs inside a page's process and is treated as the page itself;
// only our own pages, by the browser's word and not by theirs, may do more. Does nothing itself.

import { webext } from "../shared/browser.js";
import type { Answer, ContentMessages, PageMessages } from "../shared/page-messages.js";
import { faultOf } from "./fault-texts.js";
import { CONTENT_SHAPES, PAGE_SHAPES } from "./message-shapes.js";

type Sender = chrome.runtime.MessageSender;

/** The frame that a content script speaks for. */
export interface Frame {
  readonly tabId: number;
  readonly frameId: number;
  readonly windowId: number;
  readonly private: boolean;
}

type Handler<Request, Result, From extends unknown[]> = (request: Request, ...from: From) => Promise<Result>;

export type ContentHandlers = {
  readonly [T in keyof ContentMessages]: Handler<
    ContentMessages[T]["request"],
    ContentMessages[T]["result"],
    [Frame]
  >;
};

export type PageHandlers = {
  readonly [T in keyof PageMessages]: Handler<PageMessages[T]["request"], PageMessages[T]["result"], []>;
};

/** The work that a message asks for, or null when its sender may not ask for it or its fields are wrong. */
export function route(
  message: unknown,
  sender: Sender,
  content: ContentHandlers,
  pages: PageHandlers,
): Promise<Answer<unknown>> | null {
  if (sender.id !== webext.runtime.id || typeof message !== "object" || message === null) return null;
  const { type, ...request } = message as { type?: unknown };
  if (typeof type !== "string") return null;
  if (isOurPage(sender)) {
    if (!Object.hasOwn(PAGE_SHAPES, type)) return null;
    const name = type as keyof PageMessages;
    return PAGE_SHAPES[name](request) ? answer(() => pages[name](request as never)) : null;
  }
  const frame = contentFrame(sender);
  if (frame === null || !Object.hasOwn(CONTENT_SHAPES, type)) return null;
  const name = type as keyof ContentMessages;
  return CONTENT_SHAPES[name](request) ? answer(() => content[name](request as never, frame)) : null;
}

/** A popup has no tab; the options page and the popup as a window are a tab's top frame. A frame in a page is neither. */
function isOurPage(sender: Sender): boolean {
  const own = webext.runtime.getURL("");
  if (!sender.url?.startsWith(own)) return false;
  // Browsers that name the origin must name ours. It has no slash at its end.
  if (sender.origin !== undefined && `${sender.origin}/` !== own) return false;
  return sender.tab === undefined || (sender.frameId === 0 && (sender.tab.url ?? sender.url).startsWith(own));
}

function contentFrame(sender: Sender): Frame | null {
  const { tab, frameId } = sender;
  if (tab?.id === undefined || frameId === undefined) return null;
  if (sender.url?.startsWith(webext.runtime.getURL(""))) return null;
  return { tabId: tab.id, frameId, windowId: tab.windowId, private: tab.incognito };
}

async function answer(work: () => Promise<unknown>): Promise<Answer<unknown>> {
  try {
    return { ok: true, result: await work() };
  } catch (problem) {
    return { ok: false, fault: faultOf(problem) };
  }
}

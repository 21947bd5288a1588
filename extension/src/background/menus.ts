// The context menu's two items. Only says what was picked; what to dial is planned afterwards.

import { webext } from "../shared/browser.js";
import { phoneLinkText } from "../shared/phone-links.js";
import type { Source } from "../shared/protocol.js";
import { text } from "../shared/texts.js";

const SELECTION = "call-selection";
const LINK = "call-link";

/** Makes the items anew. Browsers keep them between starts, but not reliably over an update. */
export async function makeMenus(): Promise<void> {
  await webext.contextMenus.removeAll();
  webext.contextMenus.create({ id: SELECTION, title: text("menu_call"), contexts: ["selection"] });
  webext.contextMenus.create({
    id: LINK,
    title: text("menu_call"),
    contexts: ["link"],
    targetUrlPatterns: ["tel:*", "callto:*", "sip:*", "sips:*"],
  });
}

/** What the person wants called, or null when the click was not on one of ours. */
export function pickedText(info: chrome.contextMenus.OnClickData): { text: string; source: Source } | null {
  if (info.menuItemId === SELECTION && info.selectionText) {
    return { text: info.selectionText.trim(), source: "selection" };
  }
  const linked = info.menuItemId === LINK && info.linkUrl ? phoneLinkText(info.linkUrl) : null;
  return linked === null ? null : { text: linked, source: "link" };
}

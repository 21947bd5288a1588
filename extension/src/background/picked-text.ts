// Reads what a person picked: the selection, a link's number, or the value of the field that has the focus.
// Reads only, and only what the click or the shortcut was about; changes nothing on the page.

import { webext } from "../shared/browser.js";
import { phoneLinkText } from "../shared/phone-links.js";
import type { Source } from "../shared/protocol.js";
import { LINK, pickedItem } from "./menus.js";

export interface Picked {
  readonly text: string;
  readonly source: Source;
}

/** What the person wants called by the menu; null when the click was not on one of ours, empty text when there is none. */
export async function pickedByMenu(
  info: chrome.contextMenus.OnClickData,
  tabId: number | undefined,
): Promise<Picked | null> {
  const item = pickedItem(info);
  if (item === null) return null;
  const linked = item === LINK && info.linkUrl ? phoneLinkText(info.linkUrl) : null;
  if (linked !== null) return { text: linked, source: "link" };
  const selected = info.selectionText?.trim() ?? "";
  if (selected !== "" || tabId === undefined) return { text: selected, source: "selection" };
  const [read] = await webext.scripting.executeScript({
    target: { tabId, frameIds: [info.frameId ?? 0] },
    func: readFocusedText,
  });
  return { text: read?.result ?? "", source: "selection" };
}

/** What is selected in any frame of a tab, or stands in the field that has the focus. */
export async function pickedByKey(tabId: number): Promise<Picked> {
  const reads = await webext.scripting.executeScript({
    target: { tabId, allFrames: true },
    func: readFocusedText,
  });
  return { text: reads.find(({ result }) => result)?.result ?? "", source: "selection" };
}

/** Runs in the page's frame, so it stands alone. What is selected, else the focused field's text; never a password. */
function readFocusedText(): string {
  const longest = 1_000;
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  const selected = getSelection()?.toString().trim() ?? "";
  if (focused instanceof HTMLInputElement || focused instanceof HTMLTextAreaElement) {
    if (focused instanceof HTMLInputElement && !/^(?:text|tel|search|number|email|url)$/.test(focused.type))
      return selected;
    const { value, selectionStart: start, selectionEnd: end } = focused;
    const part = start !== null && end !== null && end > start ? value.slice(start, end) : value;
    return (part || selected).trim().slice(0, longest);
  }
  if (selected !== "") return selected.slice(0, longest);
  if (!(focused instanceof HTMLElement && focused.isContentEditable)) return "";
  // biome-ignore lint/performance/useDomNodeTextContent: hidden text and joined lines would make another number
  return focused.innerText.trim().slice(0, longest);
}

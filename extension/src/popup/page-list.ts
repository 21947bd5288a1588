// Asks every frame of the tab beside the popup for the numbers that its finder knows. Reads; changes nothing on the page.

import { webext } from "../shared/browser.js";
import type { ListedNumber } from "../shared/page-messages.js";

/** The tab that a person looks at; `site` is null where there is none (a page of the browser, a file). */
export interface LookedAt {
  readonly tabId: number;
  readonly site: string | null;
}

export interface PageReading {
  /** In frames order; null where no finder runs (switched off). */
  readonly numbers: readonly ListedNumber[] | null;
  /** The browser keeps the page from the extension. */
  readonly closed: boolean;
}

/** The active tab of the newest window that has tabs: the popup may itself be a window. */
export async function lookedAt(): Promise<LookedAt | null> {
  const window = await webext.windows.getLastFocused({ populate: true, windowTypes: ["normal"] });
  const tab = window.tabs?.find(({ active }) => active);
  if (tab?.id === undefined) return null;
  const address = tab.url !== undefined && URL.canParse(tab.url) ? new URL(tab.url) : null;
  const isSite = address !== null && /^https?:$/.test(address.protocol);
  return { tabId: tab.id, site: isSite ? address.hostname.replace(/^www\./, "") : null };
}

/** The numbers of all frames of a tab. Throws nothing: a page that is out of reach is said to be closed. */
export async function numbersOf(tabId: number): Promise<PageReading> {
  try {
    const frames = await webext.scripting.executeScript({
      target: { tabId, allFrames: true },
      func: readNumbers,
    });
    const found = frames.flatMap(({ result }) => (result ? [result] : []));
    return { numbers: found.length === 0 ? null : found.flat(), closed: false };
  } catch {
    // The browser's own pages, its store, or a site that the person did not allow: expected, and said in the list.
    return { numbers: null, closed: true };
  }
}

/** Runs in each frame, in the extension's own world there, so it stands alone. Null where no finder runs. */
function readNumbers(): ListedNumber[] | null {
  const { maxoResident } = globalThis as {
    maxoResident?: { numbers: { all(): readonly ListedNumber[] } } | undefined;
  };
  const most = 200;
  const all = maxoResident?.numbers.all().slice(0, most);
  return all?.map(({ source, kind, text, raw }) => ({ source, kind, text, raw })) ?? null;
}

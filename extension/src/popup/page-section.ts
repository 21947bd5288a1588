// The popup's part about the page beside it: its numbers, or why there are none, and the switch for its site.

import { ask } from "../shared/ask.js";
import { byId } from "../shared/elements.js";
import type { FinderState } from "../shared/page-messages.js";
import { text } from "../shared/texts.js";
import { type Choice, pageChoices } from "./choices.js";
import { type LookedAt, lookedAt, numbersOf, type PageReading } from "./page-list.js";
import { offerAccess, showSiteSwitch } from "./site-switch.js";

/** A finder that was switched on this moment needs one to look at the page. */
const LOOK_AGAIN_MS = 400;

/** Reads the page's numbers and shows what there is to say; `found` gets them, also after the site was switched. */
export async function startPageSection(
  finder: FinderState,
  found: (choices: Choice[]) => void,
): Promise<void> {
  const tab = await lookedAt();
  if (tab === null) return;
  showSiteSwitch(tab.site, finder, () => {
    setTimeout(() => void read(tab, finder, found), LOOK_AGAIN_MS);
  });
  await read(tab, finder, found);
}

async function read(tab: LookedAt, finder: FinderState, found: (choices: Choice[]) => void): Promise<void> {
  const reading = await numbersOf(tab.tabId);
  const choices = pageChoices(reading.numbers ?? []);
  found(choices);
  const allowed = await offerAccess(() => void startPageSection(finder, found));
  const line = byId("page-say", HTMLElement);
  line.textContent = choices.length > 0 ? "" : text(emptyText(reading, allowed));
  byId("page-line", HTMLElement).hidden = line.textContent === "";
}

function emptyText({ closed, numbers }: PageReading, allowed: boolean): string {
  if (closed || !allowed) return allowed ? "popup_page_closed" : "popup_page_not_allowed";
  return numbers === null ? "popup_page_off" : "popup_page_none";
}

/** The finder as it is; null when the background does not answer. */
export async function finderNow(): Promise<FinderState | null> {
  const answer = await ask("finder", {});
  return answer.ok ? answer.result : null;
}

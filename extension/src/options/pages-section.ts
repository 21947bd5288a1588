// What happens on web pages: the extension's own choices, kept by the browser. Nothing of it reaches the host.

import { byId } from "../shared/elements.js";
import type { FinderState } from "../shared/page-messages.js";
import { text } from "../shared/texts.js";

export type PageChoices = Pick<FinderState, "right_click_only" | "sites_off">;

const SITE = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export function showPageChoices(choices: PageChoices): void {
  byId("marking", HTMLInputElement).checked = !choices.right_click_only;
  byId("sites_off", HTMLTextAreaElement).value = choices.sites_off.join("\n");
}

/** What the fields hold; a line that is no site is said at its field and gives null. */
export function readPageChoices(): PageChoices | null {
  const area = byId("sites_off", HTMLTextAreaElement);
  const lines = area.value.split("\n").filter((line) => line.trim() !== "");
  const sites = lines.map(siteOf);
  const wrong = lines.find((_line, index) => !SITE.test(sites[index] ?? ""));
  area.setCustomValidity(wrong === undefined ? "" : text("options_check_site", wrong.trim()));
  if (wrong !== undefined) return null;
  return { right_click_only: !byId("marking", HTMLInputElement).checked, sites_off: [...new Set(sites)] };
}

/** People paste whole addresses; the host name is what is meant. */
function siteOf(line: string): string {
  const written = line.trim().toLowerCase();
  const address = written.includes("://") ? written : `https://${written}`;
  return URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, "") : written;
}

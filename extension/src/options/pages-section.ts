// What happens on web pages: the extension's own choices, kept by the browser. Nothing of it reaches the host.

import { byId } from "../shared/elements.js";
import type { FinderChoices, Marking } from "../shared/page-messages.js";
import { text } from "../shared/texts.js";

const SITE = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

export function showPageChoices(choices: FinderChoices): void {
  choose("where", choices.right_click_only ? "nowhere" : choices.sites);
  choose("marking", choices.marking);
  choose("click", choices.card_only ? "opens" : "calls");
  byId("sites_on", HTMLTextAreaElement).value = choices.sites_on.join("\n");
  byId("sites_off", HTMLTextAreaElement).value = choices.sites_off.join("\n");
  showSiteFields();
}

/** Shows the lists of sites that matter for the choice as it stands. */
export function showSiteFields(): void {
  const where = chosen("where");
  byId("sites-on-field", HTMLElement).hidden = where !== "allowed";
  byId("sites-off-field", HTMLElement).hidden = where === "nowhere";
}

/** What the fields hold; a line that is no site is said at its field and gives null. */
export function readPageChoices(): FinderChoices | null {
  const sites_on = readSites("sites_on");
  const sites_off = readSites("sites_off");
  if (sites_on === null || sites_off === null) return null;
  const where = chosen("where");
  return {
    right_click_only: where === "nowhere",
    sites: where === "allowed" ? "allowed" : "everywhere",
    sites_on,
    sites_off,
    marking: chosen("marking") as Marking,
    card_only: chosen("click") === "opens",
  };
}

function readSites(id: string): string[] | null {
  const area = byId(id, HTMLTextAreaElement);
  const lines = area.value.split("\n").filter((line) => line.trim() !== "");
  const sites = lines.map(siteOf);
  const wrong = lines.find((_line, index) => !SITE.test(sites[index] ?? ""));
  area.setCustomValidity(wrong === undefined ? "" : text("options_check_site", wrong.trim()));
  return wrong === undefined ? [...new Set(sites)] : null;
}

/** People paste whole addresses; the host name is what is meant. */
function siteOf(line: string): string {
  const written = line.trim().toLowerCase();
  const address = written.includes("://") ? written : `https://${written}`;
  return URL.canParse(address) ? new URL(address).hostname.replace(/^www\./, "") : written;
}

function radios(name: string): HTMLInputElement[] {
  return [...document.querySelectorAll<HTMLInputElement>(`input[type=radio][name="${name}"]`)];
}

function choose(name: string, value: string): void {
  for (const radio of radios(name)) radio.checked = radio.value === value;
}

function chosen(name: string): string {
  return radios(name).find(({ checked }) => checked)?.value ?? "";
}

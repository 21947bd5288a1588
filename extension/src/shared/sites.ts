// Whether numbers are marked on a site, by a person's choices. Pure: reads no page and no storage.

import type { FinderChoices } from "./page-messages.js";

type SiteChoices = Pick<FinderChoices, "right_click_only" | "sites" | "sites_on" | "sites_off">;

/** Whether the finder is switched off for a host name, by itself or by one above it. */
export function isOff(choices: SiteChoices, site: string): boolean {
  if (choices.right_click_only || isAmong(choices.sites_off, site)) return true;
  return choices.sites === "allowed" && !isAmong(choices.sites_on, site);
}

/** The choices after a person switched marking on or off for this one site; nothing else changes. */
export function switched(
  choices: SiteChoices,
  site: string,
  on: boolean,
): Pick<FinderChoices, "sites_on" | "sites_off"> {
  const apart = (sites: readonly string[]) => sites.filter((one) => !covers(one, site));
  if (on) {
    const missing = choices.sites === "allowed" && !isAmong(choices.sites_on, site);
    return {
      sites_off: apart(choices.sites_off),
      sites_on: missing ? [...choices.sites_on, site] : choices.sites_on,
    };
  }
  if (choices.sites === "allowed") return { sites_off: choices.sites_off, sites_on: apart(choices.sites_on) };
  return { sites_off: [...choices.sites_off, site], sites_on: choices.sites_on };
}

function isAmong(sites: readonly string[], site: string): boolean {
  return sites.some((one) => covers(one, site));
}

function covers(above: string, site: string): boolean {
  return site === above || site.endsWith(`.${above}`);
}

// The switch for this site: whether numbers are found here. Where the page is out of reach, the one step that helps.

import { ask } from "../shared/ask.js";
import { webext } from "../shared/browser.js";
import { byId } from "../shared/elements.js";
import type { FinderState } from "../shared/page-messages.js";
import { isOff, switched } from "../shared/sites.js";
import { text } from "../shared/texts.js";

/** Shows the switch for a site; `changed` is called after the finder was switched. */
export function showSiteSwitch(site: string | null, finder: FinderState, changed: () => void): void {
  const row = byId("site", HTMLElement);
  const box = byId("site-on", HTMLInputElement);
  row.hidden = site === null || finder.right_click_only;
  if (site === null) return;
  byId("site-name", HTMLElement).textContent = text("popup_site", site);
  box.checked = !isOff(finder, site);
  box.onchange = async () => {
    const answer = await ask("change_finder", switched(finder, site, box.checked));
    if (answer.ok) showSiteSwitch(site, answer.result, changed);
    changed();
  };
}

/** Offers to give back the access to pages that a person has taken away; hidden while there is access. */
export async function offerAccess(changed: () => void): Promise<boolean> {
  const everywhere = { origins: ["<all_urls>"] };
  const allowed = await webext.permissions.contains(everywhere);
  const button = byId("allow", HTMLButtonElement);
  button.hidden = allowed;
  button.onclick = async () => {
    if (await webext.permissions.request(everywhere)) changed();
  };
  return allowed;
}

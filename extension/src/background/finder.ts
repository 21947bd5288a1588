// What shapes the finder of a page, brought to each frame without a storage read: tiny scripts registered at document_start.
// The region and the area code are the host's settings, kept here as a copy; nothing here decides about a call.

import { webext } from "../shared/browser.js";
import { logProblem } from "../shared/log.js";
import type { FinderState, Marking } from "../shared/page-messages.js";
import type { Settings } from "../shared/protocol.js";
import { restyleTabs, runInTabs, tellTabs } from "./open-tabs.js";

/** The file names that the build found in src/content/registered/. */
declare const REGISTERED_SCRIPTS: readonly string[];

const KEY = "finder";
const DEFAULT_STATE: FinderState = {
  region: "AU",
  area_code: false,
  right_click_only: false,
  sites: "everywhere",
  sites_on: [],
  sites_off: [],
  marking: "dotted",
  card_only: false,
};
const EVERYWHERE = ["<all_urls>"];

type Script = chrome.scripting.RegisteredContentScript;

export async function finderState(): Promise<FinderState> {
  const { [KEY]: stored } = await webext.storage.local.get(KEY);
  return { ...DEFAULT_STATE, ...(stored as Partial<FinderState> | undefined) };
}

/** Takes over the host's settings; when they changed, frames to come and frames that are open learn of it. */
export async function followSettings(settings: Settings): Promise<void> {
  await changeFinder({ region: settings.region, area_code: settings.area_code !== null });
}

/** Changes what shapes the finder and tells every page; without a real change nothing is touched. */
export async function changeFinder(change: Partial<FinderState>): Promise<void> {
  const before = await finderState();
  const finder: FinderState = { ...before, ...change };
  if (JSON.stringify(finder) === JSON.stringify(before)) return;
  await webext.storage.local.set({ [KEY]: finder });
  await registerFinder(finder);
  const pack = regionFile(finder.region);
  if (finder.region !== before.region && pack !== null) await runInTabs([pack]);
  if (finder.marking !== before.marking)
    await restyleTabs(styleFile(before.marking), styleFile(finder.marking));
  await tellTabs({ type: "finder_changed", finder });
}

/** Makes the registered scripts what the state says. Browsers drop them at an update of the extension. */
export async function registerFinder(finder: FinderState): Promise<void> {
  try {
    const wanted = scriptsFor(finder);
    const present = await webext.scripting.getRegisteredContentScripts();
    if (present.length > 0) await webext.scripting.unregisterContentScripts();
    if (wanted.length > 0) await webext.scripting.registerContentScripts(wanted);
  } catch (problem) {
    logProblem("finder", problem);
  }
}

/** The scripts for a state, none for the default. Sub-domains of a site are meant as well. */
export function scriptsFor(finder: FinderState): Script[] {
  const pack = regionFile(finder.region);
  const off = finder.right_click_only ? EVERYWHERE : patterns(finder.sites_off);
  return [
    ...(pack === null ? [] : [script("region", pack, EVERYWHERE)]),
    ...(finder.area_code ? [script("area-code", "area-code.js", EVERYWHERE)] : []),
    ...(off.length === 0 ? [] : [script("off", "off.js", off)]),
    ...(finder.sites === "allowed" ? [onlyOn(finder.sites_on)] : []),
    ...(finder.marking === "dotted" ? [] : [style("marking", styleFile(finder.marking))]),
  ].filter(({ js }) => js?.every((file) => REGISTERED_SCRIPTS.includes(file)) ?? true);
}

/** The style sheet that takes the place of content.css's mark. */
export function styleFile(marking: Marking): string {
  return `marking-${marking}.css`;
}

function onlyOn(sites: readonly string[]): Script {
  const everywhere = script("not-allowed", "off.js", EVERYWHERE);
  return sites.length === 0 ? everywhere : { ...everywhere, excludeMatches: patterns(sites) };
}

function patterns(sites: readonly string[]): string[] {
  return sites.map((site) => `*://*.${site}/*`);
}

function script(id: string, file: string, matches: string[]): Script {
  return { id, js: [file], matches, allFrames: true, matchOriginAsFallback: true, runAt: "document_start" };
}

function style(id: string, file: string): Script {
  return { id, css: [file], matches: EVERYWHERE, allFrames: true, matchOriginAsFallback: true };
}

function regionFile(region: string): string | null {
  const file = `region-${region}.js`;
  return region !== "AU" && REGISTERED_SCRIPTS.includes(file) ? file : null;
}

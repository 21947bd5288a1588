// The background: a service worker in Chromium, an event page in Firefox. Every listener is registered at once, because a
// stopped worker is woken by its listeners; whatever matters stands in storage, and here is only the wiring.

import { webext } from "../shared/browser.js";
import { logProblem } from "../shared/log.js";
import { callText } from "./call-text.js";
import { Calls } from "./calls.js";
import { pendingConfirmation } from "./confirmations.js";
import { finderState, registerFinder } from "./finder.js";
import { contentHandlers, pageHandlers, toShown } from "./handlers.js";
import { HostClient } from "./host-client.js";
import { makeMenus, pickedText } from "./menus.js";
import { clearOldBadge, showOutcome } from "./notices.js";
import { runInTabs, styleTabs } from "./open-tabs.js";
import { route } from "./router.js";

const client = new HostClient(webext.runtime.getManifest().version);
const calls = new Calls(client, async (outcome) => showOutcome(await toShown(outcome)));
const content = contentHandlers(client, calls);
const pages = pageHandlers(client, calls);

webext.runtime.onMessage.addListener((message: unknown, sender, sendResponse) => {
  const work = route(message, sender, content, pages);
  if (work === null) return false;
  void work.then(sendResponse);
  // The channel stays open until sendResponse.
  return true;
});

webext.contextMenus.onClicked.addListener((info, tab) => {
  const picked = pickedText(info);
  if (picked === null) return;
  const where = { private: tab?.incognito ?? false, windowId: tab?.windowId };
  done("menu", callText(client, calls, picked.text, picked.source, where));
});

webext.runtime.onInstalled.addListener(({ reason }) => {
  done("menus", makeMenus());
  done("finder", restoreFinder());
  // An update of the browser itself starts every page anew.
  if (reason === "install" || reason === "update") done("open tabs", takeOverOpenTabs());
});

webext.runtime.onStartup.addListener(() => {
  done("menus", makeMenus());
  done("finder", restoreFinder());
});

// At every wake-up: what a stopped worker left behind.
done("leftovers", calls.resolveLeftovers());
done("badge", quietIcon());

async function quietIcon(): Promise<void> {
  if ((await pendingConfirmation()) === null) await clearOldBadge();
}

async function restoreFinder(): Promise<void> {
  await registerFinder(await finderState());
}

/** Tabs that were open before: the new script comes in, and an old one of ours steps back for it. */
async function takeOverOpenTabs(): Promise<void> {
  await styleTabs(["content.css"]);
  await runInTabs(["australia.js", "content.js"]);
}

function done(what: string, work: Promise<void>): void {
  work.catch((problem: unknown) => logProblem(what, problem));
}

// The background: a service worker in Chromium, an event page in Firefox. Every listener is registered at once, because a
// stopped worker is woken by its listeners; whatever matters stands in storage, and here is only the wiring.

import { webext } from "../shared/browser.js";
import { logProblem } from "../shared/log.js";
import { callText } from "./call-text.js";
import { Calls } from "./calls.js";
import { runCommand } from "./commands.js";
import { pendingConfirmation } from "./confirmations.js";
import { finderState, registerFinder, styleFile } from "./finder.js";
import { contentHandlers, pageHandlers, toShown } from "./handlers.js";
import { HostClient } from "./host-client.js";
import { makeMenus, pickedPhone, suitMenu } from "./menus.js";
import { clearOldBadge, showOutcome } from "./notices.js";
import { runInTabs, styleTabs } from "./open-tabs.js";
import { pickedByMenu } from "./picked-text.js";
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
  done("menu", callPicked(info, tab));
});

/** Firefox only: the menu is suited to what was clicked before it is seen. */
const { onShown } = webext.contextMenus as unknown as { onShown?: { addListener(hear: typeof suit): void } };
const suit = (shown: Parameters<typeof suitMenu>[0]): void => done("menu", suitMenu(shown));
onShown?.addListener(suit);

webext.commands.onCommand.addListener((command, tab) => {
  done("command", runCommand(client, calls, command, tab));
});

webext.runtime.onInstalled.addListener(({ reason }) => {
  done("menus", makeMenus());
  done("finder", restoreFinder());
  // An update of the browser itself starts every page anew.
  if (reason === "install" || reason === "update") done("open tabs", takeOverOpenTabs());
  if (reason === "install") done("first run", openFirstRun());
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

async function callPicked(
  info: chrome.contextMenus.OnClickData,
  tab: chrome.tabs.Tab | undefined,
): Promise<void> {
  const picked = await pickedByMenu(info, tab?.id);
  if (picked === null) return;
  const where = { private: tab?.incognito ?? false, windowId: tab?.windowId };
  await callText(client, calls, { ...picked, phone: pickedPhone(info) }, where);
}

async function openFirstRun(): Promise<void> {
  await webext.tabs.create({ url: webext.runtime.getURL("first-run.html") });
}

async function restoreFinder(): Promise<void> {
  await registerFinder(await finderState());
}

/** Tabs that were open before: the new script comes in, and an old one of ours steps back for it. */
async function takeOverOpenTabs(): Promise<void> {
  const { marking } = await finderState();
  await styleTabs(["content.css", ...(marking === "dotted" ? [] : [styleFile(marking)])]);
  await runInTabs(["australia.js", "content.js"]);
}

function done(what: string, work: Promise<void>): void {
  work.catch((problem: unknown) => logProblem(what, problem));
}

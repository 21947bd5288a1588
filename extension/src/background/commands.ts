// The keyboard's commands: call what is selected, call the last number once more (asked first). Opening the popup is the browser's own.

import { webext } from "../shared/browser.js";
import { logProblem } from "../shared/log.js";
import { callText } from "./call-text.js";
import type { Calls } from "./calls.js";
import { askForConfirmation, openPopup } from "./confirmations.js";
import { faultOf, refusalOf } from "./fault-texts.js";
import type { HostClient } from "./host-client.js";
import { HostFailure } from "./host-faults.js";
import { showFault } from "./notices.js";
import { rememberPhones } from "./phone-labels.js";
import { pickedByKey } from "./picked-text.js";

type Client = Pick<HostClient, "request">;
type Tab = chrome.tabs.Tab | undefined;

/** Does what a shortcut asks for; a failure is told on the icon and in the popup. */
export async function runCommand(client: Client, calls: Calls, command: string, tab: Tab): Promise<void> {
  try {
    if (command === "call-selection") await callSelection(client, calls, tab);
    if (command === "redial-last") await redialLast(client, tab);
  } catch (problem) {
    await showFault(faultOf(problem));
    await openPopup(tab?.windowId).catch((second: unknown) => logProblem("popup", second));
  }
}

async function callSelection(client: Client, calls: Calls, tab: Tab): Promise<void> {
  const active = tab ?? (await webext.tabs.query({ active: true, lastFocusedWindow: true }))[0];
  if (active?.id === undefined) return;
  const { text, source } = await pickedByKey(active.id).catch((problem: unknown) => {
    logProblem("selection", problem);
    throw new HostFailure("page_out_of_reach", "the page cannot be read", false);
  });
  const where = { private: active.incognito, windowId: active.windowId };
  await callText(client, calls, { text, source, phone: null }, where);
}

/** Asks before it calls, whatever the number is: a shortcut is pressed by mistake more easily than a number is clicked. */
async function redialLast(client: Client, tab: Tab): Promise<void> {
  const { calls: recent } = await client.request("list_calls", { limit: 1, before: null, search: null });
  const last = recent[0];
  if (last === undefined) throw new HostFailure("no_last_call", "no call is recorded", false);
  const request = { text: last.display, source: "typed", phone: null } as const;
  const plan = await client.request("plan_call", request);
  if (plan.phone !== null) await rememberPhones([plan.phone]);
  if (plan.decision === "refuse" || plan.phone === null) {
    await showFault(refusalOf(plan.reasons));
    await openPopup(tab?.windowId);
    return;
  }
  const expected = { destination: plan.destination, phone: plan.phone.number };
  const pending = { ...request, attempt: crypto.randomUUID(), expected, plan };
  await askForConfirmation({ ...pending, private: tab?.incognito ?? false }, tab?.windowId);
}

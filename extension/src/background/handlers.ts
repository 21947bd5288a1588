// What each message does, in a few lines each: content scripts first, then our own pages. Trusts what the router let through.

import { webext } from "../shared/browser.js";
import type { CallRequest, ShownOutcome } from "../shared/page-messages.js";
import type { Outcome, Plan, Source } from "../shared/protocol.js";
import { outcomeText, text } from "../shared/texts.js";
import type { Calls } from "./calls.js";
import { askForConfirmation, dropConfirmation, pendingConfirmation } from "./confirmations.js";
import { shownOutcome } from "./fault-texts.js";
import { changeFeedback, feedback } from "./feedback.js";
import { changeFinder, finderState, followSettings } from "./finder.js";
import type { HostClient } from "./host-client.js";
import { HostFailure } from "./host-faults.js";
import { followPhones } from "./menus.js";
import { clearBadge, lastNotice } from "./notices.js";
import { phoneLabel, rememberPhones } from "./phone-labels.js";
import type { ContentHandlers, PageHandlers } from "./router.js";

/** How many calls a page of the list has. */
const RECENT_CALLS = 20;

type Client = Pick<HostClient, "request">;

/** An outcome with its sentence and its phone's name. */
export async function toShown(outcome: Outcome): Promise<ShownOutcome> {
  return shownOutcome(outcome, await phoneLabel(outcome.phone));
}

async function plan(
  client: Client,
  request: { text: string; source: Source; phone: string | null },
): Promise<Plan> {
  const made = await client.request("plan_call", request);
  if (made.phone !== null) await rememberPhones([made.phone]);
  return made;
}

export function contentHandlers(client: Client, calls: Calls): ContentHandlers {
  return {
    async load_card(_request, { tabId, frameId }) {
      await webext.scripting.executeScript({ target: { tabId, frameIds: [frameId] }, files: ["card.js"] });
      return {};
    },
    async plan(request) {
      const made = await plan(client, request);
      // Where a person wants the card's button only, a click on the number itself may not call.
      return (await finderState()).card_only ? { ...made, direct_click: false } : made;
    },
    async call(request, frame) {
      return toShown(await calls.place({ ...request, confirmed: [], private: frame.private }));
    },
    async outcome({ attempt }) {
      // Asking the host about an attempt that waits for a yes would close it for good.
      const waits = (await pendingConfirmation())?.attempt === attempt;
      return waits ? shownOutcome(waiting(attempt), "") : toShown(await calls.outcome(attempt));
    },
    async confirm(request, frame) {
      const now = await planAsShown(client, request);
      await askForConfirmation({ ...request, plan: now, private: frame.private }, frame.windowId);
      return {};
    },
    async open_setup() {
      await webext.runtime.openOptionsPage();
      return {};
    },
  };
}

export function pageHandlers(client: Client, calls: Calls): PageHandlers {
  return {
    async status() {
      const status = await client.request("get_status", {});
      await rememberPhones(status.settings.phones);
      await followSettings(status.settings);
      await followPhones(status.settings);
      return status;
    },
    plan_typed: (request) => plan(client, request),
    async call_typed(request) {
      const waited = (await pendingConfirmation())?.attempt === request.attempt;
      if (waited) await dropConfirmation();
      return toShown(await calls.place(request));
    },
    pending_confirmation: () => pendingConfirmation(),
    async drop_confirmation() {
      const attempt = await dropConfirmation();
      await clearBadge();
      if (attempt !== null) await calls.cancel(attempt);
      return {};
    },
    async update_settings({ settings }) {
      const changed = await client.request("update_settings", { settings });
      await followSettings(changed.settings);
      await followPhones(changed.settings);
      return changed.settings;
    },
    async set_api_key({ api_key }) {
      await client.request("set_api_key", { api_key });
      return {};
    },
    async delete_api_key() {
      await client.request("delete_api_key", {});
      return {};
    },
    async check_api_key() {
      const { verdict, code } = await client.request("check_api_key", {});
      const sentence = text(`key_${verdict}`);
      const why = verdict === "unclear" && code !== null ? ` ${outcomeText(code)}` : "";
      return { text: sentence + why, good: verdict === "answered" };
    },
    finder: () => finderState(),
    async change_finder(change) {
      await changeFinder(change);
      return finderState();
    },
    feedback: () => feedback(),
    change_feedback: (chosen) => changeFeedback(chosen),
    async recent_calls({ before, search }) {
      return client.request("list_calls", { limit: RECENT_CALLS, before, search: search || null });
    },
    forget_calls: () => client.request("clear_calls", {}),
    last_notice: () => lastNotice(),
  };
}

/** The plan made now, which must be what the person saw: a page cannot put another number into the question. */
async function planAsShown(client: Client, request: CallRequest): Promise<Plan> {
  const now = await plan(client, { text: request.text, source: request.source, phone: request.phone });
  const { destination, phone } = request.expected;
  if (now.destination !== destination || now.phone?.number !== phone) {
    throw new HostFailure("plan_changed", "the plan is not the one that was shown", false);
  }
  if (now.decision === "refuse")
    throw new HostFailure("call_refused", "the plan is refused", false, now.reasons);
  return now;
}

function waiting(attempt: string): Outcome {
  return { attempt, outcome: "pending", code: null, destination: null, phone: null };
}

// One line for helper, key and phone: that all is well, or the first thing to put right and the button that does it.

import { byId, say, type Tone } from "../shared/elements.js";
import type { Answer } from "../shared/page-messages.js";
import type { Status } from "../shared/protocol.js";
import { noticeText, phoneText, text } from "../shared/texts.js";

interface Health {
  readonly words: string;
  readonly tone: Tone;
  readonly fix: "open_setup" | "try_again" | null;
}

/** Shows the state; the button beside it opens the options or asks again. */
export function showHealth(answer: Answer<Status>, openSetup: () => void, again: () => void): void {
  const button = byId("fix", HTMLButtonElement);
  const health = answer.ok ? healthOf(answer.result) : faultHealth(answer.fault);
  say(byId("health", HTMLElement), health.words, health.tone);
  byId("health-dot", HTMLElement).dataset.tone = health.tone;
  button.hidden = health.fix === null;
  button.textContent = text(health.fix === "open_setup" ? "popup_set_up" : "popup_try_again");
  button.onclick = health.fix === "open_setup" ? openSetup : again;
}

function faultHealth(fault: { text: string; remedy: string }): Health {
  return { words: fault.text, tone: "bad", fix: fault.remedy === "open_setup" ? "open_setup" : "try_again" };
}

/** The first thing that stands in the way of a call. */
export function healthOf({ settings, key, guard, journal, notices }: Status): Health {
  if (notices.some(({ code }) => code === "policy_invalid"))
    return { words: noticeText("policy_invalid"), tone: "bad", fix: "open_setup" };
  const phone = settings.phones.find(({ number }) => number === settings.default_phone) ?? settings.phones[0];
  if (phone === undefined) return { words: text("popup_no_phone"), tone: "warning", fix: "open_setup" };
  if (key === "absent") return { words: text("popup_no_key"), tone: "warning", fix: "open_setup" };
  if (guard === "open") return { words: text("popup_guard_open"), tone: "warning", fix: "try_again" };
  if (journal === "unusable") return { words: text("popup_journal"), tone: "warning", fix: null };
  return { words: text("popup_ready", phoneText(phone.number, phone.label)), tone: "good", fix: null };
}

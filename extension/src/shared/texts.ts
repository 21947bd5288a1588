// Sentences from _locales: by key, and by the codes of host and extension. Holds no sentence itself.

import { webext } from "./browser.js";
import type { Plan } from "./protocol.js";

/** The text of a key; the key itself when it is missing, so that a gap is seen and not silent. */
export function text(key: string, ...substitutions: string[]): string {
  return known(key, ...substitutions) ?? key;
}

function known(key: string, ...substitutions: string[]): string | null {
  // A content script that outlived an update of the extension has no `i18n` any more.
  return webext.i18n?.getMessage(key, substitutions) || null;
}

/** Why a call could not be placed. A code of a newer host gets a general sentence. */
export function errorText(code: string): string {
  return known(`error_${code}`) ?? text("error_other", code);
}

/** How an attempt ended; codes that also occur as errors share their sentence. */
export function outcomeText(code: string): string {
  return known(`outcome_${code}`) ?? known(`error_${code}`) ?? text("outcome_other", code);
}

/** Why a plan needs confirmation. */
export function reasonText(code: string): string {
  return known(`reason_${code}`) ?? text("reason_other", code);
}

/** Why a plan is refused: some reasons read differently when there is no way round them. */
export function refusalText(code: string): string {
  return known(`refused_${code}`) ?? reasonText(code);
}

/** What a person should know about what will be dialled. */
export function noteText(code: string, plan: Pick<Plan, "extension">): string {
  return known(`note_${code}`, plan.extension ?? "") ?? text("note_other", code);
}

/** Something about the helper's files that a person should know; the helper's own sentence names the file. */
export function noticeText(code: string): string {
  return known(`notice_${code}`) ?? text("notice_other", code);
}

/** What kind of number this is, in a word or two; empty when there is nothing to say. */
export function kindText(plan: Pick<Plan, "kind">): string {
  return known(`kind_${plan.kind}`) ?? "";
}

/** A phone as people name it: "101 (Desk)". */
export function phoneText(number: string, label: string): string {
  return label === "" ? number : text("phone_with_label", number, label);
}

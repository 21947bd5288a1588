// From codes to what a person reads and can do: the one table of remedies. Sentences stand in _locales.

import { logProblem } from "../shared/log.js";
import type { Fault, Remedy, ShownOutcome } from "../shared/page-messages.js";
import type { Outcome } from "../shared/protocol.js";
import { errorText, outcomeText, phoneText, refusalText, text } from "../shared/texts.js";
import { HostFailure } from "./host-faults.js";

const REMEDIES: Readonly<Record<string, Remedy>> = {
  host_not_found: "open_setup",
  host_forbidden: "open_setup",
  host_failed: "try_again",
  host_timeout: "try_again",
  host_outdated: "open_setup",
  extension_updated: "reload_page",
  background_stopped: "try_again",
  unknown_type: "open_setup",
  unsupported_protocol: "open_setup",
  plan_changed: "try_again",
  confirmation_needed: "confirm",
  no_keyring: "open_setup",
  keyring_locked: "try_again",
  no_api_key: "open_setup",
  keyring_denied: "try_again",
  keyring_timeout: "try_again",
  api_unreachable: "try_again",
  dns_failed: "try_again",
  connect_timeout: "try_again",
  proxy_failed: "try_again",
  api_key_refused: "open_setup",
  no_permission: "open_setup",
  phone_unavailable: "try_again",
  not_received: "try_again",
  no_phone: "open_setup",
};

/** A refused or failed request as its code, its sentence and one remedy. */
export function faultOf(problem: unknown): Fault {
  logProblem("fault", problem);
  // Anything else is a mistake of ours; the person can only try again.
  if (!(problem instanceof HostFailure)) {
    return { code: "background_stopped", text: errorText("background_stopped"), remedy: "try_again" };
  }
  const [reason] = problem.reasons;
  if (problem.code === "call_refused" && reason !== undefined) return refusalOf(problem.reasons);
  const fault = {
    code: problem.code,
    text: errorText(problem.code),
    remedy: REMEDIES[problem.code] ?? "none",
  };
  return problem.reasons.length > 0 ? { ...fault, reasons: problem.reasons } : fault;
}

/** The fault of a plan that may not be called. */
export function refusalOf(reasons: readonly string[]): Fault {
  const [reason] = reasons;
  return {
    code: "call_refused",
    text: reason === undefined ? errorText("call_refused") : refusalText(reason),
    remedy: (reason !== undefined && REMEDIES[reason]) || "none",
    reasons,
  };
}

/** An outcome with its sentence: "queued" is said as sent, never as connected. */
export function shownOutcome(outcome: Outcome, phoneLabel: string): ShownOutcome {
  const phone = phoneText(outcome.phone ?? "", phoneLabel);
  switch (outcome.outcome) {
    case "queued":
      return { ...outcome, text: text("outcome_queued", phone), remedy: "none" };
    case "pending":
      return { ...outcome, text: text("outcome_pending"), remedy: "none" };
    case "failed":
      return { ...outcome, text: textOf(outcome, phone), remedy: REMEDIES[outcome.code ?? ""] ?? "none" };
    case "unknown":
      return { ...outcome, text: textOf(outcome, phone), remedy: "call_anyway" };
  }
}

function textOf(outcome: Outcome, phone: string): string {
  // The one outcome that names the phone, because it is what to look at.
  if (outcome.code === "phone_unavailable") return text("outcome_phone_unavailable", phone);
  return outcomeText(outcome.code ?? "other");
}

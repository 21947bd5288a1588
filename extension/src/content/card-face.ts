// What the card says at each stage of a call, as words and one button. Pure: no DOM, no clock, no messages.

import type { Fault, Remedy, ShownOutcome } from "../shared/page-messages.js";
import type { Plan } from "../shared/protocol.js";
import { errorText, kindText, noteText, phoneText, reasonText, refusalText, text } from "../shared/texts.js";

/** Where a person stands with one number, from hovering to the outcome. */
export type Stage =
  | { readonly step: "planning" }
  | { readonly step: "unplanned"; readonly fault: Fault }
  | { readonly step: "planned"; readonly plan: Plan }
  | { readonly step: "calling"; readonly plan: Plan }
  | { readonly step: "asked"; readonly plan: Plan }
  | { readonly step: "stopped"; readonly plan: Plan; readonly fault: Fault }
  | { readonly step: "ended"; readonly plan: Plan; readonly outcome: ShownOutcome };

/** What the card's one button does. `plan` asks again what would be dialled. */
export type Action = "call" | "confirm" | "plan" | "open_setup" | "reload_page";

export interface Button {
  readonly label: string;
  /** What a screen reader says: begins with the label. */
  readonly spoken: string;
  /** Null while there is nothing to press. */
  readonly action: Action | null;
}

export interface Status {
  readonly text: string;
  readonly tone: "quiet" | "good" | "warning" | "bad";
}

export interface Face {
  readonly title: string;
  /** The number in single digits, for screen readers. */
  readonly spoken: string;
  readonly place: string;
  readonly dials: string;
  readonly rings: string;
  readonly notes: readonly string[];
  readonly status: Status | null;
  readonly button: Button | null;
}

/** Digits one by one, as a person would read them out: a screen reader would say "two hundred and ninety-nine million". */
export function spokenDigits(number: string): string {
  return (number.match(/[+\d]/g) ?? []).join(" ");
}

/** The words for this number at this stage. `displayOnly`: the card is shown where nothing of it can be clicked. */
export function faceOf(raw: string, stage: Stage, displayOnly: boolean): Face {
  const plan = "plan" in stage ? stage.plan : null;
  const spoken = spokenDigits(plan?.destination ?? raw);
  const button = buttonOf(stage, spoken);
  return {
    title: plan?.display ?? raw,
    spoken,
    place: plan === null ? "" : placeOf(plan),
    dials: plan === null || plan.decision === "refuse" ? "" : text("card_will_dial", plan.destination),
    rings: stage.step === "ended" ? "" : ringsOf(plan),
    notes: plan === null ? [] : plan.notes.map((code) => noteText(code, plan)),
    status: statusOf(stage, displayOnly && button?.action === "call"),
    button: displayOnly ? null : button,
  };
}

/** What the card says when the extension was updated under the page, so that nothing works any more. */
export function updatedFace(): Pick<Face, "rings" | "status" | "button"> {
  return {
    rings: "",
    status: { text: errorText("extension_updated"), tone: "bad" },
    button: named(text("card_reload_page"), "reload_page"),
  };
}

/** Kind of number and where it is: "Landline · NSW/ACT", "Mobile · United Kingdom". */
function placeOf(plan: Plan): string {
  const home = plan.area ?? (isAbroad(plan) ? countryName(plan.country) : "");
  const kind = plan.kind === "unknown" ? "" : kindText(plan);
  return [kind, home].filter((word) => word !== "").join(" · ");
}

function isAbroad(plan: Plan): boolean {
  return plan.destination.startsWith("+") || plan.display.startsWith("+");
}

function countryName(code: string | null): string {
  if (code === null || !/^[A-Z]{2}$/.test(code)) return "";
  return new Intl.DisplayNames(undefined, { type: "region" }).of(code) ?? code;
}

function ringsOf(plan: Plan | null): string {
  if (plan === null || plan.phone === null || plan.decision === "refuse") return "";
  return text("card_rings", phoneText(plan.phone.number, plan.phone.label));
}

function statusOf(stage: Stage, displayOnly: boolean): Status | null {
  switch (stage.step) {
    case "planning":
      return { text: text("card_planning"), tone: "quiet" };
    case "unplanned":
    case "stopped":
      return { text: stage.fault.text, tone: "bad" };
    case "calling":
      return null;
    case "asked":
      return { text: text("card_confirm_in_browser"), tone: "quiet" };
    case "ended":
      return { text: stage.outcome.text, tone: TONES[stage.outcome.outcome] };
    case "planned":
      return displayOnly ? { text: text("card_display_only"), tone: "quiet" } : decisionOf(stage.plan);
  }
}

const TONES = { queued: "good", failed: "bad", unknown: "warning", pending: "quiet" } as const;

function decisionOf(plan: Plan): Status | null {
  if (plan.decision === "allow") return null;
  const words = plan.decision === "refuse" ? refusalText : reasonText;
  const reasons = plan.reasons.length > 0 ? plan.reasons.map(words) : [errorText("call_refused")];
  return { text: reasons.join(" "), tone: plan.decision === "refuse" ? "bad" : "warning" };
}

function buttonOf(stage: Stage, spoken: string): Button | null {
  switch (stage.step) {
    case "planning":
    case "asked":
      return null;
    case "calling":
      return named(text("card_calling"), null);
    case "planned":
      return callButton(stage.plan, spoken);
    case "unplanned":
      return remedyButton(stage.fault.remedy, "plan");
    case "stopped":
      // A plan that no longer holds is shown anew before anybody can say yes to it.
      return remedyButton(stage.fault.remedy, stage.fault.code === "plan_changed" ? "plan" : "call");
    case "ended":
      return remedyButton(stage.outcome.remedy, "call");
  }
}

function callButton(plan: Plan, spoken: string): Button | null {
  if (plan.decision === "refuse") {
    return plan.reasons.includes("no_phone") ? named(text("card_open_setup"), "open_setup") : null;
  }
  const asks = plan.decision === "confirm";
  const label = text(asks ? "card_call_asks" : "card_call");
  return { label, spoken: `${label} ${spoken}`, action: asks ? "confirm" : "call" };
}

function remedyButton(remedy: Remedy, again: "plan" | "call"): Button | null {
  switch (remedy) {
    case "none":
      return null;
    case "open_setup":
      return named(text("card_open_setup"), "open_setup");
    case "reload_page":
      return named(text("card_reload_page"), "reload_page");
    case "try_again":
      return named(text("card_try_again"), again);
    case "call_anyway":
      return named(text("card_call_anyway"), "confirm");
    case "confirm":
      return named(text("card_call_asks"), "confirm");
  }
}

function named(label: string, action: Action | null): Button {
  return { label, spoken: label, action };
}

// The field to type or paste a number: the plan appears while typing, and the button calls exactly what is shown.

import { ask } from "../shared/ask.js";
import { byId, say } from "../shared/elements.js";
import type { Remedy } from "../shared/page-messages.js";
import type { Plan } from "../shared/protocol.js";
import { text } from "../shared/texts.js";
import { placeAndShow } from "./call-outcome.js";
import { showPlan } from "./plan-view.js";

/** A pause in typing after which the number is planned. */
const TYPING_PAUSE_MS = 120;

/** The reasons that "Call anyway" after an unclear outcome has answered already. */
const ANSWERED_BY_CALL_ANYWAY = ["repeated"];

interface Shown {
  readonly text: string;
  readonly plan: Plan;
}

/** Brings the dialling form to life. `isPrivate`: the popup belongs to a private window. */
export function startDialView(isPrivate: Promise<boolean>, openSetup: () => void): void {
  const form = byId("dial", HTMLFormElement);
  const field = byId("number", HTMLInputElement);
  const place = byId("dial-plan", HTMLElement);
  const outcome = byId("dial-outcome", HTMLElement);
  const button = byId("call", HTMLButtonElement);

  let shown: Shown | null = null;
  let remedy: Remedy = "none";
  let pause: ReturnType<typeof setTimeout> | undefined;
  /** Counts the questions, so that an answer that comes late is not taken for the newest. */
  let question = 0;

  field.focus();
  field.addEventListener("input", () => {
    clearTimeout(pause);
    shown = null;
    button.disabled = true;
    pause = setTimeout(() => void planAndShow(), TYPING_PAUSE_MS);
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.isTrusted) void act();
  });

  function offer(label: string, enabled: boolean): void {
    button.textContent = label;
    button.disabled = !enabled;
  }

  async function planAndShow(): Promise<Plan | null> {
    const number = field.value.trim();
    const mine = ++question;
    remedy = "none";
    say(outcome, "");
    offer(text("popup_call"), false);
    if (number === "") {
      showPlan(place, null);
      return null;
    }
    const answer = await ask("plan_typed", { text: number, source: "typed", phone: null });
    if (mine !== question || number !== field.value.trim()) return null;
    if (!answer.ok) {
      showPlan(place, null);
      say(outcome, answer.fault.text, answer.fault.code === "invalid_number" ? "quiet" : "bad");
      remedy = answer.fault.remedy;
      offerRemedy();
      return null;
    }
    showPlan(place, answer.result);
    shown = { text: number, plan: answer.result };
    const noPhone = answer.result.reasons.includes("no_phone");
    remedy = noPhone ? "open_setup" : "none";
    offer(text(noPhone ? "popup_set_up" : "popup_call"), noPhone || answer.result.decision !== "refuse");
    return answer.result;
  }

  function offerRemedy(): void {
    const labels: Readonly<Record<Remedy, string | null>> = {
      open_setup: "popup_set_up",
      try_again: "popup_try_again",
      call_anyway: "popup_call_anyway",
      confirm: "popup_call",
      reload_page: null,
      none: null,
    };
    const label = labels[remedy];
    offer(text(label ?? "popup_call"), label !== null);
  }

  async function act(): Promise<void> {
    if (button.disabled) return;
    switch (remedy) {
      case "open_setup":
        openSetup();
        return;
      case "try_again":
      case "confirm":
        // What was shown is planned anew; a call is placed by the next press, on what is then on the screen.
        await planAndShow();
        return;
      case "call_anyway": {
        const plan = await planAndShow();
        if (plan?.reasons.every((reason) => ANSWERED_BY_CALL_ANYWAY.includes(reason))) await call();
        return;
      }
      default:
        await call();
    }
  }

  async function call(): Promise<void> {
    if (shown === null || shown.plan.decision === "refuse" || shown.plan.phone === null) return;
    const { plan, text: number } = shown;
    const phone = shown.plan.phone.number;
    offer(text("popup_call"), false);
    remedy = await placeAndShow(outcome, {
      attempt: crypto.randomUUID(),
      text: number,
      source: "typed",
      phone: null,
      expected: { destination: plan.destination, phone },
      confirmed: plan.decision === "confirm" ? plan.reasons : [],
      private: await isPrivate,
    });
    if (number === field.value.trim()) offerRemedy();
  }
}

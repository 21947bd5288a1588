// The field to type, paste or search, with its list: the plan appears at once, and the button calls exactly what is shown.

import { ask } from "../shared/ask.js";
import { placeAndShow } from "../shared/call-outcome.js";
import { byId, say } from "../shared/elements.js";
import { formatAsTyped } from "../shared/format-as-typed.js";
import type { Remedy } from "../shared/page-messages.js";
import { showPlan, showUnplanned } from "../shared/plan-view.js";
import type { Plan, Source } from "../shared/protocol.js";
import { text } from "../shared/texts.js";
import { ChoicesView } from "./choices-view.js";

/** A pause in typing after which the number is planned. */
const TYPING_PAUSE_MS = 120;

/** The reasons that "Call anyway" after an unclear outcome has answered already. */
const ANSWERED_BY_CALL_ANYWAY = ["repeated"];

/** What is to be called: typed, or chosen from the list. */
interface Wanted {
  readonly text: string;
  readonly source: Source;
}

interface Shown extends Wanted {
  readonly plan: Plan;
}

export interface DialSetting {
  /** The popup belongs to a private window. */
  readonly isPrivate: Promise<boolean>;
  readonly openSetup: () => void;
  /** The country whose numbers are typed without a country code. */
  readonly region: () => string;
  /** What is typed has changed, so the list has to be those that fit. */
  readonly typed: (text: string) => void;
  /** A call has ended. */
  readonly called: () => void;
}

export interface DialView {
  readonly choices: ChoicesView;
  /** Plans again what is shown: another phone rings now. */
  replan(): void;
}

/** Brings the dialling form to life. */
export function startDialView({ isPrivate, openSetup, region, typed, called }: DialSetting): DialView {
  const form = byId("dial", HTMLFormElement);
  const field = byId("number", HTMLInputElement);
  const place = byId("dial-plan", HTMLElement);
  const outcome = byId("dial-outcome", HTMLElement);
  const button = byId("call", HTMLButtonElement);
  const choices = new ChoicesView(field, () => void planAndShow());

  let shown: Shown | null = null;
  let remedy: Remedy = "none";
  let pause: ReturnType<typeof setTimeout> | undefined;
  /** Counts the questions, so that an answer that comes late is not taken for the newest. */
  let question = 0;

  field.focus();
  // Firefox may take it away again in the moment in which the popup gets the keys.
  addEventListener("focus", () => {
    if (document.activeElement === document.body) field.focus();
  });
  field.addEventListener("input", () => {
    clearTimeout(pause);
    shown = null;
    button.disabled = true;
    choices.clear();
    pause = setTimeout(() => {
      void planAndShow();
      typed(field.value.trim());
    }, TYPING_PAUSE_MS);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      clearTimeout(pause);
      choices.move(event.key === "ArrowDown" ? 1 : -1);
      void planAndShow();
    } else if (event.key === "Enter" && button.disabled && event.isTrusted) {
      // Too quick for the pause: what would be called is shown now, and the next Enter calls it.
      event.preventDefault();
      clearTimeout(pause);
      void planAndShow();
    } else if (event.key === "Escape" && (field.value !== "" || choices.active !== null)) {
      // The first Escape empties the field, the next one closes the popup.
      event.preventDefault();
      field.value = "";
      field.dispatchEvent(new Event("input"));
    }
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.isTrusted) void act();
  });

  function offer(label: string, enabled: boolean): void {
    button.textContent = label;
    button.disabled = !enabled;
    // An empty field has nothing to call.
    button.hidden = wantedNow().text === "";
  }

  function wantedNow(): Wanted {
    const { active } = choices;
    return active === null
      ? { text: field.value.trim(), source: "typed" }
      : { text: active.text, source: active.source };
  }

  async function planAndShow(): Promise<Plan | null> {
    const wanted = wantedNow();
    const mine = ++question;
    remedy = "none";
    shown = null;
    say(outcome, "");
    offer(text("popup_call"), false);
    if (wanted.text === "") {
      showPlan(place, null);
      return null;
    }
    const answer = await ask("plan_typed", { ...wanted, phone: null });
    if (mine !== question || wanted.text !== wantedNow().text) return null;
    if (!answer.ok) {
      showUnplanned(place, formatAsTyped(wanted.text, region()));
      // Somebody who still types has made no mistake yet, and somebody who searches for words none at all.
      const unfinished = answer.fault.code === "invalid_number";
      say(outcome, unfinished && choices.size > 0 ? "" : answer.fault.text, unfinished ? "quiet" : "bad");
      remedy = answer.fault.remedy;
      offerRemedy();
      return null;
    }
    showPlan(place, answer.result);
    shown = { ...wanted, plan: answer.result };
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
    const { plan, text: number, source } = shown;
    const phone = shown.plan.phone.number;
    const mine = question;
    offer(text("popup_call"), false);
    remedy = await placeAndShow(outcome, {
      attempt: crypto.randomUUID(),
      text: number,
      source,
      phone: null,
      expected: { destination: plan.destination, phone },
      confirmed: plan.decision === "confirm" ? plan.reasons : [],
      private: await isPrivate,
    });
    called();
    if (mine === question) offerRemedy();
  }

  return {
    choices,
    replan: () => void planAndShow(),
  };
}

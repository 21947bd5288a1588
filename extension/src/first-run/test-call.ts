// A first call, to a number of the person's own choice: what would be dialled is shown, then one press calls it.

import { ask } from "../shared/ask.js";
import { placeAndShow } from "../shared/call-outcome.js";
import { byId, say } from "../shared/elements.js";
import { showPlan } from "../shared/plan-view.js";
import type { Plan } from "../shared/protocol.js";

const TYPING_PAUSE_MS = 150;

/** Brings the form to life; `sent` is called when a call was sent. Returns what plans again after a change of settings. */
export function startTestCall(sent: () => void): () => void {
  const field = byId("test-number", HTMLInputElement);
  const button = byId("test-call", HTMLButtonElement);
  const place = byId("test-plan", HTMLElement);
  const line = byId("test-say", HTMLElement);
  let shown: { text: string; plan: Plan } | null = null;
  let pause: ReturnType<typeof setTimeout> | undefined;

  async function plan(): Promise<void> {
    const number = field.value.trim();
    say(line, "");
    if (number === "") return showPlan(place, null);
    const answer = await ask("plan_typed", { text: number, source: "typed", phone: null });
    if (number !== field.value.trim()) return;
    showPlan(place, answer.ok ? answer.result : null);
    if (!answer.ok) return say(line, answer.fault.text, "quiet");
    shown = { text: number, plan: answer.result };
    button.disabled = answer.result.decision === "refuse";
  }

  field.addEventListener("input", () => {
    clearTimeout(pause);
    shown = null;
    button.disabled = true;
    pause = setTimeout(() => void plan(), TYPING_PAUSE_MS);
  });
  byId("test-form", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    if (!event.isTrusted || shown === null || shown.plan.phone === null) return;
    const { text, plan: seen } = shown;
    const expected = { destination: seen.destination, phone: shown.plan.phone.number };
    const confirmed = seen.decision === "confirm" ? seen.reasons : [];
    button.disabled = true;
    void placeAndShow(line, {
      attempt: crypto.randomUUID(),
      ...{ text, source: "typed", phone: null, expected, confirmed, private: false },
    }).then(() => {
      button.disabled = false;
      if (line.dataset.tone === "good") sent();
    });
  });
  return () => void plan();
}

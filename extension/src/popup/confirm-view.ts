// The question before an unusual call: what it is, why it is asked, Call or Cancel. Asked here, where no page can reach.

import { ask } from "../shared/ask.js";
import { placeAndShow } from "../shared/call-outcome.js";
import { byId } from "../shared/elements.js";
import type { PendingConfirmation } from "../shared/page-messages.js";
import { showPlan } from "../shared/plan-view.js";
import { text } from "../shared/texts.js";

/** Shows the question in place of the dialling form. */
export function showConfirmation(pending: PendingConfirmation): void {
  const { plan, private: isPrivate, ...request } = pending;
  const form = byId("confirm", HTMLFormElement);
  const button = byId("confirm-call", HTMLButtonElement);
  const cancel = byId("cancel", HTMLButtonElement);
  byId("dial", HTMLFormElement).hidden = true;
  form.hidden = false;
  showPlan(byId("confirm-plan", HTMLElement), plan);
  // A question is not answered by the Enter that a person was typing elsewhere.
  cancel.focus();

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!event.isTrusted || button.disabled) return;
    button.disabled = true;
    cancel.textContent = text("popup_close");
    void placeAndShow(byId("confirm-outcome", HTMLElement), {
      ...request,
      confirmed: plan.reasons,
      private: isPrivate,
    });
  });

  cancel.addEventListener("click", () => {
    if (button.disabled) window.close();
    else void ask("drop_confirmation", {}).finally(() => window.close());
  });
}

// Forgets the recorded calls in two presses. Hidden where the helper keeps no list.

import { ask } from "../shared/ask.js";
import { byId, say } from "../shared/elements.js";
import { text } from "../shared/texts.js";

/** Brings the button to life where the helper has a list of calls to forget. */
export async function startForgetCalls(): Promise<void> {
  const button = byId("forget", HTMLButtonElement);
  const line = byId("forget-say", HTMLElement);
  const list = await ask("recent_calls", { before: null, search: "" });
  button.hidden = !list.ok;
  let sure = false;
  button.onclick = async () => {
    if (!sure) {
      sure = true;
      button.textContent = text("options_forget_sure");
      return;
    }
    sure = false;
    button.textContent = text("options_forget");
    const answer = await ask("forget_calls", {});
    if (answer.ok) say(line, text("options_forgotten", String(answer.result.cleared)), "good");
    else say(line, answer.fault.text, "bad");
  };
}

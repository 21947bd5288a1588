// Notifications after calls: chosen at once, with the browser's own question the first time.

import { ask } from "../shared/ask.js";
import { webext } from "../shared/browser.js";
import { byId, say } from "../shared/elements.js";
import type { Feedback } from "../shared/page-messages.js";
import { text } from "../shared/texts.js";

const PERMISSION = { permissions: ["notifications"] } as const;

/** Brings the choice to life. */
export async function startFeedbackSection(): Promise<void> {
  const select = byId("notify", HTMLSelectElement);
  const line = byId("notify-say", HTMLElement);
  select.addEventListener("change", () => {
    const notify = select.value as Feedback["notify"];
    // Asked before anything is awaited: browsers want the question to follow the person's act at once.
    const allowed =
      notify === "off"
        ? Promise.resolve(true)
        : webext.permissions.request({ permissions: [...PERMISSION.permissions] });
    void allowed.then(async (granted) => {
      if (!granted) select.value = "off";
      const answer = await ask("change_feedback", { notify: granted ? notify : "off" });
      if (!granted) say(line, text("options_notify_denied"), "warning");
      else say(line, answer.ok ? text("options_saved") : answer.fault.text, answer.ok ? "good" : "bad");
    });
  });
  const answer = await ask("feedback", {});
  if (answer.ok) select.value = answer.result.notify;
}

// The first step: whether the helper is there, and how it comes. Goes on looking, so that nobody has to press anything.

import { ask } from "../shared/ask.js";
import { webext } from "../shared/browser.js";
import { byId, element, say } from "../shared/elements.js";
import type { Status } from "../shared/protocol.js";
import { text } from "../shared/texts.js";
import { type InstallStep, installSteps } from "./install-words.js";

/** Soon enough to feel noticed, seldom enough to cost nothing while somebody downloads. */
const LOOK_EVERY_MS = 2_000;

/** Looks for the helper until it answers; tells of every change. */
export function watchHelper(changed: (status: Status | null) => void): void {
  let shownFault = "";
  const look = async (): Promise<void> => {
    // A tab in the background starts no programs.
    const answer = document.hidden ? null : await ask("status", {});
    if (answer?.ok) {
      byId("helper-how", HTMLElement).replaceChildren();
      byId("helper-wait", HTMLElement).hidden = true;
      say(byId("helper-say", HTMLElement), text("first_run_helper_found"), "good");
      changed(answer.result);
      return;
    }
    if (answer !== null && answer.fault.code !== shownFault) {
      shownFault = answer.fault.code;
      say(byId("helper-say", HTMLElement), answer.fault.text, "warning");
      await showHow(shownFault);
      changed(null);
    }
    setTimeout(() => void look(), LOOK_EVERY_MS);
  };
  void look();
}

async function showHow(fault: string): Promise<void> {
  const { os } = await webext.runtime.getPlatformInfo();
  const steps = installSteps({ os, fault, extensionId: webext.runtime.id });
  byId("helper-how", HTMLElement).replaceChildren(...steps.map(shownStep));
  byId("helper-wait", HTMLElement).hidden = false;
}

function shownStep({ words, command }: InstallStep): HTMLElement {
  if (command === null) return element("li", {}, words);
  const copy = element("button", { type: "button" }, text("first_run_copy"));
  copy.setAttribute("aria-label", `${text("first_run_copy")}: ${command}`);
  copy.addEventListener("click", async () => {
    await navigator.clipboard.writeText(command);
    copy.textContent = text("first_run_copied");
  });
  const line = element(
    "div",
    { class: "command" },
    element("code", { dir: "ltr", tabindex: "0" }, command),
    copy,
  );
  return element("li", {}, words, line);
}

// The toolbar popup: a call that waits for a yes, or the field to type a number, and the state of everything in one line.

import { ask } from "../shared/ask.js";
import { webext } from "../shared/browser.js";
import { byId, fillTexts, say } from "../shared/elements.js";
import { showConfirmation } from "./confirm-view.js";
import { startDialView } from "./dial-view.js";
import { showHealth } from "./health-line.js";

function openSetup(): void {
  void webext.runtime.openOptionsPage().finally(() => window.close());
}

async function isPrivate(): Promise<boolean> {
  return (await webext.windows.getCurrent()).incognito;
}

async function showWhatWaits(): Promise<void> {
  const waiting = await ask("pending_confirmation", {});
  if (waiting.ok && waiting.result !== null) {
    showConfirmation(waiting.result);
    return;
  }
  const notice = await ask("last_notice", {});
  if (notice.ok && notice.result !== null) {
    const tones = { good: "good", bad: "bad", open: "warning" } as const;
    say(byId("notice", HTMLElement), notice.result.text, tones[notice.result.look]);
  }
}

document.documentElement.classList.toggle("window", location.search === "?window");
fillTexts();
byId("options", HTMLButtonElement).addEventListener("click", openSetup);
startDialView(isPrivate(), openSetup);
void showWhatWaits();
void showHealth(openSetup);

// The toolbar popup: a call that waits for a yes, or the field to type, paste and search, and the state of everything in one line.

import { ask } from "../shared/ask.js";
import { webext } from "../shared/browser.js";
import { byId, fillTexts, say } from "../shared/elements.js";
import type { Phone } from "../shared/protocol.js";
import { phoneText } from "../shared/texts.js";
import { type Choice, fitting } from "./choices.js";
import { showConfirmation } from "./confirm-view.js";
import { type DialView, startDialView } from "./dial-view.js";
import { showHealth } from "./health-line.js";
import { finderNow, startPageSection } from "./page-section.js";
import { showPhoneChoice } from "./phone-choice.js";
import { RecentCalls } from "./recent-calls.js";

function openSetup(): void {
  void webext.runtime.openOptionsPage().finally(() => window.close());
}

async function isPrivate(): Promise<boolean> {
  return (await webext.windows.getCurrent()).incognito;
}

/** Shows the question when a call waits for its answer. */
async function showQuestion(): Promise<boolean> {
  const waiting = await ask("pending_confirmation", {});
  if (!waiting.ok || waiting.result === null) return false;
  showConfirmation(waiting.result);
  return true;
}

async function showNotice(): Promise<void> {
  const notice = await ask("last_notice", {});
  if (!notice.ok || notice.result === null) return;
  const tones = { good: "good", bad: "bad", open: "warning" } as const;
  say(byId("notice", HTMLElement), notice.result.text, tones[notice.result.look]);
}

let phones: readonly Phone[] = [];
let region = "AU";

async function showState(dial: DialView): Promise<void> {
  const answer = await ask("status", {});
  showHealth(answer, openSetup, () => void showState(dial));
  if (!answer.ok) return;
  ({ phones, region } = answer.result.settings);
  showPhoneChoice(answer.result, () => {
    dial.replan();
    void showState(dial);
  });
}

function phoneName(number: string): string {
  return phoneText(number, phones.find((phone) => phone.number === number)?.label ?? "");
}

/** The field with its list: the page's numbers fit what is typed by our own looking, the calls by the host's. */
function startDial(): { dial: DialView; start(): Promise<void> } {
  let onPage: readonly Choice[] = [];
  let typed = "";
  const refit = (): void => dial.choices.show("page", fitting(onPage, typed));
  const dial = startDialView({
    isPrivate: isPrivate(),
    openSetup,
    region: () => region,
    typed(words) {
      typed = words;
      refit();
      void recent.show(words);
    },
    called: () => void recent.show(typed),
  });
  const recent = new RecentCalls(phoneName, (choices) => dial.choices.show("recent", choices));
  return {
    dial,
    async start() {
      const finder = await finderNow();
      await Promise.all([
        recent.show(""),
        finder &&
          startPageSection(finder, (choices) => {
            onPage = choices;
            refit();
          }),
      ]);
    },
  };
}

async function startPopup(): Promise<void> {
  const { dial, start } = startDial();
  void showState(dial);
  if (await showQuestion()) return;
  await Promise.all([showNotice(), start()]);
}

document.documentElement.classList.toggle("window", location.search === "?window");
fillTexts();
byId("options", HTMLButtonElement).addEventListener("click", openSetup);
void startPopup();

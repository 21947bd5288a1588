// The options page: the state of the helper, the API key, the settings of calling (the host's) and of pages (our own).

import { ask } from "../shared/ask.js";
import { byId, element, fillTexts, say } from "../shared/elements.js";
import { startKeySection } from "../shared/key-section.js";
import type { Notice, Status } from "../shared/protocol.js";
import { noticeText, text } from "../shared/texts.js";
import { startFeedbackSection } from "./feedback-section.js";
import { startForgetCalls } from "./forget-calls.js";
import { showKeys } from "./keys-section.js";
import { readPageChoices, showPageChoices, showSiteFields } from "./pages-section.js";
import { regions } from "./regions.js";
import { changesOf, readSettings, showSettings } from "./settings-form.js";

fillTexts();

const form = byId("settings", HTMLFormElement);
const hostFields = form.querySelector<HTMLFieldSetElement>("fieldset.host");
const saveButton = byId("save", HTMLButtonElement);
const saveLine = byId("settings-say", HTMLElement);
const showKey = startKeySection();
let status: Status | null = null;

byId("region", HTMLSelectElement).append(
  ...regions(document.documentElement.lang).map(({ code, name }) => element("option", { value: code }, name)),
);

function changed(): void {
  saveButton.disabled = false;
  say(saveLine, text("options_unsaved"));
}

async function showState(): Promise<void> {
  const line = byId("health", HTMLElement);
  const answer = await ask("status", {});
  status = answer.ok ? answer.result : null;
  byId("retry", HTMLButtonElement).hidden = answer.ok;
  byId("health-box", HTMLElement).dataset.tone = answer.ok ? "good" : "bad";
  if (answer.ok) say(line, text("options_connected", answer.result.api_host), "good");
  else say(line, answer.fault.text, "bad");
  if (hostFields) hostFields.disabled = !answer.ok;
  showKey(answer.ok ? answer.result.key : null);
  if (answer.ok) showSettings(answer.result, changed);
  const notices = byId("notices", HTMLElement);
  notices.replaceChildren(...(status?.notices ?? []).map(noticeLine));
  notices.hidden = notices.children.length === 0;
}

/** What has happened, in the person's language, and the helper's own words with the names of files. */
function noticeLine({ code, message }: Notice): HTMLLIElement {
  return element("li", {}, noticeText(code), " ", element("small", {}, message));
}

async function showPages(): Promise<void> {
  const answer = await ask("finder", {});
  if (answer.ok) showPageChoices(answer.result);
}

async function save(): Promise<void> {
  const choices = readPageChoices();
  if (!form.reportValidity() || choices === null) return;
  saveButton.disabled = true;
  say(saveLine, text("options_saving"));
  const pages = await ask("change_finder", choices);
  if (pages.ok) showPageChoices(pages.result);
  else return failed(pages.fault.text);
  if (status !== null) {
    const changes = changesOf(status.settings, readSettings(), status.locked);
    if (Object.keys(changes).length > 0) {
      const answer = await ask("update_settings", { settings: changes });
      if (!answer.ok) return failed(answer.fault.text);
      status = { ...status, settings: answer.result };
      showSettings(status, changed);
    }
  }
  say(saveLine, text("options_saved"), "good");
}

function failed(words: string): void {
  saveButton.disabled = false;
  say(saveLine, words, "bad");
}

form.addEventListener("input", (event) => {
  // A field that was wrong is judged anew when it changes.
  if (event.target instanceof HTMLTextAreaElement) event.target.setCustomValidity("");
  showSiteFields();
  changed();
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void save();
});
byId("retry", HTMLButtonElement).addEventListener("click", () => void showState());
void showState();
void showPages();
void startFeedbackSection();
void startForgetCalls();
void showKeys();

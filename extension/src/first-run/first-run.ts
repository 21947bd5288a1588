// The page that takes a new user from the installation to the first call. Every step is ticked when it works, in any order.

import { ask } from "../shared/ask.js";
import { byId, fillTexts } from "../shared/elements.js";
import { startKeySection } from "../shared/key-section.js";
import type { Settings, Status } from "../shared/protocol.js";
import { watchHelper } from "./helper-step.js";
import { startPhoneStep } from "./phone-step.js";
import { startTestCall } from "./test-call.js";

type Step = "helper" | "key" | "phone" | "sites" | "test";

fillTexts();

const showKey = startKeySection((key) => tick("key", key === "stored"));
const planTest = startTestCall(() => tick("test", true));
const showPhone = startPhoneStep((settings) => {
  follow(settings);
  planTest();
});

function tick(step: Step, done: boolean): void {
  byId(`step-${step}`, HTMLLIElement).classList.toggle("done", done);
  byId("done", HTMLElement).hidden = document.querySelectorAll("#steps > .done").length < 5;
}

function enable(step: Step, on: boolean): void {
  const fields = byId(`step-${step}`, HTMLLIElement).querySelector<HTMLFieldSetElement>("fieldset");
  if (fields) fields.disabled = !on;
}

function follow(settings: Settings): void {
  showPhone(settings);
  tick("phone", settings.phones.length > 0);
  enable("test", settings.phones.length > 0);
}

function showStatus(status: Status | null): void {
  tick("helper", status !== null);
  enable("phone", status !== null);
  showKey(status?.key ?? null);
  if (status === null) return;
  tick("key", status.key === "stored");
  follow(status.settings);
}

async function startSites(): Promise<void> {
  const radios = [...document.querySelectorAll<HTMLInputElement>('input[name="where"]')];
  const answer = await ask("finder", {});
  if (answer.ok) {
    const { sites, right_click_only } = answer.result;
    for (const radio of radios) radio.checked = radio.value === (right_click_only ? "nowhere" : sites);
  }
  for (const radio of radios) {
    radio.addEventListener("change", async () => {
      const sites = radio.value === "allowed" ? "allowed" : "everywhere";
      await ask("change_finder", { sites, right_click_only: radio.value === "nowhere" });
    });
  }
  // There is a choice from the start, so the step is done when it has been seen.
  tick("sites", answer.ok);
}

watchHelper(showStatus);
void startSites();

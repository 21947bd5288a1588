// Which of the person's phones rings: "I am at 107 today" in one step. Hidden where there is nothing to choose.

import { ask } from "../shared/ask.js";
import { byId, element, say } from "../shared/elements.js";
import type { Status } from "../shared/protocol.js";
import { phoneText, text } from "../shared/texts.js";

/** Shows the phones of a state; `changed` is called when another one rings from now on. */
export function showPhoneChoice({ settings, locked }: Status, changed: () => void): void {
  const select = byId("phone", HTMLSelectElement);
  const { phones, default_phone } = settings;
  select.hidden = phones.length < 2;
  select.disabled = locked.includes("default_phone");
  select.title = select.disabled ? text("options_locked") : text("popup_phone");
  select.replaceChildren(
    ...phones.map(({ number, label }) => element("option", { value: number }, phoneText(number, label))),
  );
  select.value = default_phone ?? phones[0]?.number ?? "";
  select.onchange = () => void choose(select, changed);
}

async function choose(select: HTMLSelectElement, changed: () => void): Promise<void> {
  const name = select.selectedOptions[0]?.textContent ?? select.value;
  const answer = await ask("update_settings", { settings: { default_phone: select.value } });
  const line = byId("notice", HTMLElement);
  if (answer.ok) say(line, text("popup_phone_chosen", name), "good");
  else say(line, answer.fault.text, "bad");
  changed();
}

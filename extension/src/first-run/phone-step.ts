// The person's desk phone: one number and a name. More phones are the options' business.

import { ask } from "../shared/ask.js";
import { byId, say } from "../shared/elements.js";
import type { Phone, Settings } from "../shared/protocol.js";
import { phoneText, text } from "../shared/texts.js";

/** Brings the form to life; `saved` is called with the settings that hold from then on. Returns what shows settings. */
export function startPhoneStep(saved: (settings: Settings) => void): (settings: Settings) => void {
  const number = byId("phone-number", HTMLInputElement);
  const label = byId("phone-label", HTMLInputElement);
  const line = byId("phone-say", HTMLElement);
  let phones: readonly Phone[] = [];

  number.addEventListener("input", () => {
    number.setCustomValidity(number.validity.patternMismatch ? text("first_run_phone_wrong") : "");
  });
  byId("phone-form", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const before = phones.find((phone) => phone.number === number.value.trim());
    const phone: Phone = {
      number: number.value.trim(),
      label: label.value.trim(),
      auto_answer: before?.auto_answer ?? true,
    };
    const others = phones.filter((one) => one.number !== phone.number);
    void ask("update_settings", {
      settings: { phones: [phone, ...others], default_phone: phone.number },
    }).then((answer) => {
      if (!answer.ok) return say(line, answer.fault.text, "bad");
      saved(answer.result);
    });
  });

  return (settings) => {
    ({ phones } = settings);
    const used = phones.find((phone) => phone.number === settings.default_phone) ?? phones[0];
    if (used === undefined) return;
    if (document.activeElement !== number) number.value = used.number;
    if (document.activeElement !== label) label.value = used.label;
    say(line, text("first_run_phone_saved", phoneText(used.number, used.label)), "good");
  };
}

// The person's phones as rows of fields: extension number, name, whether it answers by itself, and which one is used.

import { byId, element } from "../shared/elements.js";
import type { Phone, Settings } from "../shared/protocol.js";
import { text } from "../shared/texts.js";

/** The phones as they stand in the fields; rows without a number are left out. */
export function readPhones(): Pick<Settings, "phones" | "default_phone"> {
  const rows = [...byId("phones", HTMLUListElement).children].map((row) => {
    const at = (name: string) => row.querySelector<HTMLInputElement>(`[name="${name}"]`);
    const phone: Phone = {
      number: at("number")?.value.trim() ?? "",
      label: at("label")?.value.trim() ?? "",
      auto_answer: at("auto_answer")?.checked ?? false,
    };
    return { phone, chosen: at("default")?.checked ?? false };
  });
  const filled = rows.filter(({ phone }) => phone.number !== "");
  const chosen = filled.find((row) => row.chosen) ?? filled[0];
  return { phones: filled.map(({ phone }) => phone), default_phone: chosen?.phone.number ?? null };
}

/** Shows these phones, in place of what the list held. `changed` is called when a row comes or goes. */
export function showPhones(settings: Pick<Settings, "phones" | "default_phone">, changed: () => void): void {
  const list = byId("phones", HTMLUListElement);
  // Without a choice the first one rings.
  const used = settings.default_phone ?? settings.phones[0]?.number;
  list.replaceChildren(...settings.phones.map((phone) => row(phone, phone.number === used, changed)));
  byId("no-phones", HTMLElement).hidden = settings.phones.length > 0;
  byId("add-phone", HTMLButtonElement).onclick = () => {
    const added = row({ number: "", label: "", auto_answer: true }, list.children.length === 0, changed);
    list.append(added);
    byId("no-phones", HTMLElement).hidden = true;
    added.querySelector("input")?.focus();
    changed();
  };
}

function row(phone: Phone, chosen: boolean, changed: () => void): HTMLLIElement {
  const number = field("number", phone.number, {
    inputmode: "numeric",
    maxlength: "8",
    pattern: "[0-9]{2,8}",
  });
  number.addEventListener("input", () => {
    number.setCustomValidity(number.validity.patternMismatch ? text("options_check_phone") : "");
  });
  const remove = element("button", { type: "button", class: "plain" }, "✕");
  const made = element(
    "li",
    {},
    labelled("options_phone_number", number),
    labelled("options_phone_label", field("label", phone.label, { maxlength: "40" })),
    check("options_phone_auto_answer", box("checkbox", "auto_answer", phone.auto_answer)),
    check("options_phone_default", box("radio", "default", chosen)),
    remove,
  );
  const nameRemove = () => remove.setAttribute("aria-label", text("options_phone_remove", number.value));
  number.addEventListener("input", nameRemove);
  nameRemove();
  remove.addEventListener("click", () => {
    made.remove();
    byId("no-phones", HTMLElement).hidden = byId("phones", HTMLUListElement).children.length > 0;
    byId("add-phone", HTMLButtonElement).focus();
    changed();
  });
  return made;
}

function field(name: string, value: string, more: Readonly<Record<string, string>>): HTMLInputElement {
  const made = element("input", { name, type: "text", spellcheck: "false", ...more });
  made.value = value;
  return made;
}

function box(type: "checkbox" | "radio", name: string, checked: boolean): HTMLInputElement {
  const made = element("input", { type, name });
  made.checked = checked;
  return made;
}

function labelled(key: string, input: HTMLInputElement): HTMLLabelElement {
  return element("label", {}, element("span", {}, text(key)), input);
}

function check(key: string, input: HTMLInputElement): HTMLLabelElement {
  return element("label", { class: "check" }, input, text(key));
}

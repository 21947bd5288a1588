// Settings of calling between the host's record and the form's fields. Locked ones are shown and cannot be changed.

import { byId, element } from "../shared/elements.js";
import type { Settings, Status } from "../shared/protocol.js";
import { text } from "../shared/texts.js";
import { readPhones, showPhones } from "./phones-list.js";

const SELECTS = [
  "region",
  "national_form",
  "international_form",
  "premium_calls",
  "international_calls",
  "history",
] as const;

const value = (id: string) => byId(id, HTMLInputElement).value.trim();
const count = (id: string) => byId(id, HTMLInputElement).valueAsNumber;

/** Fills the fields. `changed` is called when a phone's row comes or goes. */
export function showSettings(
  { settings, locked }: Pick<Status, "settings" | "locked">,
  changed: () => void,
): void {
  for (const name of SELECTS) choose(byId(name, HTMLSelectElement), settings[name]);
  byId("area_code", HTMLInputElement).value = settings.area_code ?? "";
  byId("outside_line_prefix", HTMLInputElement).value = settings.outside_line_prefix;
  byId("calls_per_minute", HTMLInputElement).value = String(settings.calls_per_minute);
  const [fewest, most] = settings.extension_digits;
  byId("extension_digits_from", HTMLInputElement).value = String(fewest);
  byId("extension_digits_to", HTMLInputElement).value = String(most);
  showPhones(settings, changed);
  for (const place of document.querySelectorAll<HTMLElement>("[data-setting]")) lock(place, locked);
}

/** What the fields hold. */
export function readSettings(): Partial<Settings> {
  const chosen = Object.fromEntries(SELECTS.map((name) => [name, byId(name, HTMLSelectElement).value]));
  return {
    ...(chosen as Partial<Settings>),
    ...readPhones(),
    area_code: value("area_code") || null,
    outside_line_prefix: value("outside_line_prefix"),
    calls_per_minute: count("calls_per_minute"),
    extension_digits: [count("extension_digits_from"), count("extension_digits_to")],
  };
}

/** Only what a person changed, so that a save never overwrites what another browser or the command line set. */
export function changesOf(
  before: Settings,
  now: Partial<Settings>,
  locked: readonly string[],
): Partial<Settings> {
  const changed = Object.entries(now).filter(
    ([name, is]) =>
      !locked.includes(name) && JSON.stringify(is) !== JSON.stringify(before[name as keyof Settings]),
  );
  return Object.fromEntries(changed);
}

/** A value of a newer host that this page has no option for stays as it is. */
function choose(select: HTMLSelectElement, wanted: string): void {
  if (![...select.options].some((option) => option.value === wanted)) {
    select.append(element("option", { value: wanted }, wanted));
  }
  select.value = wanted;
}

function lock(place: HTMLElement, locked: readonly string[]): void {
  const name = place.dataset.setting ?? "";
  const isLocked = locked.includes(name);
  place.querySelector(":scope > .locked")?.remove();
  for (const field of place.querySelectorAll<HTMLInputElement>("input, select, button"))
    field.disabled = isLocked;
  if (isLocked) place.append(element("p", { class: "locked" }, text("options_locked")));
  if (name !== "phones" || !locked.includes("default_phone")) return;
  for (const radio of place.querySelectorAll<HTMLInputElement>('[name="default"]')) radio.disabled = true;
}

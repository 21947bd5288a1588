// Shows a plan: the number, the exact string that will be dialled, the phone that rings, and why to think twice.

import { element, type Tone } from "./elements.js";
import { timeThere } from "./local-time.js";
import type { Plan } from "./protocol.js";
import { kindText, noteText, phoneText, reasonText, refusalText, text } from "./texts.js";

/** Puts the plan into this place; null empties and hides it. */
export function showPlan(place: HTMLElement, plan: Plan | null): void {
  place.replaceChildren(...(plan === null ? [] : partsOf(plan)));
  place.hidden = plan === null;
}

/** Shows a number of which there is no plan, for it is not whole yet; an empty text hides the place. */
export function showUnplanned(place: HTMLElement, number: string): void {
  place.replaceChildren(
    ...(number === "" ? [] : [element("p", { class: "display quiet", dir: "ltr" }, number)]),
  );
  place.hidden = number === "";
}

function partsOf(plan: Plan): Node[] {
  const rows: [string, string][] = [];
  if (plan.decision !== "refuse") {
    rows.push([text("popup_will_dial"), plan.destination]);
    if (plan.phone) rows.push([text("popup_rings"), phoneText(plan.phone.number, plan.phone.label)]);
  }
  const where = [kindText(plan), plan.area ?? countryName(plan.country)].filter((word) => word !== "");
  rows.push([text("popup_where"), where.join(" · ")]);
  const there = timeThere(plan.time_zones, new Date(), document.documentElement.lang);
  if (there !== null) {
    rows.push([text("popup_time_there"), there.isNight ? text("popup_night", there.words) : there.words]);
  }
  const words = plan.decision === "refuse" ? refusalText : reasonText;
  return [
    element("p", { class: "display", dir: "ltr" }, plan.display),
    element(
      "dl",
      {},
      ...rows.flatMap(([name, value]) => [
        element("dt", {}, name),
        element("dd", {}, element("bdi", {}, value)),
      ]),
    ),
    ...list(
      plan.notes.map((code) => noteText(code, plan)),
      "quiet",
    ),
    ...list(plan.reasons.map(words), plan.decision === "refuse" ? "bad" : "warning"),
  ];
}

function list(sentences: readonly string[], tone: Tone): Node[] {
  if (sentences.length === 0) return [];
  return [
    element(
      "ul",
      { class: tone === "quiet" ? "quiet" : "say box", "data-tone": tone },
      ...sentences.map((one) => element("li", {}, one)),
    ),
  ];
}

function countryName(country: string | null): string {
  if (country === null) return "";
  const languages = [document.documentElement.lang, "en"].filter((one) => one !== "");
  return new Intl.DisplayNames(languages, { type: "region", fallback: "code" }).of(country) ?? country;
}

// The card's elements and their words. Builds and fills them; puts nothing into the page.

import { text } from "../shared/texts.js";
import type { Button, Face } from "./card-face.js";

const HTML = "http://www.w3.org/1999/xhtml";
const SVG = "http://www.w3.org/2000/svg";
const HANDSET =
  "M5.2 2.2 6.6 5 5.3 6.4a8.2 8.2 0 0 0 4.3 4.3L11 9.4l2.8 1.4v2a1.2 1.2 0 0 1-1.3 1.2A11.3 11.3 0 0 1 2 3.5 1.2 1.2 0 0 1 3.2 2.2z";
export const TWO_SHEETS = "M6 5.5h7v8H6zM10 5.5v-3H3v8h3";
export const TICK = "M3 8.5 6.5 12 13 4.5";

type Part =
  | "heard"
  | "title"
  | "copy"
  | "copied"
  | "place"
  | "dials"
  | "notes"
  | "status"
  | "rings"
  | "foot"
  | "act"
  | "label";

export type Parts = Readonly<Record<Part, HTMLElement>>;

/** All parts of an empty card, and the card that holds them. */
export function buildCard(doc: Document): { card: HTMLElement; parts: Parts } {
  const card = element(doc, "div", "card");
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-label", text("card_name"));
  card.dir = text("@@bidi_dir") === "rtl" ? "rtl" : "ltr";
  const parts: Record<Part, HTMLElement> = {
    heard: element(doc, "span", "heard"),
    title: element(doc, "div", "title"),
    copy: element(doc, "button", "copy"),
    copied: element(doc, "div", "heard"),
    place: element(doc, "div", "place soft"),
    dials: element(doc, "div", "dials soft"),
    notes: element(doc, "div", "notes soft"),
    status: element(doc, "div", "status"),
    rings: element(doc, "div", "rings soft"),
    foot: element(doc, "div", "foot"),
    act: element(doc, "button", "act"),
    label: element(doc, "span"),
  };
  parts.title.dir = "ltr";
  parts.title.setAttribute("aria-hidden", "true"); // Its digits are in `heard`, one by one.
  parts.copy.setAttribute("aria-label", text("card_copy"));
  parts.copy.title = text("card_copy");
  parts.copy.append(icon(doc, TWO_SHEETS));
  for (const live of [parts.status, parts.copied]) live.setAttribute("role", "status");
  parts.act.append(icon(doc, HANDSET), parts.label);
  const head = element(doc, "div", "head");
  head.append(parts.heard, parts.title, parts.copy);
  parts.foot.append(parts.rings, parts.act);
  card.append(head, parts.place, parts.dials, parts.notes, parts.copied, parts.status, parts.foot);
  return { card, parts };
}

/** Puts the words of a face into the parts. */
export function fill(parts: Parts, face: Face): void {
  parts.heard.textContent = face.spoken;
  for (const name of ["title", "place", "dials", "rings"] as const) put(parts[name], face[name]);
  const { ownerDocument } = parts.notes;
  parts.notes.replaceChildren(...face.notes.map((note) => put(element(ownerDocument, "div", "note"), note)));
  parts.notes.hidden = face.notes.length === 0;
  put(parts.status, face.status?.text ?? "");
  parts.status.hidden = false; // A live region has to be there before its words.
  parts.status.title = parts.status.textContent ?? ""; // In one line it may be cut.
  parts.status.className = `status ${face.status?.tone ?? ""}`;
  parts.foot.hidden = face.button === null && face.rings === "";
  fillButton(parts, face.button);
}

function fillButton(parts: Parts, button: Button | null): void {
  parts.act.hidden = button === null;
  if (button === null) return;
  parts.label.textContent = button.label;
  parts.act.setAttribute("aria-label", button.spoken);
  parts.act.setAttribute("aria-disabled", String(button.action === null));
  parts.act
    .querySelector("svg")
    ?.toggleAttribute("hidden", button.action !== "call" && button.action !== "confirm");
}

function put(part: HTMLElement, words: string): HTMLElement {
  // A live region is read out when its text changes, so the same words are not put twice.
  if (part.textContent !== words) part.textContent = words;
  part.hidden = words === "";
  return part;
}

/** Elements of the XHTML namespace, also in documents that are not HTML. */
export function element(doc: Document, name: string, className = ""): HTMLElement {
  const made = doc.createElementNS(HTML, name) as HTMLElement;
  if (className !== "") made.className = className;
  if (name === "button") made.setAttribute("type", "button");
  return made;
}

/** A line drawing of 16 by 16 units. */
export function icon(doc: Document, path: string): SVGElement {
  const svg = doc.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const line = doc.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

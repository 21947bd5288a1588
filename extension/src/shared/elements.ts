// Builds and finds the elements of our own pages. Only text and known attributes: no markup is ever parsed.

import { text } from "./texts.js";

/** The element with this id, which the page's own HTML must have, as the class that is asked for. */
export function byId<T extends HTMLElement>(id: string, kind: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${kind.name} #${id}`);
  return found;
}

/** A new element with attributes and children; strings become text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Fills every `data-text`, `data-placeholder`, `data-label` and `data-title` of the page with its text of _locales. */
export function fillTexts(): void {
  document.documentElement.lang = text("@@ui_locale").replaceAll("_", "-");
  document.documentElement.dir = text("@@bidi_dir");
  for (const one of document.querySelectorAll<HTMLElement>("[data-text]")) {
    one.textContent = text(one.dataset.text ?? "");
  }
  for (const one of document.querySelectorAll<HTMLElement>("[data-placeholder]")) {
    one.setAttribute("placeholder", text(one.dataset.placeholder ?? ""));
  }
  for (const one of document.querySelectorAll<HTMLElement>("[data-label]")) {
    one.setAttribute("aria-label", text(one.dataset.label ?? ""));
  }
  for (const one of document.querySelectorAll<HTMLElement>("[data-title]")) {
    one.title = text(one.dataset.title ?? "");
  }
}

export type Tone = "quiet" | "good" | "warning" | "bad";

/** Says something in a live region, which is always there: a region that appears with its words is not read out. */
export function say(region: HTMLElement, words: string, tone: Tone = "quiet"): void {
  region.textContent = words;
  region.dataset.tone = tone;
}

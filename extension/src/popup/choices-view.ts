// The list under the field: groups of choices, one of which is active while the focus stays in the field.
// Shows and selects; plans and calls nothing.

import { byId, element } from "../shared/elements.js";
import type { Choice } from "./choices.js";

export type Group = "page" | "recent";

export class ChoicesView {
  readonly #list = byId("choices", HTMLElement);
  readonly #groups: Record<Group, readonly Choice[]> = { page: [], recent: [] };
  #active: string | null = null;

  constructor(
    private readonly field: HTMLInputElement,
    /** A person chose one with the pointer. */
    picked: (choice: Choice) => void,
  ) {
    // The field keeps the focus, so that Enter calls what was clicked.
    this.#list.addEventListener("mousedown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const { target } = event;
      const id = target instanceof Element ? target.closest("[role=option]")?.id : undefined;
      const choice = this.#all().find((one) => one.id === id);
      if (choice === undefined) return;
      this.#activate(choice.id);
      picked(choice);
    });
  }

  get active(): Choice | null {
    return this.#all().find(({ id }) => id === this.#active) ?? null;
  }

  get size(): number {
    return this.#all().length;
  }

  /** Puts the choices of one group in place of those that it had. */
  show(group: Group, choices: readonly Choice[]): void {
    this.#groups[group] = choices;
    const place = byId(`${group}-choices`, HTMLElement);
    place.replaceChildren(...choices.map(optionOf));
    byId(`${group}-group`, HTMLElement).hidden = choices.length === 0;
    this.#list.hidden = this.size === 0;
    this.field.setAttribute("aria-expanded", String(this.size > 0));
    if (this.active === null) this.clear();
    else this.#activate(this.#active);
  }

  /** Goes down or up; above the first is the field itself, which is null. */
  move(step: 1 | -1): Choice | null {
    const all = this.#all();
    const at = all.findIndex(({ id }) => id === this.#active) + step;
    const next = at < 0 ? (step === 1 ? 0 : -1) : Math.min(at, all.length - 1);
    this.#activate(all[next]?.id ?? null);
    return this.active;
  }

  clear(): void {
    this.#activate(null);
  }

  #activate(id: string | null): void {
    this.#active = id;
    for (const option of this.#list.querySelectorAll("[role=option]")) {
      option.setAttribute("aria-selected", String(option.id === id));
      if (option.id === id) option.scrollIntoView({ block: "nearest" });
    }
    if (id === null) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", id);
  }

  #all(): Choice[] {
    return [...this.#groups.page, ...this.#groups.recent];
  }
}

function optionOf({ id, shown, detail, hint, tone }: Choice): HTMLElement {
  const number = element("bdi", { class: "shown" }, shown);
  const more = element("span", { class: "detail say", "data-tone": tone }, detail);
  return element("div", { id, role: "option", "aria-selected": "false", title: hint }, number, more);
}

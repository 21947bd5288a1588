// Recent calls of the host's record, those that fit what is typed. Nothing is shown where nothing is recorded, or an older helper has no list.

import { ask } from "../shared/ask.js";
import { byId } from "../shared/elements.js";
import type { ListedCall } from "../shared/protocol.js";
import { type Choice, callChoices } from "./choices.js";

export class RecentCalls {
  #calls: readonly ListedCall[] = [];
  #search = "";
  readonly #earlier = byId("earlier", HTMLButtonElement);

  constructor(
    private readonly phoneName: (number: string) => string,
    private readonly found: (choices: Choice[]) => void,
  ) {
    this.#earlier.addEventListener("click", () => void this.#load(this.#calls.at(-1)?.number ?? null));
  }

  /** Shows the latest calls with this text; all when it is empty. */
  async show(search: string): Promise<void> {
    this.#search = search;
    await this.#load(null);
  }

  async #load(before: number | null): Promise<void> {
    const search = this.#search;
    const answer = await ask("recent_calls", { before, search });
    // An answer to what was typed before; a helper that is not there is said in the line at the foot.
    if (search !== this.#search) return;
    const page = answer.ok ? answer.result : { calls: [], more: false };
    this.#calls = before === null ? page.calls : [...this.#calls, ...page.calls];
    this.#earlier.hidden = !page.more;
    const { lang } = document.documentElement;
    this.found(callChoices(this.#calls, Date.now() / 1_000, lang, this.phoneName));
  }
}

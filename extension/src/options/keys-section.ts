// The keyboard's commands with the keys that they have now. Browsers have a page of their own to change them.

import { webext } from "../shared/browser.js";
import { byId, element } from "../shared/elements.js";
import { text } from "../shared/texts.js";

/** Lists each command and its keys. */
export async function showKeys(): Promise<void> {
  const commands = await webext.commands.getAll();
  const rows = commands.flatMap(({ name, description, shortcut }) => {
    const what = name === "_execute_action" ? text("options_key_popup") : (description ?? "");
    const keys = shortcut
      ? element("kbd", {}, shortcut)
      : element("span", { class: "quiet" }, text("options_keys_none"));
    return [element("dt", {}, what), element("dd", {}, keys)];
  });
  byId("keys", HTMLElement).replaceChildren(...rows);
}

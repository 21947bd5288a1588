// The API key: from the field straight to the host and into the keyring. Never kept here, never shown again.

import { ask } from "./ask.js";
import { byId, say } from "./elements.js";
import type { KeyState } from "./protocol.js";
import { text } from "./texts.js";

/** Brings the key's form to life; returns what shows a state of the key. `changed` is told of every new state. */
export function startKeySection(
  changed: (state: KeyState) => void = () => {},
): (state: KeyState | null) => void {
  const field = byId("api-key", HTMLInputElement);
  const line = byId("key-say", HTMLElement);
  const store = byId("store-key", HTMLButtonElement);
  const check = byId("check-key", HTMLButtonElement);
  const remove = byId("delete-key", HTMLButtonElement);

  function enable(on: boolean): void {
    for (const one of [field, store, check, remove]) one.disabled = !on;
  }

  byId("key-form", HTMLFormElement).addEventListener("submit", (event) => {
    event.preventDefault();
    const key = field.value.trim();
    if (key === "") {
      say(line, text("options_key_empty"), "warning");
      field.focus();
      return;
    }
    enable(false);
    void ask("set_api_key", { api_key: key }).then((answer) => {
      enable(true);
      if (answer.ok) {
        field.value = "";
        changed("stored");
      }
      say(line, answer.ok ? text("options_key_saved") : answer.fault.text, answer.ok ? "good" : "bad");
    });
  });

  check.addEventListener("click", () => {
    enable(false);
    say(line, text("options_key_checking"));
    void ask("check_api_key", {}).then((answer) => {
      enable(true);
      if (!answer.ok) say(line, answer.fault.text, "bad");
      else {
        say(line, answer.result.text, answer.result.good ? "good" : "bad");
        // MaxoTel has answered to it, so there is one.
        changed("stored");
      }
    });
  });

  remove.addEventListener("click", () => {
    enable(false);
    void ask("delete_api_key", {}).then((answer) => {
      enable(true);
      if (answer.ok) changed("absent");
      say(line, answer.ok ? text("options_key_deleted") : answer.fault.text, answer.ok ? "quiet" : "bad");
    });
  });

  return (state) => {
    enable(state !== null);
    if (state !== null) say(line, text(`options_key_${state}`), state === "absent" ? "warning" : "quiet");
    else say(line, "");
  };
}

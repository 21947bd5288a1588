// How the helper gets onto this computer: sentences and commands for this system and this browser. Pure.

import { text } from "../shared/texts.js";

export interface InstallStep {
  readonly words: string;
  /** To be copied into a terminal; null where there is nothing to type. */
  readonly command: string | null;
}

export interface Surroundings {
  /** As `runtime.getPlatformInfo` names it. */
  readonly os: string;
  readonly extensionId: string;
  /** The fault with which the helper did not answer. */
  readonly fault: string;
}

const DEVELOPMENT_IDS = ["mekckcfhcmacbbccnadgbbpiclkfnopo", "click-to-call@maxo.com.au"];

/** What to do, the usual way first. */
export function installSteps({ os, extensionId, fault }: Surroundings): InstallStep[] {
  const register = `maxo-call register${DEVELOPMENT_IDS.includes(extensionId) ? "" : ` --extension-id ${extensionId}`}`;
  const again = { words: text("first_run_helper_register"), command: register };
  // It is there, and only does not know this extension.
  if (fault === "host_forbidden") return [again];
  if (os === "win") return [{ words: text("first_run_helper_windows"), command: null }, again];
  if (os === "mac") return [{ words: text("first_run_helper_mac"), command: null }, again];
  return [
    { words: text("first_run_helper_linux"), command: "sudo apt install ./maxo-click-to-call_*.deb" },
    { words: text("first_run_helper_linux_rpm"), command: "sudo rpm -i maxo-click-to-call-*.rpm" },
    { words: text("first_run_helper_linux_user"), command: "./install.sh" },
    again,
  ];
}

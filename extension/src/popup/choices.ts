// What can be called from the popup besides what is typed: numbers of this page and recent calls, and which of them fit the field.
// Pure: no DOM, no messages.

import type { ListedNumber } from "../shared/page-messages.js";
import type { ListedCall, Source } from "../shared/protocol.js";
import { errorText, outcomeText, text } from "../shared/texts.js";

export interface Choice {
  readonly id: string;
  /** What is planned and called. */
  readonly text: string;
  readonly source: Source;
  readonly shown: string;
  readonly detail: string;
  /** The whole sentence behind a short detail. */
  readonly hint: string;
  readonly tone: "good" | "warning" | "bad" | "quiet";
}

const TONES = { queued: "good", failed: "bad", unknown: "warning", pending: "quiet" } as const;
const MINUTE_S = 60;
const UNITS = [
  ["day", 24 * 60],
  ["hour", 60],
  ["minute", 1],
] as const;

/** The numbers of a page, each once, in the order in which they stand there. */
export function pageChoices(numbers: readonly ListedNumber[]): Choice[] {
  const seen = new Map<string, Choice>();
  for (const { text: written, raw, source, kind } of numbers) {
    const key = written.replace(/[^\d+a-z]/gi, "");
    if (seen.has(key) || kind === "emergency") continue;
    const named = source === "link" && raw !== "" && !/\d{3}/.test(raw);
    seen.set(key, {
      id: `page-${seen.size}`,
      text: written,
      source,
      shown: named ? written : raw || written,
      detail: named ? raw : "",
      hint: "",
      tone: "quiet",
    });
  }
  return [...seen.values()];
}

/** Recent calls, latest first. `phoneName` names the phone that rang. */
export function callChoices(
  calls: readonly ListedCall[],
  nowS: number,
  language: string,
  phoneName: (number: string) => string,
): Choice[] {
  return calls.map((call) => {
    const known = call.outcome === "queued" || call.outcome === "pending" || call.code === null;
    return {
      id: `call-${call.number}`,
      text: call.display,
      source: "typed",
      shown: call.display,
      detail: `${text(WORDS[call.outcome])} · ${ago(nowS - call.started, language)}`,
      hint: known ? phoneName(call.phone) : outcomeText(call.code ?? errorText("other")),
      tone: TONES[call.outcome],
    };
  });
}

const WORDS = {
  queued: "popup_was_queued",
  failed: "popup_was_failed",
  unknown: "popup_was_unknown",
  pending: "popup_was_pending",
} as const;

/** Those that have the typed digits or words in them; all when nothing is typed. */
export function fitting(choices: readonly Choice[], typed: string): Choice[] {
  const words = typed.trim().toLowerCase();
  const digits = words.replace(/\D/g, "");
  return choices.filter(({ shown, text: called, detail, hint }) => {
    if (words === "") return true;
    if (digits !== "" && digits.length >= words.replace(/[\s().+-]/g, "").length)
      return `${shown} ${called}`.replace(/\D/g, "").includes(digits);
    return `${shown} ${detail} ${hint}`.toLowerCase().includes(words);
  });
}

/** "5 minutes ago", "yesterday". */
function ago(seconds: number, language: string): string {
  const format = new Intl.RelativeTimeFormat(language || "en", { numeric: "auto" });
  const minutes = Math.max(0, seconds / MINUTE_S);
  const [unit, size] = UNITS.find(([, one]) => minutes >= one) ?? (["second", 1] as const);
  return unit === "second" ? format.format(0, "second") : format.format(-Math.floor(minutes / size), unit);
}

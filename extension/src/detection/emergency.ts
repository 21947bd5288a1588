// The emergency number, where the text means it: "in an emergency call 000", and not "$1 000".

import { behind } from "./characters.js";
import type { Surroundings } from "./find-phone-numbers.js";
import { Label, labelBefore } from "./label-words.js";
import { after, before } from "./neighbours.js";

/** How much is looked at. An enum, because a build writes its numbers out, and every byte of this script is in every frame. */
enum Bound {
  CueReach = 160,
}

/** Whether the digits from `at` to `end` mean the emergency number: they stand alone, and the text speaks of need. */
export function emergencyAt(
  text: string,
  at: number,
  end: number,
  cue: RegExp,
  around: Surroundings | undefined,
): boolean {
  // "$1 000", "0.000", "000-999" and "#000" do not stand alone.
  if (/[\d$£€¥]\s{0,4}$/.test(behind(text, at, 5)) || /^\s{0,4}\d/.test(text.slice(end, end + 5)))
    return false;
  if (before(text, at, 0) || after(text, end)) return false;
  const label = labelBefore(text, at);
  if (label === Label.Phone || label === Label.Id) return label === Label.Phone;
  // "Emergency" in the cell or heading before, and nothing else here.
  const near = behind(text, at, Bound.CueReach) + text.slice(at, end + Bound.CueReach);
  return cue.test(near) || (near.trim().length === end - at && cue.test(around?.before() ?? ""));
}

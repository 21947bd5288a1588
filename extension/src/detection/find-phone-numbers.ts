// Text to phone numbers: where a number may begin, which groups are one, and what its around say of it.
// Pure rules: no DOM, no browser API, no libphonenumber.

import { behind, codeAt, isDigit, withAsciiDigits } from "./characters.js";
import { emergencyAt } from "./emergency.js";
import { visitGroups } from "./groups.js";
import { classOf, Label, labelBefore, labelOf, takeWords } from "./label-words.js";
import { after, before, Neighbour } from "./neighbours.js";
import { Form, Needs, type Plan, type Reading } from "./plan.js";
import { digitsAt } from "./trailers.js";

/** A phone number in a text: `start` to `end` are offsets of `raw`; `text` is what is sent to the host. */
export interface PhoneNumberMatch {
  readonly start: number;
  readonly end: number;
  readonly raw: string;
  readonly text: string;
  readonly kind: "phone" | "fax" | "emergency";
  /** A few digits behind a name or alone: a number only on a page that has others. */
  readonly weak: boolean;
}

/** What the around of a text say of the numbers in it. Asked only when the text itself is silent. */
export interface Surroundings {
  /** The text right before this one: the line, cell or block before. */
  before(): string;
  /** What the column is headed with; nothing outside of tables. */
  heading(): string | null | undefined;
}

export interface FindOptions {
  readonly plan: Plan;
  /** Whether the person has set an area code, so that local numbers can be dialled. */
  readonly areaCode: boolean;
  /** Offsets where an inline element begins or ends. */
  readonly borders?: ReadonlySet<number> | undefined;
  readonly around?: Surroundings | undefined;
  /** Whether line ends, tabs and runs of spaces are printed as they are. */
  readonly pre?: boolean | undefined;
}

/** All phone numbers of `raw`, in order and apart from each other. */
export function findPhoneNumbers(raw: string, options: FindOptions): readonly PhoneNumberMatch[] {
  const { plan, areaCode, borders, around, pre } = options;
  const { lead, emergency, language } = plan;
  const text = withAsciiDigits(raw);
  const length = text.length;
  const matches: PhoneNumberMatch[] = [];
  /** The end of the number before, and what it was called. */
  let floor = 0;
  let lastLabel = Label.Silent;
  takeWords(language.words);

  function add(
    start: number,
    end: number,
    number: string,
    kind: PhoneNumberMatch["kind"],
    weak = false,
  ): number {
    matches.push({ start, end, raw: raw.slice(start, end), text: number, kind, weak });
    floor = end;
    return end;
  }

  const bordered = (at: number): boolean => borders?.has(at) === true;

  /** Whether only "/", "or", "and", a comma stand between the number before and `start`. */
  const isJoined = (start: number): boolean =>
    floor > 0 && start - floor < 14 && language.conjunction.test(text.slice(floor, start));

  /** Nothing but the number: a cell, a line or a link that holds it alone. */
  const isWhole = (start: number, end: number): boolean =>
    length < 99 && !(text.slice(0, start) + text.slice(end)).trim();

  /** The word, or what else stands between white space, right before `start`. */
  const wordAt = (start: number): string => /\S+(?=\s+$)/.exec(behind(text, start, 28))?.[0] ?? "";

  /** Whether a name, a sign, a small filler or the number before leads up to `start`. */
  function isIntroduced(start: number): boolean {
    const word = wordAt(start);
    const isNear = floor > 0 && start - floor < 40;
    return !word || isNear || !/^[a-z]*[,;]?$|\d{5}/.test(word) || classOf(word) >= Label.Filler;
  }

  /** "131 234 people", "13 12 34 mm", or a cell of figures; in `thousands`, any word behind them is what they count. */
  function isQuantity(start: number, end: number, thousands: boolean): boolean {
    const [, next = ""] = /^\s+([a-z]+|\d{3}\b)/.exec(text.slice(end, end + 12)) ?? [];
    if (thousands && around?.heading() != null && isWhole(start, end)) return true;
    return next !== "" && (thousands || /^[a-z]{1,2}$/.test(next)) && classOf(next) < Label.Filler;
  }

  /** A label of the number at `start`: from the number before, its own text, or what stands around the text. */
  function labelAt(start: number, besideOnly: boolean): number {
    if (isJoined(start)) return lastLabel;
    const own = labelBefore(text, start, floor, besideOnly);
    if (own || floor || start > 24 || !around) return own;
    const column = labelOf(around.heading() ?? "");
    // The cell before does not hide it: "Gas certificate" is a job, and this is the column of phones. Nor does a word
    // of its own, as in "Sydney 9999 8888".
    return (
      (column !== Label.Phone && !/[a-z]/i.test(text.slice(0, start)) && labelOf(around.before())) || column
    );
  }

  /** Adds a number from `start` to `end` if nothing speaks against it; returns its end with all that belongs to it, or 0. */
  function decide(
    start: number,
    end: number,
    grouped: boolean,
    [number, form, needs, local]: Reading,
  ): number {
    const left = before(text, start, floor, bordered(start), grouped, form === Form.Unmistakable);
    const [extension, extensionEnd] = digitsAt(language.extension, text, end);
    const [suffix, suffixEnd] = digitsAt(language.suffix, text, end);
    const right = extension || suffix ? Neighbour.Clear : after(text, end, bordered(end), grouped);
    if (left === Neighbour.Wrong || right === Neighbour.Wrong) return 0;
    const doubt = left + right;
    const label = labelAt(start, form >= Form.Usual && !doubt);
    const called = label === Label.Phone || label === Label.Fax;
    if ((label === Label.Id && text[start] !== "+") || (label === Label.Count && form <= Form.Odd)) return 0;
    if (doubt && form < Form.Unmistakable && !(form === Form.Usual && called)) return 0;
    let weak = false;
    if (needs && !called && label !== Label.Desk) {
      // Alone, a number may stand anywhere but in a table's cell, where any figure stands alone.
      const alone = isWhole(start, end) && around?.heading() == null;
      const denied =
        needs < Needs.PhoneLabel
          ? !isIntroduced(start) || isQuantity(start, end, needs === Needs.NoQuantity)
          : needs > Needs.PhoneLabel || !alone;
      if (
        denied &&
        (!local ||
          !grouped ||
          doubt ||
          !isIntroduced(start) ||
          (/\d\s*$/.test(behind(text, start, 9)) && !bordered(start)) ||
          /^\s*\d/.test(text.slice(end, end + 9)))
      )
        return 0;
      // Six digits behind a name are a phone's only on a page that has others.
      weak = denied ? !areaCode : number.length < 8 && classOf(wordAt(start)) < Label.Filler;
    }
    // Digits in a row behind an abbreviation.
    if (form === Form.Plain && !called && /[A-Z]{2}[:\s]{1,3}$/.test(behind(text, start, 8))) return 0;
    const kind = label === Label.Fax || /^\s?\(fax/i.test(text.slice(end, end + 5)) ? "fax" : "phone";
    lastLabel = kind === "fax" ? Label.Fax : Label.Phone;
    // Behind a whole number of the same place, its area code goes for both.
    const area = local && isJoined(start) ? /^0[2378](?=\d{8}$)/.exec(matches.at(-1)?.text ?? "")?.[0] : "";
    const all = `${area ?? ""}${number}`;
    if (extension) return add(start, extensionEnd, `${all} ext ${extension}`, kind, weak);
    add(start, end, all, kind, weak);
    return suffix && all.length > 7
      ? add(suffixEnd - suffix.length, suffixEnd, all.slice(0, -suffix.length) + suffix, kind)
      : end;
  }

  /** Reads the longest number that begins with the digit at `at`; `start` is where it begins with its signs. */
  function tryAt(at: number, start: number, isInternational = false): number {
    let best: Reading | null = null;
    let bestEnd = 0;
    let grouped = false;
    visitGroups(text, at, borders, pre, (digits, lengths, gaps, brackets, end) => {
      const number = isInternational && plan.international(digits);
      const reading: Reading | null = number
        ? [number, Form.Unmistakable, Needs.Nothing]
        : isInternational
          ? null
          : plan.national(digits, lengths, gaps, brackets === 3);
      if (!reading) return;
      best = reading;
      bestEnd = end;
      grouped = lengths.length > 1;
    });
    // "(02) …", "(+61 2) …"
    const opens = text[start - 1] === "(" && /^[^(]*\)/.test(text.slice(start, bestEnd));
    return best ? decide(opens ? start - 1 : start, bestEnd, grouped, best) : 0;
  }

  function internationalAt(plus: number): number {
    let at = plus + 1;
    while (at < plus + 4 && /[\s(\u200b-\u202e]/.test(text[at] ?? "-")) at++;
    return isDigit(codeAt(text, at)) ? tryAt(at, plus, true) : 0;
  }

  function nationalAt(at: number): number {
    let end = at + 1;
    while (isDigit(codeAt(text, end)) && !bordered(end)) end++;
    if (isDigit(codeAt(text, at - 1)) && !bordered(at)) return end;
    const start = plan.startBefore(text, at);
    const found = tryAt(start, start);
    const word = found || plan.phoneWordEnd?.(text, at);
    return (
      found ||
      (word && labelAt(at, false) === Label.Phone ? add(at, word, text.slice(at, word), "phone") : end)
    );
  }

  const place = (index: number): number => (index < 0 ? length : index);
  const leadFrom = (from: number): number => {
    lead.lastIndex = from;
    return lead.test(text) ? lead.lastIndex - 2 : length;
  };
  let national = leadFrom(0);
  let plus = place(text.indexOf("+"));
  let urgent = place(text.indexOf(emergency));
  for (;;) {
    const at = Math.min(national, plus, urgent);
    if (at >= length) return matches;
    const end = at + emergency.length;
    let next =
      at === urgent && emergencyAt(text, at, end, language.emergency, around)
        ? add(at, end, emergency, "emergency")
        : 0;
    if (!next && at === plus) next = internationalAt(at);
    if (!next && at === national) next = nationalAt(at);
    next ||= at + 1;
    if (national < next) national = leadFrom(next);
    if (plus < next) plus = place(text.indexOf("+", next));
    if (urgent < next) urgent = place(text.indexOf(emergency, next));
  }
}

/** Whether `text` may hold a number at all: the gate that most pages never pass. */
export function mayHoldNumber(text: string, { lead, emergency }: Plan): boolean {
  const source = withAsciiDigits(text);
  lead.lastIndex = 0;
  return (
    lead.test(source) || source.includes(emergency) || (source.includes("+") && /\+[\s(]{0,2}\d/.test(source))
  );
}

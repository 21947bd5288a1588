// How a number is written, judged by the lengths of its groups and the gaps before them.

import { isAbn } from "./checksums.js";
import { Gap } from "./groups.js";
import { Form, Needs, type Reading } from "./plan.js";

/** What can stand between two digits of a number, but for long white space. */
const GAP = "[\\s\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2010-\\u2015\\u2060-\\u206f\\u2212\\-.()/]";

/** So many further digits within reach. Bounded, so that hostile text takes linear time. */
export const ahead = (digits: number): string => `(?=(?:(?:${GAP}{0,3}|\\s{4,48})\\d){${digits}})`;
/** Phone words: 1300 FLOWERS, 13 CABS. */
export const WORDS_AHEAD = "|1[38](?=(?:00)?[ -]?[A-Z]{3})";

/** "131 234", "1 300 555 130": groups of three with spaces are how quantities are written, too. */
export const isThousands = (lengths: readonly number[], gaps: readonly number[]): boolean =>
  gaps[1] === Gap.Space && lengths.every((length, i) => !i || length === 3);

/** 4-4-2 and the like: how accounts and serial numbers are written. */
export const isLedger = (lengths: readonly number[]): boolean =>
  lengths.at(-1) === 2 && (lengths.at(-2) as number) > 3 && lengths.length > 2;

/** The form of groups; -1 if no number is written so. */
export function formOf(lengths: readonly number[], gaps: readonly number[], bracketed: boolean): number {
  const count = lengths.length;
  if (count < 2) return Form.Plain;
  const [first = 0, second, third] = lengths;
  const final = lengths[count - 1] as number;
  const closing = lengths[count - 2] as number;
  const singles = lengths.filter((length) => length < 2).length;
  const pairs = lengths.filter((length) => length === 2).length;
  const dots = gaps.filter((gap) => gap === Gap.Dot).length;
  // A slash or a dash with spaces parts only the area code, or all groups; else it parts numbers, dates, ranges.
  const parting = gaps.filter((gap) => gap > Gap.Dot).length;
  if (
    parting &&
    (first > 5 || gaps.includes(Gap.Slash, 2) || (parting < count - 1 && gaps.includes(Gap.SpacedDash, 2)))
  )
    return -1;
  // "0 4 1 2 …" is set wide. One digit alone is a trunk prefix or a German extension; two are an ISBN.
  if (singles === count) return Form.Odd;
  if (singles > 1 || count > 6 || (final < 2 && (gaps[count - 1] !== Gap.Dash || first < 3))) return -1;
  if (bracketed) return Form.Unmistakable;
  // One dot is a decimal point, and so is one behind other gaps, unless four digits follow.
  if (dots && (count < 3 || (dots < count - 1 && (final !== 4 || closing < 3)))) return -1;
  // "02-10-2015 12", "03/04 05": day, month and year before anything else. "0.221.471": a version.
  if (first === 2 && second === 2 && (gaps[1] === Gap.Slash || (third === 4 && gaps[1] === gaps[2])))
    return -1;
  if (first < 2 && dots && final < 4) return -1;
  const ends = count > 2 && final > 2 && final < 5 && closing > 2 && closing < 5;
  return ends || (count > 3 && pairs > 2 && final === 2 && closing === 2) ? Form.Usual : Form.Odd;
}

/** A number with an access code, or with the country's own code and no "+". */
export function withoutPlus(
  digits: string,
  lengths: readonly number[],
  gaps: readonly number[],
  idd: RegExp,
  home: string,
  international: (digits: string) => string,
): Reading | null {
  const count = lengths.length;
  if (digits.length < 9) return null;
  const code = digits[0] === "0" ? idd.exec(digits)?.[0] : undefined;
  const number = code ? international(digits.slice(code.length)) : "";
  if (number) return [number, Form.Usual, count < 3 ? Needs.PhoneLabelAlways : Needs.Nothing];
  const own = digits.startsWith(home) ? international(digits) : "";
  // "61.2550" is a decimal.
  if (!own || (count === 2 && gaps[1] === Gap.Dot)) return null;
  // An ABN can begin with 61, in groups of 2-3-3-3 as a mobile's.
  const needs = isAbn(digits) ? Needs.PhoneLabelAlways : count < 2 ? Needs.PhoneLabel : Needs.Nothing;
  if (count < 2) return [own, Form.Plain, needs];
  return lengths[0] === home.length ? [own, count > 2 ? Form.Usual : Form.Odd, needs] : null;
}

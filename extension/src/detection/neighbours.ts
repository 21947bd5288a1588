// What stands right before and after a number: a word, a price, more digits. Each rule is a reason why the digits may
// be part of something else; the first that fits decides.

import { behind, codeAt, INVISIBLE, isDigit, isLetter } from "./characters.js";

export enum Neighbour {
  /** It says nothing against the number. */
  Clear,
  /** Digits beside it may belong to it: only a number that is beyond doubt by itself stands. */
  Doubtful,
  /** The digits are part of something else. */
  Wrong,
}

/** How much is looked at. An enum, because a build writes its numbers out, and every byte of this script is in every frame. */
enum Bound {
  /** As much of the surroundings as any rule looks at: an indented line end and a word. It bounds every pattern here. */
  Reach = 72,
}
const PHONE_LABEL = /(^|[^\w-])(ph|phone|tel|mob|mobile|[tmp])\.?$/i;
const ALL_INVISIBLE = new RegExp(INVISIBLE, "g");
/** Digits that are the beginning of a number of their own. */
const LIKE_A_NUMBER =
  /^[\s,;/|]*((\+|\(?0|61)([\s().-]{0,3}\d){8}|1[38]([\s().-]{0,3}\d){4})|^[,;/|][2-9]\d{3}[ -]?\d{4}(?!\d)/;

/**
 * Judges what stands before `start`, not further back than `floor`, the end of the number before. `grouped`: it is
 * written in groups, which an id in a file name is not. `opened`: it begins with "+" or "(", which no word ends with.
 */
export function before(
  text: string,
  start: number,
  floor: number,
  bordered = false,
  grouped = false,
  opened = false,
): number {
  // Nearly always: a space behind a word or its punctuation.
  if (codeAt(text, start - 1) === 32 && !/[\d\s$£€¥=+]/.test(text[start - 2] ?? "")) return Neighbour.Clear;
  const head = behind(text, start, Math.min(Bound.Reach, start - floor)).replace(ALL_INVISIBLE, "");
  const ends = (pattern: RegExp): boolean => pattern.test(head);
  // Inside of an address; money, code; a decimal, a time, a range.
  if (floor && ends(/^[\s,;/|&]*$/)) return Neighbour.Clear;
  if (ends(/(?:\/\/|www\.|@)\S*$|\/\S+\/$|[$£€¥]\s*$|[#_=&%\\^~`]$|["']:\s?$|\d[.,:/‐-―-]$|[‐-―-]{2}$/))
    return Neighbour.Wrong;
  if (ends(/[\dA-Za-zÀ-ɏ]$/)) {
    // Typing slips glue whole words to grouped numbers; ids have letters of their own.
    if (bordered || ends(PHONE_LABEL) || (opened && !ends(/\d$/))) return Neighbour.Clear;
    return grouped && ends(/(?:^|[^\w-])[A-Z]?[a-z]{4,}$/) ? Neighbour.Clear : Neighbour.Wrong;
  }
  if (ends(/\s$/)) {
    // "24/7", "17:00", "9am-5", "B12".
    if (ends(/[/:a-z-]\d{1,4}\s+$/i)) return Neighbour.Clear;
    // Two figures without a word between them are a list; "NSW 2000" and "Suite 5" belong to the word before.
    if (ends(/\d\s+\d+\s+$|[.,]\d+\s+$|[=+]\s+$/)) return Neighbour.Doubtful;
    return !floor && ends(/^\s*\d{5,}\s+$/) ? Neighbour.Doubtful : Neighbour.Clear;
  }
  if (ends(/\.$/)) return grouped || ends(PHONE_LABEL) ? Neighbour.Clear : Neighbour.Wrong;
  // "-0412345678" is less than nothing, "- 0412 345 678" is a list, "INV-…" a code.
  if (ends(/[A-Za-z][/?‐-―-]$/)) return grouped && ends(/[a-z]{3}.$/) ? Neighbour.Clear : Neighbour.Wrong;
  return grouped || ends(/\s\/$/) || !ends(/[[/?‐-―-]$/) ? Neighbour.Clear : Neighbour.Doubtful;
}

/** Judges what stands at `end`. */
export function after(text: string, end: number, bordered = false, grouped = false): number {
  if (codeAt(text, end) === 32 && isLetter(codeAt(text, end + 1))) return Neighbour.Clear; // nearly always
  const tail = text.slice(end, end + Bound.Reach).replace(ALL_INVISIBLE, "");
  const begins = (pattern: RegExp): boolean => pattern.test(tail);
  if (begins(/^\s*(?:$|\s\D)/) || begins(LIKE_A_NUMBER)) return Neighbour.Clear;
  // "24/7", "10am", "9-5", "8 MEREDITH"; a postcode or local number at the end, where groups of four do not go on.
  if (begins(/^\s/)) {
    if (begins(/^\s+(?:\d{1,4}(?:[/:]|[–-]\d|[a-z$€£%])|\d+\s+[a-z])/i)) return Neighbour.Clear;
    return begins(/^\s(?:[2-9]\d{3}[ -])?\d{4}\s*$/) && !isDigit(codeAt(text, end - 4))
      ? Neighbour.Clear
      : Neighbour.Doubtful;
  }
  if (begins(/^[\dA-Za-zÀ-ɏ]/))
    return bordered ||
      begins(/^(?:fax|ph|tel|mob)/i) ||
      (grouped && begins(/^(?:[A-Z][a-z]{2}|[A-Z]{3}|[EFTM](?![A-Za-z]))/))
      ? Neighbour.Clear
      : Neighbour.Wrong;
  if (begins(/^\/\d/)) return Neighbour.Doubtful;
  // Money, addresses, code; digits that go on; "…-B", "…/A": a code that goes on.
  if (begins(/^[$£€¥@_=&%\\^~`+#]|^[.,:‐-―-]{1,2}\d|^[/‐-―-][A-Z](?![a-zA-Z])/)) return Neighbour.Wrong;
  return !begins(/^[./‐-―-][a-z]/i) || begins(/^\.[A-Z]/) || (grouped && !begins(/^\./))
    ? Neighbour.Clear
    : Neighbour.Wrong;
}

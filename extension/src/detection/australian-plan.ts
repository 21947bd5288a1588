// Australia's plan: area codes, mobiles, and the service numbers 13, 1300, 180, 1800 and 190, which have no trunk 0.

import { internationalNumber } from "./calling-codes.js";
import { isIsbn10 } from "./checksums.js";
import { ENGLISH } from "./english.js";
import { Gap } from "./groups.js";
import { phoneWordEnd } from "./phone-words.js";
import { Form, Needs, type Plan, type Reading } from "./plan.js";
import { AUSTRALIAN_AREAS } from "./plan-patterns.js";
import { ahead, formOf, isLedger, WORDS_AHEAD, withoutPlus } from "./shapes.js";

const AREA = new RegExp(`^0(?:${AUSTRALIAN_AREAS})\\d{6}$`);
/** 13 0… is the beginning of 1300. */
const SERVICE = /^1(?:3[1-9]\d{3}|[38]00\d{6}|802\d{3}|90\d{7})$/;

const international = (digits: string): string =>
  internationalNumber(digits, "61", (national) => AREA.test(`0${national}`) || SERVICE.test(national));

/** Service numbers in groups other than their own are dates, scores, quantities. */
function service(digits: string, lengths: readonly number[], gaps: readonly number[]): Reading | null {
  const shape = lengths.join("");
  const short = digits.length < 8;
  // Ten digits that begin so are a time stamp as well; six are anything.
  if (lengths.length < 2) return [digits, Form.Plain, short ? Needs.PhoneLabelAlways : Needs.PhoneLabel];
  if (formOf(lengths, gaps, false) < 0) return null;
  if (!short) {
    // "1300115 866" is a slip, "13 00 975 707" a habit; "1 300 123 456" may be a quantity, and 4-4-2 an account.
    if (lengths[0] === 4) return [digits, Form.Usual, isLedger(lengths) ? Needs.PhoneLabel : Needs.Nothing];
    if (shape === "73") return [digits, Form.Odd, Needs.Nothing];
    if (shape === "2233" || shape === "22222") return [digits, Form.Odd, Needs.Introduction];
    return shape === "1333"
      ? [digits, Form.Odd, gaps[1] === Gap.Dash ? Needs.Nothing : Needs.PhoneLabel]
      : null;
  }
  if (!/^(?:222|33|24|34)$/.test(shape) || gaps.some((gap) => gap > Gap.Dash)) return null;
  // "13-11-14" is a date as well.
  return [
    digits,
    Form.Odd,
    gaps[1] === Gap.Dash ? Needs.PhoneLabel : shape === "33" ? Needs.NoQuantity : Needs.Introduction,
  ];
}

export const AUSTRALIA: Plan = {
  region: "AU",
  lead: new RegExp(
    `(?:0[0-478]|1[389]|61)${ahead(4)}|[38]0(?=0[ -]\\d{3}[ -]\\d{3}(?!\\d))|[2-9]\\d(?=\\d\\d[\\s\\u2010-\\u2015-]?\\d{4}(?!\\d))${WORDS_AHEAD}`,
    "g",
  ),
  // "1 300 123 456", "1-800-123-456"
  startBefore: (text, at) =>
    /(?<![\d.,:])1[ -][38]00/.test(text.slice(Math.max(0, at - 3), at + 3)) ? at - 2 : at,
  emergency: "000",
  language: ENGLISH,
  phoneWordEnd,
  international,
  national(digits, lengths, gaps, bracketed) {
    const count = lengths.length;
    if (AREA.test(digits)) {
      const form = formOf(lengths, gaps, bracketed);
      if (form < 0) return null;
      // Pairs are what network cards, hex dumps and lottery draws are written in; English books have ISBNs with a 0.
      const pairs = count > 4 && lengths.every((length) => length === 2);
      if (pairs && gaps[1] === Gap.Dash) return [digits, form, Needs.PhoneLabelAlways];
      if (pairs || isLedger(lengths) || (count < 2 && digits[1] !== "4" && isIsbn10(digits)))
        return [digits, form, Needs.PhoneLabel];
      // Nothing but a mobile is written 04… in ten digits.
      const usual = form >= Form.Usual || (form === Form.Odd ? count < 3 : digits[1] === "4");
      return [digits, form, usual ? Needs.Nothing : Needs.Introduction];
    }
    if (SERVICE.test(digits)) return service(digits, lengths, gaps);
    // Eight digits without an area code; "2013 2014" and "1999-2003" are years.
    if (
      /^(?!(?:20\d\d){2})[2-9]\d{7}$/.test(digits) &&
      (count < 2 || ((gaps[1] as number) < Gap.Dot && lengths.join() === "4,4"))
    )
      return [digits, Form.Odd, Needs.PhoneLabelAlways, true];
    // "00" is a common slip for 0011.
    return withoutPlus(digits, lengths, gaps, /^00(?:11)?(?=[1-9])/, "61", international);
  },
};

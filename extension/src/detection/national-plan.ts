// The plan of any other region, from libphonenumber's metadata. Part of that region's own script, so that nobody else
// carries it. Numbers are sent with "+" and the calling code, whatever trunk prefix, carrier code or mobile mark they bear.

import { internationalNumber } from "./calling-codes.js";
import { behind } from "./characters.js";
import { ENGLISH } from "./english.js";
import { Gap } from "./groups.js";
import { Form, Needs, type Plan, type Reading } from "./plan.js";
import { ahead, formOf, isLedger, isThousands, WORDS_AHEAD, withoutPlus } from "./shapes.js";

/** What plan-patterns.mjs knows of a region. */
export interface RegionData {
  readonly region: string;
  readonly callingCode: string;
  /** "0", "1" (may be left out), or "" where none is dialled. */
  readonly trunk: string;
  /** Pattern of the international access codes. */
  readonly idd: string;
  /** Pattern of all callable national numbers, without the trunk prefix. */
  readonly national: string;
  /** Numbers written without the trunk 0: leading digits, pattern with the usual groups, 1 if the 0 is optional. */
  readonly bare: readonly (readonly [string, string, number?])[];
  readonly emergency: string;
  /** Label words of its languages beside English, in the form of label-words.ts. */
  readonly words: string;
  /** libphonenumber's national prefix for parsing and its transform, where the plan needs them (Argentina's 15). */
  readonly prefix?: string;
  readonly transform?: string;
}

/** The plan with its patterns compiled. */
export function nationalPlan(data: RegionData): Plan {
  const { region, callingCode, trunk, emergency, words, transform } = data;
  const pattern = new RegExp(`^(?:${data.national})$`);
  const prefix = data.prefix ? new RegExp(`^(?:${data.prefix})`) : null;
  const formats = data.bare.map(([leading, groups, optional]) => ({
    groups: new RegExp(`^(?=${leading})${groups}$`),
    trunkToo: optional === 1,
  }));
  const sent = (national: string): string => `+${callingCode}${national}`;

  /** A number with its trunk prefix, without it; "" if it is none. */
  function withoutTrunk(digits: string): string {
    if (!trunk || digits[0] !== trunk) return "";
    let national = digits.slice(1);
    const match = transform ? prefix?.exec(digits) : null;
    if (match)
      national = (match[1] ? (transform ?? "").replace("$1", match[1]) : "") + digits.slice(match[0].length);
    // A number that is never dialled with the trunk 0 is none with it.
    if (trunk === "0" && formats.some(({ groups, trunkToo }) => !trunkToo && groups.test(national)))
      return "";
    return pattern.test(national) ? national : "";
  }

  /** A number without a trunk prefix: nothing in its digits says phone, so its groups have to. */
  function bare(
    digits: string,
    lengths: readonly number[],
    gaps: readonly number[],
    bracketed: boolean,
  ): Reading | null {
    const usual = formats.map(({ groups }) => groups.exec(digits)).find(Boolean);
    if (!usual || !pattern.test(digits)) return null;
    const form = formOf(lengths, gaps, bracketed);
    if (bracketed) return [sent(digits), Form.Unmistakable, Needs.Nothing];
    if (form < 0) return null;
    const asUsual =
      lengths.join() ===
      usual
        .slice(1)
        .map((group) => group.length)
        .join();
    // Italy's numbers begin with 0 as others do with a trunk prefix.
    if (digits[0] === "0") return [sent(digits), form, Needs.Nothing];
    if (!asUsual)
      return [
        sent(digits),
        form === Form.Plain || gaps[1] !== Gap.Dash ? form : Form.Plain,
        Needs.PhoneLabel,
      ];
    // Two years, or thousands, are written in the same groups.
    const figures = isThousands(lengths, gaps) || /^(?:20\d\d){2}$/.test(digits) || lengths.length < 2;
    return [
      sent(digits),
      lengths.length < 2 ? Form.Plain : Form.Usual,
      figures ? Needs.PhoneLabel : Needs.Nothing,
    ];
  }

  const international = (digits: string): string =>
    internationalNumber(digits, callingCode, (national) => pattern.test(national));
  const idd = new RegExp(`^(?:${data.idd}${trunk === "0" ? "|00" : ""})(?=[1-9])`);

  return {
    region,
    lead: new RegExp(`\\d\\d${ahead(4)}${WORDS_AHEAD}`, "g"),
    startBefore(text, at) {
      const single = /(?<![\d.,:])[01]\)?[\s.~-]{0,2}\(?$/.exec(behind(text, at, 6));
      return at - (single?.[0].length ?? 0);
    },
    emergency,
    language: { ...ENGLISH, words: `${ENGLISH.words} ${words}` },
    international,
    national(digits, lengths, gaps, bracketed) {
      const national = withoutTrunk(digits);
      if (!national)
        return (
          bare(digits, lengths, gaps, bracketed) ??
          withoutPlus(digits, lengths, gaps, idd, callingCode, international)
        );
      const form = formOf(lengths, gaps, bracketed);
      if (form < 0) return null;
      if (isLedger(lengths)) return [sent(national), form, Needs.PhoneLabel];
      if (trunk === "1" && !bracketed && lengths.length < 2)
        return [sent(national), Form.Plain, Needs.PhoneLabel];
      return [
        sent(national),
        form,
        form === Form.Plain || (form === Form.Odd && lengths.length > 2) ? Needs.Introduction : Needs.Nothing,
      ];
    },
  };
}

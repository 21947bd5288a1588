// Text to phone numbers: pure rules, no DOM, no browser API.

/** A phone number in a text: `start` to `end` are offsets of `raw`; `text` is what is sent to the host. */
export interface PhoneNumberMatch {
  readonly start: number;
  readonly end: number;
  readonly raw: string;
  readonly text: string;
  readonly kind: "phone" | "fax" | "emergency";
}

export interface FindOptions {
  readonly region: string;
  /** Whether the person has set an area code, so that local numbers can be dialled. */
  readonly areaCode: boolean;
}

const CANDIDATE =
  /(?<![\d.,$-])(?:\+\d{1,3}[ \u00a0-]?(?:\(0\))?[\d \u00a0-]{6,16}\d|\(0[2378]\)[ \u00a0]?\d{4}[ \u00a0]?\d{4}|0[23478](?:[ \u00a0-]?\d){8}|1[38]00(?:[ \u00a0-]?\d){6}|13[ \u00a0]\d\d[ \u00a0]\d\d)(?![\d.,]\d|\d)/g;

/** All phone numbers of `text`, in order, not overlapping. */
export function findPhoneNumbers(text: string, _options: FindOptions): PhoneNumberMatch[] {
  return [...text.matchAll(CANDIDATE)].map((match) => {
    const raw = match[0];
    const digits = raw.replace("(0)", "").replace(/\D/g, "");
    return {
      start: match.index,
      end: match.index + raw.length,
      raw,
      text: raw.startsWith("+") ? `+${digits}` : digits,
      kind: "phone",
    };
  });
}

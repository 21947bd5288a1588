// What the finder must know of a region: where a number may begin, what digits would be, and words for phones and ids.
// Digits that a plan accepts are not yet a phone number on a page: that is for the rules of find-phone-numbers.ts.

/** What must speak for a number besides its digits and groups. */
export enum Needs {
  Nothing,
  /** A name, a sign or a small word that leads up to it: "lvl 13 11 14" has none. */
  Introduction,
  /** The same, and nothing that makes thousands of it: "131 234 people". */
  NoQuantity,
  /** A label that says phone, or that it stands alone. */
  PhoneLabel,
  /** A label that says phone. */
  PhoneLabelAlways,
}

/** How a number is written. */
export enum Form {
  /** 0412345678 */
  Plain,
  /** 041 23 45 678, 02 99998888 */
  Odd,
  /** 0412 345 678, 02 9999 8888 */
  Usual,
  /** +61 …, (02) …: nothing else is written so. */
  Unmistakable,
}

/** What digits would be: the text that is sent, a form, what must speak for it, and whether it lacks an area code. */
export type Reading = readonly [text: string, form: number, needs: number, local?: boolean];

/** What a region's languages say. */
export interface Language {
  /** Label words, in the form of label-words.ts. */
  readonly words: string;
  /** Talk of an emergency. */
  readonly emergency: RegExp;
  /** All that may stand between two numbers that share a label. */
  readonly conjunction: RegExp;
  /** An extension right behind a number, with its digits as a group and the flag "y". */
  readonly extension: RegExp;
  /** The last digits of a second number right behind a first, likewise. */
  readonly suffix: RegExp;
}

export interface Plan {
  readonly region: string;
  readonly language: Language;
  /** Where a number may begin: two characters and a look ahead from there, with the flag "g". */
  readonly lead: RegExp;
  /** Where a number begins whose lead is at `at`: a digit may stand alone before it, "1-650 …", "(0)900 …". */
  startBefore(text: string, at: number): number;
  /** The number that a person in need dials. */
  readonly emergency: string;
  /** "+", calling code and national number of digits that follow a "+"; "" if no such number can be. */
  international(digits: string): string;
  /** What digits without a "+" would be; groups of these lengths, the gap before each, the first in brackets or not. */
  national(
    digits: string,
    lengths: readonly number[],
    gaps: readonly number[],
    bracketed: boolean,
  ): Reading | null;
  /** The end of a number with letters that begins at `at` (1300 FLOWERS), or 0. */
  phoneWordEnd?(text: string, at: number): number;
}

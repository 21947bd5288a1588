// Numbers with letters: 1300 FLOWERS, 13 CABS. Only after a phone label, because capitals after "13" are mostly words.

const WORD = /1[38](00)?[ -]?((?:\d[ -]?)?[A-Z]{1,9}\d?)([ -][A-Z]{1,9})?(?![\w@.]|\s?\d)/y;

/** The end of the phone word that begins at `at`, or 0. A longer word than is dialled is fine, a shorter one is none. */
export function phoneWordEnd(text: string, at: number): number {
  WORD.lastIndex = at;
  const [all = "", zeros, first = "", second = ""] = WORD.exec(text) ?? [];
  const needed = zeros ? 6 : 4;
  // "Call 13 CABS NOW": one word is enough when it fills the number.
  if (first.length >= needed) return at + all.length - second.length;
  return first.length + second.length > needed ? at + all.length : 0;
}

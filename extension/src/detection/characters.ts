// What the characters of a written number are: digits of any script, gaps, letters.

/** The text with digits and signs of other scripts as ASCII. Its length stays, so offsets hold in both. */
export function withAsciiDigits(text: string): string {
  // Zeros (a one, a plus) of full-width, Arabic-Indic and Persian digits: far cheaper to look for than every digit.
  if (![..."０１＋٠۰"].some((sign) => text.includes(sign))) return text;
  return text.replace(/[٠-٩۰-۹（-：]/g, (sign) => {
    const code = sign.charCodeAt(0);
    // Full-width forms stand 0xfee0 above their ASCII twins; the digits of the others end in their value.
    return String.fromCharCode(code > 0xff00 ? code - 0xfee0 : 48 + (code % 16));
  });
}

/** The character at an offset as a number; NaN outside of the text, which is no digit, letter or gap. */
export const codeAt = (text: string, at: number): number => text.charCodeAt(at);

export const isDigit = (code: number): boolean => code > 47 && code < 58;

/** Letters of any script; other signs above Latin-1 lie in blocks that hold no letters. */
export const isLetter = (code: number): boolean =>
  (code > 96 && code < 123) ||
  (code > 64 && code < 91) ||
  (code > 191 && code < 0x2000) ||
  (code > 0x3000 && code < 0xfe00);

/** Every dash and the minus sign. */
export const DASHES = /[-‐-―−]/;
/** Not printed at all: soft hyphen, zero width, direction marks. */
export const INVISIBLE = /[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f]/;

/** The text before an offset, no further back than a reach. */
export const behind = (text: string, end: number, reach: number): string =>
  text.slice(Math.max(0, end - reach), end);

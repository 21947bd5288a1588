// Every country's calling code and the lengths of its numbers: enough to tell what follows a "+".
// libphonenumber itself never runs in a page.

import { CALLING_CODES } from "./plan-patterns.js";

/** Calling codes are one digit (1, 7), two, or else three. */
const CODE = "[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\\d{3}";
const FIRST_CODE = new RegExp(`^(?:${CODE})`);

/** A bit for each length (bit n: n digits), negative where a 0 behind the code is a trunk prefix. */
let lengthsByCode: Map<string, number> | undefined;

/**
 * "+", calling code and national number of digits that follow a "+"; "" if no such number can be. The home plan is
 * judged by its patterns, all others by their lengths.
 */
export function internationalNumber(
  digits: string,
  home: string,
  isHome: (national: string) => boolean,
): string {
  if (!lengthsByCode) {
    lengthsByCode = new Map();
    for (const entry of CALLING_CODES.split(" ")) {
      const [lengths = "", codes = ""] = entry.split(":");
      const bits = Number.parseInt(lengths, 36) * (lengths.endsWith("!") ? -1 : 1);
      for (const code of codes.match(new RegExp(CODE, "g")) ?? []) lengthsByCode.set(code, bits);
    }
  }
  const code = FIRST_CODE.exec(digits)?.[0] ?? "";
  const bits = lengthsByCode.get(code);
  if (!bits || digits.length > 18) return "";
  // "+61 (0)2" and "+61 0412": the 0 is for callers inside the country; "+39 06" keeps it.
  const national = digits.slice(code.length + (bits < 0 && digits[code.length] === "0" ? 1 : 0));
  if (!((Math.abs(bits) >> national.length) & 1)) return "";
  if (code === home ? !isHome(national) : code === "1" && !/^[2-9]\d\d[2-9]/.test(national)) return "";
  return `+${code}${national}`;
}

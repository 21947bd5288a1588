// Shows a number as it grows under a person's fingers: "0299" → "(02) 99". Only for the eye: what is dialled is the host's word.

import { AsYouType, type CountryCode, isSupportedCountry } from "libphonenumber-js/min";

/** Anything but digits, a leading plus and what people put between digits is left to the person. */
const NUMBER_ONLY = /^\+?[\d\s().-]+$/;

/** The text in the usual groups of its country; empty when it is not only a number. */
export function formatAsTyped(typed: string, region: string): string {
  const text = typed.trim();
  if (!NUMBER_ONLY.test(text)) return "";
  const country: CountryCode = isSupportedCountry(region) ? region : "AU";
  return new AsYouType(country).input(text.replace(/[^\d+]/g, ""));
}

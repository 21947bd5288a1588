import fc from "fast-check";
import examples from "libphonenumber-js/examples.mobile.json";
import { type CountryCode, getExampleNumber, parsePhoneNumberFromString } from "libphonenumber-js/max";
import { describe, expect, test } from "vitest";
import { withAsciiDigits } from "../../../extension/src/detection/characters.js";
import { findPhoneNumbers, mayHoldNumber } from "../../../extension/src/detection/find-phone-numbers.js";
import { planOf } from "./plans.js";

const REGIONS = ["AU", "NZ", "GB", "US", "DE", "FR", "SG", "CA", "IE"] as const;
const find = async (text: string, region: string) =>
  findPhoneNumbers(text, { plan: await planOf(region), areaCode: false });

/** Valid numbers near an example: its last digits changed. */
const validNumber = (region: CountryCode) =>
  fc.integer({ min: 0, max: 9999 }).map((tail) => {
    const national = getExampleNumber(region, examples)?.nationalNumber ?? "";
    return parsePhoneNumberFromString(national.slice(0, -4) + String(tail).padStart(4, "0"), region);
  }).filter((number) => number?.isValid() === true);

describe.each(REGIONS)("in %s", (region) => {
  test("a number is found again in every form that libphonenumber writes", async () => {
    const plan = await planOf(region);
    fc.assert(
      fc.property(validNumber(region), (number) => {
        for (const form of ["NATIONAL", "INTERNATIONAL", "E.164"] as const) {
          const written = number?.format(form) ?? "";
          const matches = findPhoneNumbers(`Phone ${written}.`, { plan, areaCode: false });
          expect(matches.map(({ raw }) => raw)).toEqual([written]);
          expect(parsePhoneNumberFromString(matches[0]?.text ?? "", region)?.number).toBe(number?.number);
        }
      }),
    );
  });
});

/** Text as pages have it: digits and signs far more often than in prose. */
const messyText = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.stringMatching(/^\d{1,6}$/) },
      { weight: 4, arbitrary: fc.constantFrom(" ", "-", ".", "/", "(", ")", "+", ", ", "\n", "\u00a0", "\u200b", ":", "#") },
      fc.constantFrom("call", "Ph", "fax ", "order", "000", "13 ", "1300 ", "+61 ", "0412 345 678", "x12", " / 12", "FLOWERS"),
      fc.string({ maxLength: 4, unit: "binary" }),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(""));

test.each(["AU", "US", "DE"])("in %s matches are in order, apart, and give their own text", async (region) => {
  const plan = await planOf(region);
  fc.assert(
    fc.property(messyText, (text) => {
      let floor = 0;
      for (const { start, end, raw, text: sent } of findPhoneNumbers(text, { plan, areaCode: true })) {
        expect(start).toBeGreaterThanOrEqual(floor);
        expect(end).toBeGreaterThan(start);
        expect(text.slice(start, end)).toBe(raw);
        expect(sent).toMatch(/^(?:\+?\d{3,18}|1[38](?:00)?[ -]?[\w -]+)(?: ext \d{1,7})?$/);
        floor = end;
      }
    }),
    { numRuns: 500 },
  );
});

test("the gate lets every text through that holds a number", async () => {
  const plan = await planOf("AU");
  fc.assert(
    fc.property(messyText, (text) => {
      if (findPhoneNumbers(text, { plan, areaCode: true }).length > 0) expect(mayHoldNumber(text, plan)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

const SILENT_WORDS = ["river", "quiet", "Harbour", "green", "seven", "window", "Thomas", "under", "blue"];

test("words around a number change nothing", async () => {
  const texts = ["(02) 9999 8888", "02 9999 8888", "0412 345 678", "+61 2 9999 8888", "1300 975 707", "+44 20 7946 0018"];
  const words = fc.array(fc.constantFrom(...SILENT_WORDS), { maxLength: 6 }).map((list) => list.join(" "));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...texts), words, words, async (text, before, after) => {
      const matches = await find(`${before} ${text} ${after}`, "AU");
      expect(matches.map(({ raw }) => raw)).toEqual([text]);
    }),
  );
});

test("digits of other scripts become ASCII without moving anything", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.constantFrom("０１２", "٠١٢", "۰۱۲"), (text, digits) => {
      const ascii = withAsciiDigits(text + digits);
      expect(ascii).toHaveLength(text.length + digits.length);
      expect(ascii.endsWith("012")).toBe(true);
    }),
  );
});

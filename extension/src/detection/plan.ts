// A region's numbering plan as the finder needs it, and every calling code's lengths. Text that validates is not yet a
// phone number on a page: that is for the rules of find-phone-numbers.ts.

import { CALLING_CODES } from "./plan-patterns.js";

/** Written by plan-patterns.mjs from libphonenumber's metadata. */
export interface Plan {
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
  /** Pattern of a subscriber's number without its area code; "" where there is no such thing. */
  readonly local: string;
  readonly emergency: readonly string[];
  /** libphonenumber's national prefix for parsing and its transform, where the plan needs them (Argentina's 15). */
  readonly prefix?: string;
  readonly transform?: string;
}

/** A plan with its patterns compiled. */
export interface CompiledPlan extends Plan {
  readonly lead: RegExp;
  readonly nationalPattern: RegExp;
  readonly iddPattern: RegExp;
  readonly localPattern: RegExp | null;
  readonly bareFormats: readonly { readonly pattern: RegExp; readonly trunkToo: boolean }[];
}

/** What can stand between two digits of a number, without new groups of white space. */
const GAP = "[\\s\\u00ad\\u200b-\\u200f\\u202a-\\u202e\\u2010-\\u2015\\u2060-\\u2069\\u2212\\-.()/]";

/**
 * Where a number may begin. Every branch begins with two characters and looks ahead from there: V8 then skips text
 * without digits about four times as fast as a loop over its characters, and `lastIndex - 2` is the place, without a
 * match object. The looked-ahead part is bounded, so hostile text stays linear.
 */
function leadOf(plan: Plan): RegExp {
  const more = (count: number) => `(?=(?:(?:${GAP}{0,3}|\\s{4,48})\\d){${count}})`;
  // Phone words: 1300 FLOWERS, 13 CABS.
  const words = "|1[38](?=(?:00)?[ -]?[A-Z]{3})";
  if (plan.region === "AU")
    return new RegExp(
      `(?:0[02-478]|1[389]|61)${more(4)}|[2-9]\\d(?=\\d\\d[\\s\\u2010-\\u2015-]?\\d{4}(?!\\d))${words}`,
      "g",
    );
  return new RegExp(`\\d\\d${more(4)}${words}`, "g");
}

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`);

const compiled = new WeakMap<Plan, CompiledPlan>();

/** The plan's patterns, compiled once. */
export function compile(plan: Plan): CompiledPlan {
  let known = compiled.get(plan);
  if (!known) {
    known = {
      ...plan,
      lead: leadOf(plan),
      nationalPattern: whole(plan.national),
      iddPattern: new RegExp(`^(?:${plan.idd}${plan.trunk === "0" ? "|00" : ""})(?=[1-9])`),
      localPattern: plan.local ? whole(plan.local) : null,
      bareFormats: plan.bare.map(([leading, pattern, optional]) => ({
        pattern: new RegExp(`^(?=${leading})${pattern}$`),
        trunkToo: optional === 1,
      })),
    };
    compiled.set(plan, known);
  }
  return known;
}

let callingCodes: Map<string, { lengths: number; trunkZero: boolean }> | undefined;

function callingCode(code: string) {
  callingCodes ??= new Map(
    CALLING_CODES.split(" ").map((entry) => {
      const [name = "", rest = ""] = entry.split(":");
      return [name, { lengths: Number.parseInt(rest, 36), trunkZero: rest.endsWith("!") }];
    }),
  );
  return callingCodes.get(code);
}

/**
 * "+", calling code and national number of digits that follow a "+"; null if no such number can be.
 * The home plan is judged by its patterns, all others by their lengths: libphonenumber itself never runs in a page.
 */
export function internationalNumber(digits: string, plan: CompiledPlan): string | null {
  for (let size = 1; size <= 3; size++) {
    const code = digits.slice(0, size);
    const entry = callingCode(code);
    if (!entry) continue;
    let national = digits.slice(size);
    // "+61 (0)2" and "+61 0412": the 0 is for callers inside the country.
    if (entry.trunkZero && national[0] === "0") national = national.slice(1);
    if (!((entry.lengths >> national.length) & 1)) return null;
    if (code === "1" && !/^[2-9]\d\d[2-9]/.test(national)) return null;
    if (code === plan.callingCode && !plan.nationalPattern.test(national) && !isBare(national, plan))
      return null;
    return `+${code}${national}`;
  }
  return null;
}

/** The usual groups of a number written without its trunk prefix, by their lengths; null if it is none. */
export function bareGroups(digits: string, plan: CompiledPlan): readonly number[] | null {
  for (const { pattern } of plan.bareFormats) {
    const match = pattern.exec(digits);
    if (match) return plan.nationalPattern.test(digits) ? match.slice(1).map((group) => group.length) : null;
  }
  return null;
}

const isBare = (national: string, plan: CompiledPlan) => bareGroups(national, plan) !== null;

/** Whether the digits are a national number with its trunk prefix. */
export function isTrunkNumber(digits: string, plan: CompiledPlan): boolean {
  if (!plan.trunk || digits[0] !== plan.trunk) return false;
  let national = digits.slice(1);
  if (plan.prefix && plan.transform) {
    const match = new RegExp(`^(?:${plan.prefix})`).exec(digits);
    if (match) {
      const rest = digits.slice(match[0].length);
      national = match[1] ? plan.transform.replace("$1", match[1]) + rest : rest;
    }
  }
  // A number that is never dialled with the trunk 0 is none with it: 0131234.
  if (
    plan.trunk === "0" &&
    plan.bareFormats.some(({ pattern, trunkToo }) => !trunkToo && pattern.test(national))
  )
    return false;
  return plan.nationalPattern.test(national);
}

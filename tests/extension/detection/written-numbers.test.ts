import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { findPhoneNumbers } from "../../../extension/src/detection/find-phone-numbers.js";
import { planOf } from "./plans.js";

interface Found {
  readonly raw: string;
  readonly sent: string;
  readonly kind?: string;
  readonly weak?: boolean;
}

interface Rule {
  readonly rule: string;
  readonly why: string;
  readonly texts: readonly { readonly region: string; readonly text: string; readonly found: readonly Found[] }[];
}

const contract = path.join(import.meta.dirname, "../../contract/phone_numbers.json");
const rules: Rule[] = JSON.parse(readFileSync(contract, "utf8")).found_in_text;

describe.each(rules)("$rule: $why", ({ texts }) => {
  test.each(texts)("$region $text", async ({ region, text, found }) => {
    const matches = findPhoneNumbers(text, { plan: await planOf(region), areaCode: false });
    const seen = matches.map(({ raw, text: sent, kind, weak }) => ({
      raw,
      sent,
      ...(kind === "phone" ? {} : { kind }),
      ...(weak ? { weak } : {}),
    }));
    expect(seen).toEqual(found);
    for (const { start, end, raw } of matches) expect(text.slice(start, end)).toBe(raw);
  });
});

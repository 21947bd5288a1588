import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { CONTRACT, EXTENSION, TEXTS } from "./background/fake-browser.js";

const KINDS =
  "fixed_line mobile toll_free local_rate premium satellite shared_cost voip personal pager short_code extension emergency unknown";
const OUTCOMES: string[] = [...CONTRACT.outcome_codes.failed, ...CONTRACT.outcome_codes.unknown];
const ERRORS: string[] = [...Object.keys(CONTRACT.error_codes), ...CONTRACT.extension_codes];
const NOTICES: string[] = CONTRACT.notices;
const REASONS: string[] = [...CONTRACT.reasons.refuse, ...CONTRACT.reasons.confirm];

/** Everything in which a key of _locales can be named. */
const SOURCES = sourceFiles(["src", "static"]).map((file) => readFileSync(file, "utf8"));

function sourceFiles(folders: string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(path.join(EXTENSION, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(ts|html)$|manifest\.json$/.test(name))
      .map((name) => path.join(EXTENSION, folder, name)),
  );
}

/** Keys that the sources make from a code: `error_` and the code, and so on. */
const MADE = new Set([
  ...[...ERRORS, "other"].map((code) => `error_${code}`),
  ...[...OUTCOMES, "other"].map((code) => `outcome_${code}`),
  ...[...REASONS, "other"].map((code) => `reason_${code}`),
  ...CONTRACT.reasons.refuse.map((code: string) => `refused_${code}`),
  ...[...CONTRACT.notes, "other"].map((code) => `note_${code}`),
  ...[...NOTICES, "other"].map((code) => `notice_${code}`),
  ...KINDS.split(" ").map((kind) => `kind_${kind}`),
  ...["answered", "refused", "no_permission", "unclear"].map((verdict) => `key_${verdict}`),
  ...["stored", "absent", "unknown"].map((state) => `options_key_${state}`),
]);

test.each(ERRORS)("the error %s has its sentence", (code) => {
  expect(TEXTS).toHaveProperty([`error_${code}`]);
});

test.each(OUTCOMES)("the outcome %s has its sentence", (code) => {
  expect(TEXTS[`outcome_${code}`] ?? TEXTS[`error_${code}`]).toBeDefined();
});

test.each(CONTRACT.outcome_codes.unknown as string[])("the unknown outcome %s says that the phone may ring", (code) => {
  expect(TEXTS[`outcome_${code}`]?.message).toMatch(/Your phone may still ring: check before you call again\.$/);
});

test.each(REASONS)("the reason %s has its sentence", (code) => {
  expect(TEXTS).toHaveProperty([`reason_${code}`]);
});

test.each(CONTRACT.notes as string[])("the note %s has its sentence", (code) => {
  expect(TEXTS).toHaveProperty([`note_${code}`]);
});

test.each(NOTICES)("the notice %s has its sentence", (code) => {
  expect(TEXTS).toHaveProperty([`notice_${code}`]);
});

test.each(KINDS.split(" "))("the kind %s has its word", (kind) => {
  expect(TEXTS).toHaveProperty([`kind_${kind}`]);
});

test("every key that the sources name is there", () => {
  const named = SOURCES.flatMap((source) => [
    ...source.matchAll(/\btext\(\s*"([a-z_0-9]+)"/g),
    ...source.matchAll(/data-(?:text|placeholder|label)="([a-z_0-9]+)"/g),
    ...source.matchAll(/__MSG_([a-z_0-9]+)__/g),
  ]).map(([, key]) => key);
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((key) => key !== undefined && !(key in TEXTS))).toEqual([]);
});

test("no key is there for nothing", () => {
  const everything = SOURCES.join("\n");
  const isNamed = (key: string) => everything.includes(`"${key}"`) || everything.includes(`__MSG_${key}__`);
  expect(Object.keys(TEXTS).filter((key) => !MADE.has(key) && !isNamed(key))).toEqual([]);
});

test("sentences end like sentences, and nothing is empty", () => {
  for (const [key, { message }] of Object.entries(TEXTS)) {
    expect(message.trim(), key).toBe(message);
    expect(message, key).not.toBe("");
    if (/^(error|reason|refused|note|notice)_/.test(key)) expect(message, key).toMatch(/\.$/);
  }
});

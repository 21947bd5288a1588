import { readFileSync } from "node:fs";
import path from "node:path";
import { getCountries, isSupportedCountry } from "libphonenumber-js/max";
import { expect, test } from "vitest";
// @ts-expect-error the build's own script has no types
import { planFiles } from "../../../extension/plan-patterns.mjs";
import { EXTENSION } from "../background/fake-browser.js";
import { planOf } from "./plans.js";

const files: Record<string, string> = await planFiles();

test("the patterns in the repository are those of the installed metadata", () => {
  const file = "src/detection/plan-patterns.ts";
  expect(readFileSync(path.join(EXTENSION, file), "utf8"), "run `node plan-patterns.mjs`").toBe(files[file]);
});

test("every region but the default one has a script of its own", () => {
  const regions = getCountries().filter((region) => region !== "AU");
  const named = Object.keys(files).flatMap((file) => /region-(\w\w)\.ts$/.exec(file)?.[1] ?? []);
  expect(named.toSorted()).toEqual(regions.toSorted());
  expect(named.every((region) => isSupportedCountry(region))).toBe(true);
});

test("the same metadata gives the same bytes", async () => {
  expect(await planFiles()).toEqual(files);
});

test.each(getCountries())("the plan of %s compiles and finds numbers with a plus", async (region) => {
  const plan = await planOf(region);
  expect(plan.region).toBe(region);
  expect(plan.international("442079460018")).toBe("+442079460018");
  expect(plan.international("4402079460018")).toBe("+442079460018");
  expect(plan.international("390669820000")).toBe("+390669820000");
  expect(plan.international("999123456789")).toBe("");
});

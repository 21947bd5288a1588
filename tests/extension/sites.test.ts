import { expect, test } from "vitest";
import { isOff, switched } from "../../extension/src/shared/sites.js";

const EVERYWHERE = { right_click_only: false, sites: "everywhere", sites_on: [], sites_off: [] } as const;
const ALLOWED = { ...EVERYWHERE, sites: "allowed", sites_on: ["example.com"] } as const;

test("numbers are found everywhere unless a person says otherwise", () => {
  expect(isOff(EVERYWHERE, "example.com")).toBe(false);
  expect(isOff({ ...EVERYWHERE, right_click_only: true }, "example.com")).toBe(true);
});

test("a site that is off takes its sub-domains with it, and no namesake", () => {
  const off = { ...EVERYWHERE, sites_off: ["example.com"] };
  expect(isOff(off, "example.com")).toBe(true);
  expect(isOff(off, "crm.example.com")).toBe(true);
  expect(isOff(off, "notexample.com")).toBe(false);
});

test("where only allowed sites count, the others are off, and off stays stronger", () => {
  expect(isOff(ALLOWED, "example.com")).toBe(false);
  expect(isOff(ALLOWED, "crm.example.com")).toBe(false);
  expect(isOff(ALLOWED, "other.org")).toBe(true);
  expect(isOff({ ...ALLOWED, sites_off: ["crm.example.com"] }, "crm.example.com")).toBe(true);
});

test.each([EVERYWHERE, ALLOWED])("what the switch says is so afterwards, and can be taken back", (before) => {
  for (const site of ["example.com", "other.org", "crm.other.org"]) {
    const off = { ...before, ...switched(before, site, false) };
    expect(isOff(off, site)).toBe(true);
    const on = { ...off, ...switched(off, site, true) };
    expect(isOff(on, site)).toBe(false);
  }
});

test("switching one site leaves the others as they were", () => {
  const before = { ...EVERYWHERE, sites_off: ["other.org"] };
  const after = { ...before, ...switched(before, "example.com", false) };
  expect(isOff(after, "other.org")).toBe(true);
  expect(isOff({ ...after, ...switched(after, "example.com", true) }, "other.org")).toBe(true);
});

import { expect, test } from "vitest";
import { timeThere } from "../../extension/src/shared/local-time.js";

// Whatever zone the tests run in, these two differ from each other.
const NOON_UTC = new Date("2026-11-24T12:00:00Z");
const HERE = new Intl.DateTimeFormat().resolvedOptions().timeZone;

test("the time here needs no words", () => {
  expect(timeThere([HERE], NOON_UTC, "en")).toBeNull();
  expect(timeThere([], NOON_UTC, "en")).toBeNull();
  expect(timeThere(["Etc/Unknown", "Nowhere/At_All"], NOON_UTC, "en")).toBeNull();
});

test("another time is said with its day, and whether it is night there", () => {
  const there = timeThere(["Pacific/Auckland"], NOON_UTC, "en-GB");
  expect(there?.words).toMatch(/Wed.*1:00/);
  expect(there?.isNight).toBe(true);
});

test("a country with several zones says from when to when", () => {
  const there = timeThere(["Australia/Sydney", "Australia/Perth"], NOON_UTC, "en-GB");
  expect(there?.words).toMatch(/20:00 – .*23:00/);
});

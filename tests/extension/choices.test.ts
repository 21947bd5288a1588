import { expect, test } from "vitest";
import "./background/fake-browser.js";
import { callChoices, fitting, pageChoices } from "../../extension/src/popup/choices.js";
import type { ListedNumber } from "../../extension/src/shared/page-messages.js";
import type { ListedCall } from "../../extension/src/shared/protocol.js";

const NOW_S = 1_795_000_000;
const number = (raw: string, more: Partial<ListedNumber> = {}): ListedNumber => ({
  source: "page",
  kind: "phone",
  text: raw,
  raw,
  ...more,
});
const call = (more: Partial<ListedCall>): ListedCall => ({
  number: 17,
  attempt: "6f1c1f5e-54a9-4a37-9d5b-2f0c7d1f3a10",
  started: NOW_S - 90,
  destination: "0299998888",
  display: "(02) 9999 8888",
  kind: "fixed_line",
  country: "AU",
  phone: "101",
  outcome: "queued",
  code: null,
  ...more,
});

test("a number that stands on the page twice is listed once, and an emergency number never", () => {
  const numbers = [
    number("(02) 9999 8888"),
    number("02 9999 8888"),
    number("000", { kind: "emergency" }),
    number("0412 345 678"),
  ];
  expect(pageChoices(numbers).map(({ shown }) => shown)).toEqual(["(02) 9999 8888", "0412 345 678"]);
});

test("a link with a name is listed by its number, with the name beside it", () => {
  const [choice] = pageChoices([number("Front desk", { source: "link", text: "+61299998888" })]);
  expect(choice).toMatchObject({ shown: "+61299998888", detail: "Front desk", source: "link" });
});

test("a call says how it ended and when, and why when it failed", () => {
  const name = (phone: string) => `${phone} (Desk)`;
  const [sent, failed] = callChoices(
    [call({}), call({ number: 16, outcome: "failed", code: "dns_failed", started: NOW_S - 86_400 })],
    NOW_S,
    "en",
    name,
  );
  expect(sent).toMatchObject({ detail: "Sent · 1 minute ago", tone: "good", hint: "101 (Desk)" });
  expect(failed).toMatchObject({ detail: "Not sent · yesterday", tone: "bad" });
  expect(failed?.hint).toMatch(/address was not found/);
});

test.each([
  ["", ["(02) 9999 8888", "0412 345 678"]],
  ["9999 8", ["(02) 9999 8888"]],
  ["0412-345", ["0412 345 678"]],
  ["desk", ["0412 345 678"]],
  ["nobody", []],
])("typing %j leaves those that fit", (typed, left) => {
  const choices = pageChoices([
    number("(02) 9999 8888"),
    number("Help desk", { source: "link", text: "0412 345 678" }),
  ]);
  expect(fitting(choices, typed).map(({ shown }) => shown)).toEqual(left);
});

import { expect, test } from "vitest";
import { AUSTRALIA } from "../../../extension/src/detection/australian-plan.js";
import { type FindOptions, findPhoneNumbers } from "../../../extension/src/detection/find-phone-numbers.js";

function found(text: string, options: Partial<FindOptions> = {}): string[] {
  return findPhoneNumbers(text, { plan: AUSTRALIA, areaCode: false, ...options }).map(
    ({ raw, kind, weak }) => `${raw}${kind === "phone" ? "" : ` ${kind}`}${weak ? " weak" : ""}`,
  );
}

const around = (before: string, heading?: string) => ({ before: () => before, heading: () => heading });
const bordersOf = (...pieces: string[]) => {
  let at = 0;
  return new Set(pieces.map((piece) => (at += piece.length) - piece.length));
};

test("the cell before a number labels it", () => {
  expect(found("5550 1234", { around: around("Phone") })).toEqual(["5550 1234"]);
  expect(found("02 5550 1234", { around: around("Fax:") })).toEqual(["02 5550 1234 fax"]);
  expect(found("0412 345 678", { around: around("Invoice no.") })).toEqual([]);
});

test("the head of the column labels the number in a cell", () => {
  expect(found("5550 1234", { around: around("Kim", "Mobile") })).toEqual(["5550 1234"]);
  expect(found("0412 345 678", { around: around("Kim", "Consignment") })).toEqual([]);
  expect(found("0412 345 678", { around: around("Gas certificate", "Mobile") })).toEqual(["0412 345 678"]);
});

test("a word of the line itself is nearer than the column", () => {
  expect(found("Fax 02 5550 1234", { around: around("", "Phone") })).toEqual(["02 5550 1234 fax"]);
});

test("a figure alone in a cell is no phone number, a number alone in a line is", () => {
  expect(found("131 450", { around: around("Revenue", "2026") })).toEqual([]);
  expect(found("1300975707", { around: around("", "Time") })).toEqual([]);
  expect(found("1300975707", { around: around("") })).toEqual(["1300975707"]);
});

test("with an area code set, local numbers need no label", () => {
  expect(found("Reception 5550 1234")).toEqual(["5550 1234 weak"]);
  expect(found("Reception 5550 1234", { areaCode: true })).toEqual(["5550 1234"]);
  expect(found("Account 5550 1234", { areaCode: true })).toEqual([]);
  expect(found("loan 0362 5550 1234", { areaCode: true })).toEqual([]);
});

test("elements that meet without a gap part what the text has grown together", () => {
  const two = ["0491 570 156", "0491 570 157"];
  expect(found(two.join(""), { borders: bordersOf(...two) })).toEqual(two);
  const word = ["Settlement", "0491570158"];
  expect(found(word.join(""))).toEqual([]);
  expect(found(word.join(""), { borders: bordersOf(...word) })).toEqual(["0491570158"]);
});

test("elements inside of a number do not part it", () => {
  const pieces = ["02", " ", "5550", " 8888"];
  expect(found(pieces.join(""), { borders: bordersOf(...pieces) })).toEqual(["02 5550 8888"]);
  const digits = [..."0491570156"];
  expect(found(digits.join(""), { borders: bordersOf(...digits) })).toEqual(["0491570156"]);
});

test("printed line ends, tabs and runs of spaces part numbers in preformatted text", () => {
  for (const gap of ["\n", "\t", "   "]) {
    const text = `0491${gap}570 156`;
    expect(found(text)).toEqual([text]);
    expect(found(text, { pre: true })).toEqual([]);
  }
});

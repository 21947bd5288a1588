// @vitest-environment happy-dom
import { expect, test } from "vitest";
import { isOnDark, lightnessOf } from "../../../extension/src/content/card-scheme.js";

test("lightness is read from opaque colours only", () => {
  expect(lightnessOf("rgb(255, 255, 255)")).toBeCloseTo(1);
  expect(lightnessOf("rgb(0, 0, 0)")).toBe(0);
  expect(lightnessOf("rgb(21, 23, 28)")).toBeLessThan(0.2);
  expect(lightnessOf("rgba(0, 0, 0, 0)")).toBeNull();
  expect(lightnessOf("transparent")).toBeNull();
});

test("the first background that one cannot see through decides", () => {
  document.body.innerHTML =
    '<div style="background-color: rgb(0, 0, 0)"><p style="background-color: rgba(255, 255, 255, 0.1)"><i>N</i></p></div><b>N</b>';
  expect(isOnDark(document.querySelector("i") as Element)).toBe(true);
  expect(isOnDark(document.querySelector("b") as Element)).toBe(false);
});

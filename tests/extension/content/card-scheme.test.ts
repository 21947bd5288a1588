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

/** happy-dom lays nothing out, so an element's size is given by its attributes. */
function page(html: string): (selector: string) => Element {
  document.body.innerHTML = html;
  for (const element of document.body.querySelectorAll("*")) {
    const size = { width: Number(element.getAttribute("w") ?? 0), height: Number(element.getAttribute("h") ?? 0) };
    element.getBoundingClientRect = () => size as DOMRect;
  }
  return (selector) => document.body.querySelector(selector) as Element;
}

test("the first surface that one cannot see through decides", () => {
  const find = page(
    `<div w="900" h="900" style="background-color: rgb(0, 0, 0)">
       <p w="900" h="90" style="background-color: rgba(255, 255, 255, 0.1)"><i>N</i></p>
     </div><b>N</b>`,
  );
  expect(isOnDark(find("i"))).toBe(true);
  expect(isOnDark(find("b"))).toBe(false);
});

test("a light button on a dark page is no surface", () => {
  const find = page(
    `<div w="900" h="900" style="background-color: rgb(0, 0, 0)">
       <button w="120" h="24" style="background-color: rgb(255, 255, 255)"><i>N</i></button>
     </div>`,
  );
  expect(isOnDark(find("i"))).toBe(true);
});

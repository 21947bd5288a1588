// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { PageNumber, PageNumbers } from "../../../extension/src/content/page-numbers.js";
import { watchPointer } from "../../../extension/src/content/pointer.js";

const NUMBER: PageNumber = { id: 1, kind: "phone", source: "page", text: "131234", raw: "13 12 34" };

let under: PageNumber | null;
let asked: number;
let heard: string[];
let life: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  under = NUMBER;
  asked = 0;
  heard = [];
  life = new AbortController();
  const numbers = {
    hitAt() {
      asked += 1;
      return under;
    },
  } as unknown as PageNumbers;
  watchPointer(
    numbers,
    {
      rested: ({ raw }) => void heard.push(`rested ${raw}`),
      moved: (_event, number) => void heard.push(`moved ${number?.raw ?? "off"}`),
      clicked: (_event, { raw }) => void heard.push(`clicked ${raw}`),
    },
    life.signal,
  );
});
afterEach(() => {
  life.abort();
  vi.useRealTimers();
});

function fire(type: string, init: MouseEventInit = {}, isTrusted = true): void {
  const event = new MouseEvent(type, { bubbles: true, ...init });
  Object.defineProperty(event, "isTrusted", { value: isTrusted });
  document.body.dispatchEvent(event);
}

test("a pointer that stays on a number rests on it, once", () => {
  fire("mousemove");
  vi.advanceTimersByTime(60);
  fire("mousemove");
  expect(heard).not.toContain("rested 13 12 34");
  vi.advanceTimersByTime(60);
  fire("mousemove");
  vi.advanceTimersByTime(500);
  expect(heard.filter((one) => one.startsWith("rested"))).toHaveLength(1);
});

test("a pointer that only passes over a number does not rest", () => {
  fire("mousemove");
  under = null;
  fire("mousemove");
  vi.advanceTimersByTime(500);
  expect(heard).toEqual(["moved 13 12 34", "moved off"]);
});

test("a pointer that leaves the window does not rest", () => {
  fire("mousemove");
  fire("mouseout", { relatedTarget: null });
  vi.advanceTimersByTime(500);
  expect(heard).toEqual(["moved 13 12 34", "moved off"]);
});

test("a pointer with a pressed button selects or drags, and does not rest", () => {
  fire("mousemove", { buttons: 1 });
  vi.advanceTimersByTime(500);
  expect(heard).toEqual(["moved off"]);
});

test("forged events are not even looked at", () => {
  for (const type of ["mouseover", "mousemove", "mouseout", "click"]) fire(type, {}, false);
  document.body.click();
  vi.advanceTimersByTime(500);
  expect(heard).toEqual([]);
  expect(asked).toBe(0);
});

test("only clicks of the main button on a number are told", () => {
  fire("click", { button: 0 });
  fire("click", { button: 2 });
  under = null;
  fire("click", { button: 0 });
  expect(heard).toEqual(["clicked 13 12 34"]);
});

test("after the end nothing is heard", () => {
  fire("mousemove");
  life.abort();
  fire("click", { button: 0 });
  vi.advanceTimersByTime(500);
  expect(heard).toEqual(["moved 13 12 34"]);
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type Box, boxAt, keepsCard, placeCard } from "../../../extension/src/content/card-place.js";

const VIEW = { width: 1000, height: 700 };
const CARD = { width: 250, height: 120 };
const box = (left: number, top: number, width = 100, height = 18): Box => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

test("the card stands above the number, at its start", () => {
  expect(placeCard([box(300, 400)], CARD, VIEW, false)).toEqual({ x: 300, y: 274 });
});

test("the card stands at the number's end when our language is read from the right", () => {
  expect(placeCard([box(300, 400)], CARD, VIEW, true)).toEqual({ x: 150, y: 274 });
});

test("without room above it stands below", () => {
  expect(placeCard([box(300, 50)], CARD, VIEW, false)).toEqual({ x: 300, y: 74 });
});

test("in a low frame it stands beside the number", () => {
  expect(placeCard([box(0, 40)], CARD, { width: 600, height: 130 }, false)).toEqual({ x: 106, y: 6 });
});

test("where there is no room beside the number there is no card", () => {
  expect(placeCard([box(0, 10)], CARD, { width: 200, height: 60 }, false)).toBeNull();
  expect(placeCard([], CARD, VIEW, false)).toBeNull();
});

test("wherever the number is, the card never covers it and is wholly in view", () => {
  const place = fc.record({
    left: fc.integer({ min: -50, max: 1050 }),
    top: fc.integer({ min: -50, max: 750 }),
    width: fc.integer({ min: 1, max: 900 }),
    height: fc.integer({ min: 1, max: 300 }),
    cardWidth: fc.integer({ min: 10, max: 900 }),
    cardHeight: fc.integer({ min: 10, max: 600 }),
    rightToLeft: fc.boolean(),
  });
  fc.assert(
    fc.property(place, ({ left, top, width, height, cardWidth, cardHeight, rightToLeft }) => {
      const number = box(left, top, width, height);
      const size = { width: cardWidth, height: cardHeight };
      const at = placeCard([number], size, VIEW, rightToLeft);
      if (at === null) return;
      const card = boxAt(at, size);
      const apart =
        card.right <= number.left || card.left >= number.right || card.bottom <= number.top || card.top >= number.bottom;
      expect(apart).toBe(true);
      expect(card.left >= 0 && card.top >= 0 && card.right <= VIEW.width && card.bottom <= VIEW.height).toBe(true);
    }),
    { numRuns: 2000 },
  );
});

test("a pointer on the number, on the card or between them keeps the card", () => {
  const number = [box(300, 400)];
  const card = boxAt({ x: 300, y: 274 }, CARD);
  const at = (x: number, y: number, from = { x: 310, y: 410 }) => keepsCard({ x, y }, from, number, card);
  expect(at(310, 405)).toBe("on");
  expect(at(500, 300)).toBe("on");
  expect(at(320, 397)).toBe("on");
});

test("a pointer that comes nearer to the card may be on its way; one that leaves is not", () => {
  const number = [box(300, 400)];
  const card = boxAt({ x: 300, y: 274 }, CARD);
  expect(keepsCard({ x: 420, y: 405 }, { x: 415, y: 412 }, number, card)).toBe("near");
  expect(keepsCard({ x: 420, y: 430 }, { x: 415, y: 412 }, number, card)).toBe("away");
});

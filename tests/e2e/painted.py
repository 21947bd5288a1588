"""Reads, in every frame of a tab, which numbers the resident script holds, by one of our own pages."""

from __future__ import annotations

import time
from typing import TypedDict

from tests.e2e.browser import View

LOOK_EVERY_S = 0.06
PATIENCE_S = 3.0  # the finder works in idle moments; a page whose numbers no longer change is done
LOOKS_WITHOUT_NUMBERS = 4

READ_FRAMES = """async (address) => {
  const { scripting, tabs } = globalThis.browser ?? chrome;
  const tab = (await tabs.query({})).find(({ url }) => url === address);
  if (!tab) return [];
  const frames = await scripting.executeScript({
    target: { tabId: tab.id, allFrames: true },
    func: () => {
      const numbers = globalThis.maxoResident?.numbers.all().filter(({ kind }) => kind !== "fax") ?? [];
      return {
        title: document.title,
        numbers: numbers.map(({ raw, text }) => ({ raw, number: text })),
        painted: CSS.highlights.get("maxo-phone-number")?.size ?? 0,
      };
    },
  });
  return frames.map(({ result }) => result).filter(Boolean);
}"""


class Number(TypedDict):
    """A number as the page shows it, and as it would be sent."""

    raw: str
    number: str


class Frame(TypedDict):
    """One frame's document: its title, its visible numbers but faxes, and how many marks are registered."""

    title: str
    numbers: list[Number]
    painted: int


def frames_of(own_page: View, address: str, *, patience_s: float = PATIENCE_S) -> list[Frame]:
    """Read the frames of the tab at an address until two looks agree; the last look when patience ends."""
    before: list[Frame] | None = None
    deadline = time.monotonic() + patience_s
    looks = 0
    while True:
        now: list[Frame] = own_page.evaluate(READ_FRAMES, address)
        looks += 1
        done = looks > LOOKS_WITHOUT_NUMBERS or any(frame["numbers"] for frame in now)
        if (now and now == before and done) or time.monotonic() > deadline:
            return now
        before = now
        time.sleep(LOOK_EVERY_S)

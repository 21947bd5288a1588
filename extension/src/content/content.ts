// Entry of the resident script, in every frame: finds numbers, watches the pointer, and fetches the card when it is wanted.
// Steps back when a newer copy of itself arrives, and does nothing at load that a page could see.

import { ask } from "../shared/ask.js";
import { webext } from "../shared/browser.js";
import type { ToContent } from "../shared/page-messages.js";
import { isOff } from "../shared/sites.js";
import type { FinderOptions } from "./finder-settings.js";
import { createPageNumbers, type PageNumber } from "./page-numbers.js";
import { watchPointer } from "./pointer.js";
import type { Card, Inquiry, Resident } from "./resident.js";

function startResident(options: FinderOptions): Resident {
  const numbers = createPageNumbers(document, options);
  const life = new AbortController();
  let card: Card | null = null;
  /** What waits for the card's bundle to arrive. */
  let wanted: Inquiry | null = null;
  /** A click on the number before there was a card: too early to call, but not lost. */
  let early: MouseEvent | null = null;
  let loading = false;

  const inquire = (number: PageNumber): Inquiry | null => {
    const text = numbers.reread(number);
    if (text === null) return null;
    return { number, text, plan: ask("plan", { text, source: number.source, phone: null }) };
  };
  const rested = async (number: PageNumber): Promise<void> => {
    // The extension was updated under this page: a newer copy of this script is here already, or comes with a reload.
    if (webext.runtime?.id === undefined) return stop();
    const inquiry = inquire(number);
    if (inquiry === null) return;
    if (card !== null) return card.show(inquiry);
    wanted = inquiry;
    if (loading) return;
    loading = true;
    await ask("load_card", {});
    loading = false;
  };
  const stop = (): void => {
    life.abort();
    numbers.stop();
  };

  numbers.start();
  watchPointer(
    numbers,
    {
      rested: (number) => void rested(number),
      moved(event, number) {
        if (number?.id !== wanted?.number.id) wanted = early = null;
        card?.pointerAt(event, number);
      },
      clicked(event, number) {
        if (card !== null) card.clicked(event, number);
        else if (number.source === "page") {
          early = event;
          if (wanted === null) void rested(number);
        }
      },
    },
    life.signal,
  );
  return {
    numbers,
    inquire,
    stop,
    takeCard(make) {
      card = make(life.signal);
      if (wanted !== null) {
        card.show(wanted);
        if (early !== null) card.clicked(early, wanted.number);
      }
      wanted = early = null;
    },
  };
}

/** The host name of this frame; a frame without an address of its own has that of the page that made it. */
function siteOfFrame(): string {
  return origin === "null" ? "" : new URL(origin).hostname;
}

function restart(off: boolean, options: FinderOptions): void {
  globalThis.maxoResident?.stop();
  globalThis.maxoResident = off ? undefined : startResident(options);
}

webext.runtime.onMessage.addListener((message: ToContent) => {
  if (message.type !== "finder_changed") return;
  const { region, area_code } = message.finder;
  restart(isOff(message.finder, siteOfFrame()), { region, areaCode: area_code });
});

// A card that an older copy left on the screen when it was cut off.
for (const left of document.querySelectorAll(":root>[data-maxo-card]")) left.remove();
restart(globalThis.maxoOff === true, {
  region: globalThis.maxoRegion ?? "AU",
  areaCode: globalThis.maxoAreaCode === true,
});

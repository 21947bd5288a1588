// The context menu: one item of ours at a time, with an entry per phone when a person has several.
// Only says what was picked; the number is read from what was clicked, never from a title, and planned afterwards.

import { webext } from "../shared/browser.js";
import type { Settings } from "../shared/protocol.js";
import { phoneText, text } from "../shared/texts.js";

type Click = chrome.contextMenus.OnClickData;

/** The selection, or a field's text where nothing is selected. */
export const PICKED = "call-selection";
export const LINK = "call-link";
const PHONE_LINKS = ["tel:*", "callto:*", "sip:*", "sips:*"];
const KEY = "menu_phones";

interface Entry {
  readonly number: string;
  readonly label: string;
}

let making: Promise<void> = Promise.resolve();

/** Makes the items anew. Browsers keep them between starts, but not reliably over an update. */
export function makeMenus(): Promise<void> {
  // One after the other: two at once would each make an item of the same name.
  making = making.catch(() => {}).then(makeItems);
  return making;
}

/** Takes over the person's phones; the items are made anew only when these changed. */
export async function followPhones({ phones, default_phone }: Settings): Promise<void> {
  const first = phones.filter(({ number }) => number === default_phone);
  const others = phones.filter(({ number }) => number !== default_phone);
  const entries = [...first, ...others].map(({ number, label }): Entry => ({ number, label }));
  if (JSON.stringify(entries) === JSON.stringify(await knownPhones())) return;
  await webext.storage.local.set({ [KEY]: entries });
  await makeMenus();
}

/** The phone that an item stands for; null for the default one. */
export function pickedPhone(info: Pick<Click, "menuItemId">): string | null {
  return String(info.menuItemId).split("/")[1] ?? null;
}

/** Which of our items was chosen; null for none. */
export function pickedItem(info: Pick<Click, "menuItemId">): typeof PICKED | typeof LINK | null {
  const [item] = String(info.menuItemId).split("/");
  return item === PICKED || item === LINK ? item : null;
}

async function knownPhones(): Promise<readonly Entry[]> {
  const { [KEY]: stored } = await webext.storage.local.get(KEY);
  return (stored as readonly Entry[] | undefined) ?? [];
}

async function makeItems(): Promise<void> {
  const phones = await knownPhones();
  await webext.contextMenus.removeAll();
  const entries = phones.length > 1 ? phones : [];
  makeItem({ id: PICKED, title: text("menu_call_picked"), contexts: ["selection", "editable"] }, entries);
  makeItem(
    { id: LINK, title: text("menu_call"), contexts: ["link"], targetUrlPatterns: PHONE_LINKS },
    entries,
  );
}

function makeItem(
  item: chrome.contextMenus.CreateProperties & { id: string },
  phones: readonly Entry[],
): void {
  webext.contextMenus.create(item);
  for (const { number, label } of phones) {
    const title = text("menu_phone", phoneText(number, label)).replaceAll("%s", "% s");
    webext.contextMenus.create({ ...item, id: `${item.id}/${number}`, parentId: item.id, title });
  }
}

/** What Firefox tells before it shows our items. Chromium knows neither the event nor the type. */
interface Shown {
  readonly contexts: readonly string[];
  readonly menuIds: readonly (string | number)[];
}

/** Firefox leaves "%s" standing where nothing is selected; Chromium puts nothing there, and has no such event. */
export async function suitMenu({ contexts, menuIds }: Shown): Promise<void> {
  if (!menuIds.includes(PICKED)) return;
  const title = text(contexts.includes("selection") ? "menu_call_picked" : "menu_call");
  await webext.contextMenus.update(PICKED, { title });
  await (webext.contextMenus as unknown as { refresh(): Promise<void> }).refresh();
}

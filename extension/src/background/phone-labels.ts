// The names of the person's phones, as last told by the host, so that an outcome can say "101 (Desk)". Asks nobody.

import { webext } from "../shared/browser.js";
import type { Phone } from "../shared/protocol.js";

const KEY = "phone_labels";

type Labels = Readonly<Record<string, string>>;

export async function rememberPhones(phones: readonly Phone[]): Promise<void> {
  const labels = await read();
  if (phones.every((phone) => labels[phone.number] === phone.label)) return;
  const news = Object.fromEntries(phones.map((phone) => [phone.number, phone.label]));
  await webext.storage.session.set({ [KEY]: { ...labels, ...news } });
}

/** The label of a phone; empty when it has none or is not known. */
export async function phoneLabel(number: string | null): Promise<string> {
  return (number !== null && (await read())[number]) || "";
}

async function read(): Promise<Labels> {
  const { [KEY]: labels } = await webext.storage.session.get(KEY);
  return (labels as Labels | undefined) ?? {};
}

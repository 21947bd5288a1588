import { readFileSync } from "node:fs";
import path from "node:path";
import { getCountries } from "libphonenumber-js/min";
import { expect, test } from "vitest";
import { CONTRACT, EXTENSION } from "./background/fake-browser.js";
import { regions } from "../../extension/src/options/regions.js";
import { changesOf } from "../../extension/src/options/settings-form.js";
import { healthOf } from "../../extension/src/popup/health-line.js";
import type { Status } from "../../extension/src/shared/protocol.js";

const STATUS: Status = CONTRACT.exchanges.find(({ name }: { name: string }) => name === "status").result;
const READY: Status = { ...STATUS, key: "stored" };

test("the popup's line says the first thing that stands in the way", () => {
  const line = (change: Partial<Status>) => healthOf({ ...READY, ...change });
  expect(line({})).toEqual({ words: "Ready. Calls ring 101 (Desk) first.", tone: "good", fix: null });
  // A locked keyring is not asked for a look: the first call tells.
  expect(line({ key: "unknown" }).tone).toBe("good");
  const notices = [{ code: "policy_invalid", message: "/etc/maxo-click-to-call/policy.toml is damaged." }];
  expect(line({ notices })).toMatchObject({ tone: "bad", fix: "open_setup" });
  expect(line({ key: "absent" })).toMatchObject({ words: "No API key yet", fix: "open_setup" });
  expect(line({ guard: "open" })).toMatchObject({ tone: "warning", fix: "try_again" });
  expect(line({ journal: "unusable" })).toMatchObject({ tone: "warning", fix: null });
  const noPhone = { ...READY.settings, phones: [], default_phone: null };
  expect(line({ settings: noPhone, key: "absent" })).toMatchObject({ words: "No desk phone yet", fix: "open_setup" });
});

test("a save sends what a person changed, and nothing else", () => {
  const now = { ...STATUS.settings, area_code: null, phones: [...STATUS.settings.phones] };
  expect(changesOf(STATUS.settings, now, [])).toEqual({ area_code: null });
});

test("a save never sends what the organisation has set", () => {
  const now = { ...STATUS.settings, region: "NZ", area_code: "03" };
  expect(changesOf(STATUS.settings, now, ["region"])).toEqual({ area_code: "03" });
});

test("every region that the host can read numbers of can be chosen, by name", () => {
  const all = regions("en");
  expect(all.map(({ code }) => code).sort()).toEqual([...getCountries()].sort());
  expect(all).toContainEqual({ code: "AU", name: "Australia" });
});

test.each(["popup", "options", "first-run"])("the %s page runs its own script and no other", (page) => {
  const html = readFileSync(path.join(EXTENSION, `static/${page}.html`), "utf8");
  expect([...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag)).toEqual([
    `<script type="module" src="${page}.js">`,
  ]);
  expect(html).not.toMatch(/\son[a-z]+=|https?:/);
});

test("no code of ours makes markup from text", () => {
  const sources = ["src/shared/elements.ts", "src/shared/plan-view.ts", "src/options/phones-list.ts", "src/popup/choices-view.ts"];
  for (const source of sources) {
    expect(readFileSync(path.join(EXTENSION, source), "utf8")).not.toMatch(/innerHTML|insertAdjacentHTML|outerHTML/);
  }
});

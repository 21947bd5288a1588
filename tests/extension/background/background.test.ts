import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { browser, ORIGIN } from "./fake-browser.js";
import { FakeHost, PLAN, PLAN_ABROAD, postedOf } from "./fake-host.js";

type Fake = { addListener: unknown; emit(...values: unknown[]): unknown[] };
const events = () =>
  chrome as unknown as {
    runtime: Record<"onMessage" | "onInstalled" | "onStartup", Fake>;
    contextMenus: { onClicked: Fake };
  };

const TAB = { id: 7, windowId: 3, incognito: false };
const POPUP = { id: "mekckcfhcmacbbccnadgbbpiclkfnopo", url: `${ORIGIN}/popup.html`, origin: ORIGIN };

let host: FakeHost;

// One background for all tests: a module registers its listeners once, at import, and keeps nothing that matters.
beforeAll(async () => {
  await import("../../../extension/src/background/background.js");
});

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  for (const port of browser.ports) port.end("Native host has exited.");
  browser.reset();
  host = new FakeHost();
  browser.host = host;
});

/** The person picks "Call with Maxo". */
async function pick(info: object, tab: object = TAB): Promise<void> {
  events().contextMenus.onClicked.emit(info, tab);
  await vi.waitFor(() => expect(browser.did.some((what) => /^(title|popup)/.test(what))).toBe(true));
}

const selection = (selectionText: string) => ({ menuItemId: "call-selection", selectionText });
const link = (linkUrl: string) => ({ menuItemId: "call-link", linkUrl });

test("a selection that may be called is one call, told on the icon", async () => {
  await pick(selection("  Call (02) 9999 8888 now "));
  expect(postedOf("plan_call")).toMatchObject([{ text: "Call (02) 9999 8888 now", source: "selection" }]);
  expect(postedOf("place_call")).toMatchObject([
    { text: "Call (02) 9999 8888 now", source: "selection", expected: { destination: "0299998888", phone: "101" } },
  ]);
  expect(browser.did).toContain("badge ✓");
  expect(browser.did).not.toContain("popup");
});

test("a link is called by its address, and a private window's call is private", async () => {
  await pick(link("tel:+61%202%209999%208888;ext=12"), { ...TAB, incognito: true });
  expect(postedOf("place_call")).toMatchObject([
    { text: "+61 2 9999 8888;ext=12", source: "link", private: true },
  ]);
});

test("a call that needs a yes opens the popup and places nothing", async () => {
  host.answers.set("plan_call", () => ({ ok: true, result: PLAN_ABROAD }));
  await pick(selection("+44 20 7946 0018"));
  await vi.waitFor(() => expect(browser.did).toContain("popup"));
  expect(browser.did).toContain("badge ?");
  expect(postedOf("place_call")).toEqual([]);
});

test("a refused call says why on the icon and in the popup", async () => {
  const plan = { ...PLAN, decision: "refuse", reasons: ["emergency"], direct_click: false };
  host.answers.set("plan_call", () => ({ ok: true, result: plan }));
  await pick(selection("000"));
  await vi.waitFor(() => expect(browser.did).toContain("popup"));
  expect(browser.did).toContain("badge !");
  const [title] = browser.did.filter((what) => what.startsWith("title"));
  expect(title).toContain("Dial this emergency number on the phone itself");
  expect(postedOf("place_call")).toEqual([]);
});

test("without a helper the menu says so", async () => {
  host.before = (_message, port) => {
    port.end("Specified native messaging host not found.");
    return true;
  };
  await pick(selection("02 9999 8888"));
  const [title] = browser.did.filter((what) => what.startsWith("title"));
  expect(title).toContain("The Maxo helper is not installed on this computer");
});

test("a selection too long for a number is not sent to the host", async () => {
  await pick(selection("1".repeat(1001)));
  expect(browser.posted).toEqual([]);
  expect(browser.did).toContain("badge !");
});

test("an installation makes the menus and takes over the tabs that are open", async () => {
  events().runtime.onInstalled.emit({ reason: "install" });
  await vi.waitFor(() => expect(browser.did).toContain('run {"tabId":2,"allFrames":true} content.js'));
  expect(browser.did).toContain("style content.css");
  expect(browser.did).toContain("menu call-selection");
  expect(browser.did).toContain("menu call-link");
});

test("a browser start registers again what shapes the finder", async () => {
  await browser.local.set({ finder: { region: "NZ", area_code: true } });
  events().runtime.onStartup.emit();
  await vi.waitFor(() => expect(browser.registered.map(({ js }) => js[0])).toEqual(["region-NZ.js", "area-code.js"]));
});

test("a message of our pages gets its answer, a forged one gets none", async () => {
  const answered = vi.fn();
  expect(events().runtime.onMessage.emit({ type: "finder" }, POPUP, answered)).toEqual([true]);
  await vi.waitFor(() => expect(answered).toHaveBeenCalled());
  expect(answered.mock.calls[0]?.[0]).toMatchObject({ ok: true, result: { region: "AU" } });
  const forged = vi.fn();
  expect(events().runtime.onMessage.emit({ type: "finder" }, { ...POPUP, id: "x" }, forged)).toEqual([false]);
});

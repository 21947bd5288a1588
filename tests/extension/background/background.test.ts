import { beforeAll, beforeEach, expect, test, vi } from "vitest";
import { browser, ORIGIN } from "./fake-browser.js";
import { FakeHost, PLAN, PLAN_ABROAD, postedOf } from "./fake-host.js";

type Fake = { addListener: unknown; emit(...values: unknown[]): unknown[] };
const events = () =>
  chrome as unknown as {
    runtime: Record<"onMessage" | "onInstalled" | "onStartup", Fake>;
    contextMenus: { onClicked: Fake };
    commands: { onCommand: Fake };
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
  await vi.waitFor(() => expect(browser.did).toContain('run {"tabId":2,"allFrames":true} australia.js,content.js'));
  expect(browser.did).toContain("style content.css");
  expect(browser.did).toContain("menu call-selection");
  expect(browser.did).toContain("menu call-link");
  expect(browser.did).toContain(`tab ${ORIGIN}/first-run.html`);
});

test("an update opens no page", async () => {
  events().runtime.onInstalled.emit({ reason: "update" });
  await vi.waitFor(() => expect(browser.did).toContain("menu call-link"));
  expect(browser.did.filter((what) => what.startsWith("tab"))).toEqual([]);
});

test("a browser start registers again what shapes the finder", async () => {
  await browser.local.set({ finder: { region: "NZ", area_code: true } });
  events().runtime.onStartup.emit();
  await vi.waitFor(() => expect(browser.registered.map(({ js }) => js?.[0])).toEqual(["region-NZ.js", "area-code.js"]));
});

/** A page of ours asks, and gets its answer. */
async function ask(message: object): Promise<unknown> {
  const answered = vi.fn();
  events().runtime.onMessage.emit(message, POPUP, answered);
  await vi.waitFor(() => expect(answered).toHaveBeenCalled());
  return answered.mock.calls[0]?.[0];
}

test("with several phones the menu has an entry for each, the usual one first, and rings the chosen one", async () => {
  await ask({ type: "status" });
  expect([...browser.menus]).toEqual([
    ["call-selection", "Call with Maxo %s"],
    ["call-selection/101", "Ring 101 (Desk) first"],
    ["call-selection/107", "Ring 107 (Front counter) first"],
    ["call-link", "Call with Maxo"],
    ["call-link/101", "Ring 101 (Desk) first"],
    ["call-link/107", "Ring 107 (Front counter) first"],
  ]);
  browser.did = [];
  await pick({ ...selection("02 9999 8888"), menuItemId: "call-selection/107" });
  expect(postedOf("plan_call")).toMatchObject([{ text: "02 9999 8888", phone: "107" }]);
  expect(postedOf("place_call")).toMatchObject([{ phone: "107" }]);
});

test("the menu is not made anew for a state that has the same phones", async () => {
  await ask({ type: "status" });
  browser.did = [];
  await ask({ type: "status" });
  expect(browser.did.filter((what) => what.startsWith("menu"))).toEqual([]);
});

test("in a field with nothing selected the field's value is called", async () => {
  browser.focusedText = "02 9999 8888";
  await pick({ menuItemId: "call-selection", editable: true, frameId: 0 });
  expect(postedOf("place_call")).toMatchObject([{ text: "02 9999 8888", source: "selection" }]);
});

test("in an empty field nothing is called, and it says what to do", async () => {
  await pick({ menuItemId: "call-selection", editable: true, frameId: 0 });
  expect(browser.posted).toEqual([]);
  expect(browser.did.find((what) => what.startsWith("title"))).toContain("Nothing is selected here");
});

test("the keys call what is selected", async () => {
  browser.focusedText = "(02) 9999 8888";
  events().commands.onCommand.emit("call-selection", TAB);
  await vi.waitFor(() => expect(postedOf("place_call")).toMatchObject([{ text: "(02) 9999 8888" }]));
});

test("the keys for the last call ask first, whatever the number is", async () => {
  events().commands.onCommand.emit("redial-last", TAB);
  await vi.waitFor(() => expect(browser.did).toContain("popup"));
  expect(postedOf("list_calls")).toMatchObject([{ limit: 1, before: null, search: null }]);
  expect(postedOf("plan_call")).toMatchObject([{ text: "+44 20 7946 0018", source: "typed" }]);
  expect(postedOf("place_call")).toEqual([]);
});

test("without a recorded call the keys for the last one say so", async () => {
  host.answers.set("list_calls", () => ({ ok: true, result: { calls: [], more: false } }));
  events().commands.onCommand.emit("redial-last", TAB);
  await vi.waitFor(() => expect(browser.did).toContain("popup"));
  expect(browser.did.find((what) => what.startsWith("title"))).toContain("No call is recorded");
});

test.each([
  ["off", null, null],
  ["failures", null, "notify The call was never sent. Call again."],
  ["all", "notify Sent: pick up 101", "notify The call was never sent. Call again."],
])("notifications: %s", async (choice, whenSent, whenFailed) => {
  await ask({ type: "change_feedback", notify: choice });
  const told = () => browser.did.find((what) => what.startsWith("notify")) ?? null;
  await pick(selection("02 9999 8888"));
  await vi.waitFor(() => expect(told()?.replace(" (Desk)", "") ?? null).toBe(whenSent));
  browser.did = [];
  const failed = { outcome: "failed", code: "not_received", destination: null, phone: null };
  host.answers.set("place_call", ({ attempt }) => ({ ok: true, result: { attempt, ...failed } }));
  await pick(selection("02 9999 8888"));
  await vi.waitFor(() => expect(told()).toBe(whenFailed));
});

test("without the permission nothing is notified and the call goes on", async () => {
  browser.mayNotify = false;
  await ask({ type: "change_feedback", notify: "all" });
  await pick(selection("02 9999 8888"));
  expect(browser.did).toContain("badge ✓");
});

test("only allowed sites have the finder, and a chosen mark takes the place of the usual", async () => {
  await ask({ type: "change_finder", sites: "allowed", sites_on: ["example.com"], marking: "tint" });
  expect(browser.registered).toMatchObject([
    { id: "not-allowed", js: ["off.js"], matches: ["<all_urls>"], excludeMatches: ["*://*.example.com/*"] },
    { id: "marking", css: ["marking-tint.css"] },
  ]);
  expect(browser.did).toContain("unstyle marking-dotted.css");
  expect(browser.did).toContain("style marking-tint.css");
});

test("where only the card's button calls, a page gets no leave to call by a click on the number", async () => {
  const content = { id: POPUP.id, url: "https://example.com/", frameId: 0, tab: { ...TAB, url: "https://example.com/" } };
  const plan = async () => {
    const answered = vi.fn();
    const message = { type: "plan", text: "(02) 9999 8888", source: "page", phone: null };
    events().runtime.onMessage.emit(message, content, answered);
    await vi.waitFor(() => expect(answered).toHaveBeenCalled());
    return answered.mock.calls[0]?.[0];
  };
  expect(await plan()).toMatchObject({ ok: true, result: { direct_click: true } });
  await ask({ type: "change_finder", card_only: true });
  expect(await plan()).toMatchObject({ ok: true, result: { direct_click: false, decision: "allow" } });
});

test("a message of our pages gets its answer, a forged one gets none", async () => {
  const answered = vi.fn();
  expect(events().runtime.onMessage.emit({ type: "finder" }, POPUP, answered)).toEqual([true]);
  await vi.waitFor(() => expect(answered).toHaveBeenCalled());
  expect(answered.mock.calls[0]?.[0]).toMatchObject({ ok: true, result: { region: "AU" } });
  const forged = vi.fn();
  expect(events().runtime.onMessage.emit({ type: "finder" }, { ...POPUP, id: "x" }, forged)).toEqual([false]);
});

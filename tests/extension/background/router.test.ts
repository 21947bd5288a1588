import { beforeEach, describe, expect, test, vi } from "vitest";
import { browser, ORIGIN } from "./fake-browser.js";
import { FakeHost, PLAN, PLAN_ABROAD, postedOf, refusal } from "./fake-host.js";
import { Calls } from "../../../extension/src/background/calls.js";
import { contentHandlers, pageHandlers } from "../../../extension/src/background/handlers.js";
import { HostClient } from "../../../extension/src/background/host-client.js";
import { CONTENT_SHAPES, PAGE_SHAPES } from "../../../extension/src/background/message-shapes.js";
import { route } from "../../../extension/src/background/router.js";

const ID = "mekckcfhcmacbbccnadgbbpiclkfnopo";
const ATTEMPT = "6f1c1f5e-54a9-4a37-9d5b-2f0c7d1f3a10";
const CALL = {
  type: "call",
  attempt: ATTEMPT,
  text: "(02) 9999 8888",
  source: "page",
  phone: null,
  expected: { destination: "0299998888", phone: "101" },
};
const TYPED = { ...CALL, type: "call_typed", source: "typed", confirmed: [], private: false };

const tab = { id: 7, windowId: 3, incognito: false, url: "https://shop.example/" };
const CONTENT = { id: ID, url: "https://shop.example/", origin: "https://shop.example", tab, frameId: 4 };
const POPUP = { id: ID, url: `${ORIGIN}/popup.html`, origin: ORIGIN };
const OPTIONS = { ...POPUP, url: `${ORIGIN}/options.html`, tab: { ...tab, url: `${ORIGIN}/options.html` }, frameId: 0 };

type Sender = chrome.runtime.MessageSender;

let host: FakeHost;
let ask: (message: unknown, sender: object) => ReturnType<typeof route>;

beforeEach(() => {
  vi.spyOn(console, "warn").mockImplementation(() => {});
  browser.reset();
  host = new FakeHost();
  browser.host = host;
  const client = new HostClient("0.1.0");
  const calls = new Calls(client, async () => {});
  const [content, pages] = [contentHandlers(client, calls), pageHandlers(client, calls)];
  ask = (message, sender) => route(message, sender as Sender, content, pages);
});

describe("a content script", () => {
  test("may plan, call and ask for the card in its own frame", async () => {
    const plan = { type: "plan", text: "(02) 9999 8888", source: "page", phone: null };
    expect(await ask(plan, CONTENT)).toEqual({ ok: true, result: PLAN });
    expect(await ask(CALL, CONTENT)).toMatchObject({ ok: true, result: { text: "Sent: pick up 101 (Desk)" } });
    await ask({ type: "load_card" }, CONTENT);
    expect(browser.did).toContain('run {"tabId":7,"frameIds":[4]} card.js');
  });

  test("calls as private from a private window, whatever it says itself", async () => {
    await ask(CALL, { ...CONTENT, tab: { ...tab, incognito: true } });
    expect(postedOf("place_call")[0]).toMatchObject({ private: true, confirmed: [] });
  });

  test.each(Object.keys(PAGE_SHAPES).filter((type) => !(type in CONTENT_SHAPES)))("may not ask for %s", (type) => {
    const fields = { ...TYPED, api_key: "x", settings: {}, right_click_only: true, sites_off: [] };
    expect(ask({ ...fields, type }, CONTENT)).toBeNull();
    expect(ask({ type }, CONTENT)).toBeNull();
  });

  test.each([
    ["of another extension", { ...CONTENT, id: "abcdefghijklmnopabcdefghijklmnop" }],
    ["without an id", { ...CONTENT, id: undefined }],
    ["without a tab", { ...CONTENT, tab: undefined }],
    ["without a frame", { ...CONTENT, frameId: undefined }],
  ])("%s is not heard", (_name, sender) => {
    expect(ask(CALL, sender)).toBeNull();
  });

  test.each([
    ["typed text", { source: "typed" }],
    ["a selection", { source: "selection" }],
    ["confirmed reasons", { confirmed: ["premium"] }],
    ["a privacy of its own", { private: false }],
    ["an attempt that is no UUID", { attempt: "1" }],
    ["an attempt in capitals", { attempt: ATTEMPT.toUpperCase() }],
    ["a text that is none", { text: 131234 }],
    ["a very long text", { text: "1".repeat(1001) }],
    ["a phone that is no text", { phone: 101 }],
    ["no phone at all", { phone: undefined }],
    ["an expectation with more", { expected: { destination: "1", phone: "1", key: "x" } }],
    ["an expectation that is a list", { expected: ["1", "1"] }],
    ["no expectation", { expected: null }],
  ])("may not call with %s", (_name, change) => {
    expect(ask({ ...CALL, ...change }, CONTENT)).toBeNull();
    expect(browser.posted).toEqual([]);
  });

  test.each([null, undefined, 1, "call", [], {}, { type: 1 }, { type: "__proto__" }, { type: "constructor" }])(
    "may not send %o",
    (message) => {
      expect(ask(message, CONTENT)).toBeNull();
      expect(ask(message, POPUP)).toBeNull();
    },
  );
});

describe("our own pages", () => {
  test("may ask for what they show, from the popup and from a tab", async () => {
    expect(await ask({ type: "status" }, POPUP)).toMatchObject({ ok: true, result: { key: "unknown" } });
    expect(await ask({ type: "status" }, OPTIONS)).toMatchObject({ ok: true });
    expect(await ask(TYPED, POPUP)).toMatchObject({ ok: true, result: { outcome: "queued" } });
  });

  test.each([
    ["a frame in a page that shows our file", { ...OPTIONS, frameId: 2, tab }],
    ["a frame whose tab has no address that we may see", { ...OPTIONS, frameId: 2, tab: { ...tab, url: undefined } }],
    ["a top frame in a tab of another address", { ...OPTIONS, tab }],
    ["an address that only begins like ours", { ...POPUP, url: `${ORIGIN}.evil.example/popup.html` }],
    ["an address of ours with another origin", { ...POPUP, origin: "https://evil.example" }],
    ["an address of ours with no origin", { ...POPUP, origin: "null" }],
    ["a page of another extension", { ...POPUP, id: "abcdefghijklmnopabcdefghijklmnop" }],
  ])("are not %s", (_name, sender) => {
    expect(ask({ type: "status" }, sender)).toBeNull();
    expect(ask(TYPED, sender)).toBeNull();
  });

  test("may not speak as a content script", () => {
    expect(ask(CALL, POPUP)).toBeNull();
  });

  test("send the key to the host and nowhere else", async () => {
    expect(await ask({ type: "set_api_key", api_key: "canary-key" }, OPTIONS)).toEqual({ ok: true, result: {} });
    expect(postedOf("set_api_key")).toHaveLength(1);
    const kept = JSON.stringify([[...browser.session.values], [...browser.local.values], browser.did]);
    expect(kept).not.toContain("canary-key");
  });

  test.each(["a.b.example", "localhost", "shop.example"])("may turn the marks off on %s", async (site) => {
    await ask({ type: "change_finder", right_click_only: false, sites_off: [site] }, OPTIONS);
    expect(browser.registered).toMatchObject([{ js: ["off.js"], matches: [`*://*.${site}/*`] }]);
  });

  test.each(["*", "a/b", "A.example", "", "a..b", "-a.example"])("may not name %o as a site", (site) => {
    expect(ask({ type: "change_finder", right_click_only: false, sites_off: [site] }, OPTIONS)).toBeNull();
  });
});

describe("confirmation", () => {
  const CONFIRM = {
    ...CALL,
    type: "confirm",
    text: "+44 20 7946 0018",
    expected: { destination: "0011442079460018", phone: "107" },
  };

  beforeEach(() => host.answers.set("plan_call", () => ({ ok: true, result: PLAN_ABROAD })));

  test("is asked in the browser's own popup, with the plan that the host makes now", async () => {
    expect(await ask(CONFIRM, CONTENT)).toEqual({ ok: true, result: {} });
    expect(browser.did).toContain("popup");
    expect(await ask({ type: "pending_confirmation" }, POPUP)).toMatchObject({
      ok: true,
      result: { attempt: ATTEMPT, plan: PLAN_ABROAD, private: false },
    });
    expect(postedOf("place_call")).toEqual([]);
  });

  test("is asked in a window where the browser does not open the popup", async () => {
    browser.popupRefused = true;
    await ask(CONFIRM, CONTENT);
    expect(browser.did).toContain(`window ${ORIGIN}/popup.html?window`);
  });

  test("is not asked for a plan that differs from the one that was shown", async () => {
    const other = { ...CONFIRM, expected: { destination: "190012345", phone: "107" } };
    expect(await ask(other, CONTENT)).toMatchObject({ ok: false, fault: { code: "plan_changed" } });
    expect(await ask({ type: "pending_confirmation" }, POPUP)).toEqual({ ok: true, result: null });
  });

  test("is not asked for a plan that is refused", async () => {
    const refused = { ...PLAN_ABROAD, decision: "refuse", reasons: ["international"] };
    host.answers.set("plan_call", () => ({ ok: true, result: refused }));
    expect(await ask(CONFIRM, CONTENT)).toMatchObject({ ok: false, fault: { code: "call_refused" } });
  });

  test("that waits is pending, and the host is not asked to close it", async () => {
    await ask(CONFIRM, CONTENT);
    const outcome = await ask({ type: "outcome", attempt: ATTEMPT }, CONTENT);
    expect(outcome).toMatchObject({ ok: true, result: { outcome: "pending" } });
    expect(postedOf("get_call")).toEqual([]);
  });

  test("given is one call with its reasons", async () => {
    await ask(CONFIRM, CONTENT);
    await ask({ ...TYPED, source: "page", confirmed: ["international"] }, POPUP);
    expect(postedOf("place_call")).toMatchObject([{ attempt: ATTEMPT, confirmed: ["international"] }]);
    expect(await ask({ type: "pending_confirmation" }, POPUP)).toEqual({ ok: true, result: null });
  });

  test("refused ends the attempt as cancelled", async () => {
    await ask(CONFIRM, CONTENT);
    await ask({ type: "drop_confirmation" }, POPUP);
    const outcome = await ask({ type: "outcome", attempt: ATTEMPT }, CONTENT);
    expect(outcome).toMatchObject({ ok: true, result: { outcome: "failed", code: "cancelled" } });
    expect(postedOf("place_call")).toEqual([]);
  });

  test("that nobody gave is forgotten", async () => {
    vi.useFakeTimers();
    await ask(CONFIRM, CONTENT);
    vi.setSystemTime(Date.now() + 121_000);
    expect(await ask({ type: "pending_confirmation" }, POPUP)).toEqual({ ok: true, result: null });
    vi.useRealTimers();
  });
});

test("the state of the host shapes the finder of frames to come and of frames that are open", async () => {
  const status = structuredClone(host["result"]({ type: "get_status" })) as { settings: { region: string } };
  status.settings.region = "NZ";
  host.answers.set("get_status", () => ({ ok: true, result: status }));
  await ask({ type: "status" }, POPUP);
  expect(browser.registered.map(({ js }) => js?.[0])).toEqual(["region-NZ.js", "area-code.js"]);
  const tellings = browser.did.filter((what) => what.startsWith("tell"));
  expect(tellings[0]).toContain('"region":"NZ","area_code":true');
  await ask({ type: "status" }, POPUP);
  expect(browser.did.filter((what) => what.startsWith("tell"))).toHaveLength(tellings.length);
});

test("a refused call says the first reason and what helps", async () => {
  host.answers.set("place_call", refusal("call_refused", ["no_phone"]));
  expect(await ask(CALL, CONTENT)).toEqual({
    ok: false,
    fault: {
      code: "call_refused",
      text: "No desk phone is set up yet. Enter its extension number in the options.",
      remedy: "open_setup",
      reasons: ["no_phone"],
    },
  });
});

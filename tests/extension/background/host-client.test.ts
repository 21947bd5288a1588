import { beforeEach, describe, expect, test, vi } from "vitest";
import { browser, CONTRACT } from "./fake-browser.js";
import { FakeHost, PLAN, postedOf, refusal } from "./fake-host.js";
import { HostClient, IDLE_CLOSE_MS, REQUEST_TIMEOUT_MS } from "../../../extension/src/background/host-client.js";
import type { RequestType } from "../../../extension/src/shared/protocol.js";

let host: FakeHost;
let client: HostClient;

const planRequest = { text: "(02) 9999 8888", source: "page", phone: null } as const;
const callRequest = {
  attempt: "6f1c1f5e-54a9-4a37-9d5b-2f0c7d1f3a10",
  text: "(02) 9999 8888",
  source: "page",
  phone: null,
  expected: { destination: "0299998888", phone: "101" },
  confirmed: [],
  private: false,
} as const;

beforeEach(() => {
  vi.useFakeTimers();
  browser.reset();
  host = new FakeHost();
  browser.host = host;
  client = new HostClient("0.1.0");
});

/** The failure of a request: its code and whether it may have left. */
async function failure(work: Promise<unknown>): Promise<{ code: string; posted: boolean }> {
  return work.then(
    () => {
      throw new Error("it did not fail");
    },
    ({ code, posted }) => ({ code, posted }),
  );
}

describe("the port", () => {
  test("opens at the first need and is kept", async () => {
    expect(browser.ports).toHaveLength(0);
    await client.request("plan_call", planRequest);
    await client.request("plan_call", planRequest);
    expect(browser.ports).toHaveLength(1);
  });

  test("begins with the very bytes of hello that the host answers without a parser", async () => {
    await client.request("plan_call", planRequest);
    expect(JSON.stringify(browser.posted[0])).toBe(
      '{"id":0,"type":"hello","protocol_version":1,"extension_version":"0.1.0"}',
    );
  });

  test("closes after two idle minutes and opens again at the next need", async () => {
    await client.request("plan_call", planRequest);
    await vi.advanceTimersByTimeAsync(IDLE_CLOSE_MS - 1);
    expect(browser.ports[0]?.open).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(browser.ports[0]?.open).toBe(false);
    expect(await client.request("plan_call", planRequest)).toEqual(PLAN);
    expect(browser.ports).toHaveLength(2);
  });

  test("is not closed as idle while a request waits", async () => {
    host.silentOn = ["check_api_key"];
    const work = failure(client.request("check_api_key", {}));
    await vi.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS.check_api_key - 1);
    expect(browser.ports[0]?.open).toBe(true);
    await vi.advanceTimersByTimeAsync(1);
    expect(await work).toEqual({ code: "host_timeout", posted: true });
  });

  test("that a killed host left is opened again by the next use", async () => {
    await client.request("plan_call", planRequest);
    browser.ports[0]?.end("Native host has exited.");
    expect(await client.request("plan_call", planRequest)).toEqual(PLAN);
  });

  test("whose host dies under a question is opened once more", async () => {
    host.before = ({ type }, port) => {
      if (type !== "plan_call") return false;
      host.before = () => false;
      port.end("Native host has exited.");
      return true;
    };
    expect(await client.request("plan_call", planRequest)).toEqual(PLAN);
    expect(browser.ports).toHaveLength(2);
  });

  test("whose host dies under every question is not opened in a loop", async () => {
    host.before = ({ type }, port) => {
      if (type === "plan_call") port.end("Native host has exited.");
      return type === "plan_call";
    };
    expect(await failure(client.request("plan_call", planRequest))).toEqual({ code: "host_failed", posted: true });
    expect(browser.ports).toHaveLength(2);
  });

  test("whose host never said hello is not opened a second time", async () => {
    host.before = (_message, port) => {
      port.end("Native host has exited.");
      return true;
    };
    expect(await failure(client.request("plan_call", planRequest))).toEqual({ code: "host_failed", posted: false });
    expect(browser.ports).toHaveLength(1);
  });
});

describe("a call", () => {
  test("is never posted again when the host dies under it", async () => {
    host.before = ({ type }, port) => {
      if (type === "place_call") port.end("Native host has exited.");
      return type === "place_call";
    };
    expect(await failure(client.request("place_call", callRequest))).toEqual({ code: "host_failed", posted: true });
    expect(postedOf("place_call")).toHaveLength(1);
  });

  test("is posted by the next port when the old one turned out to be closed before it left", async () => {
    await client.request("plan_call", planRequest);
    const [port] = browser.ports;
    // The browser has closed it and has not told yet.
    if (port) port.open = false;
    expect((await client.request("place_call", callRequest)).outcome).toBe("queued");
    expect(postedOf("place_call")).toHaveLength(1);
  });

  test("stays posted when another message finds the port closed", async () => {
    host.silentOn = ["place_call"];
    const call = failure(client.request("place_call", callRequest));
    await vi.advanceTimersByTimeAsync(0);
    const [port] = browser.ports;
    if (port) port.open = false;
    await client.request("plan_call", planRequest);
    expect(await call).toEqual({ code: "host_failed", posted: true });
  });
});

describe("each host fault has its code", () => {
  const SIZE = "Native application tried to send a message of 1819043176 bytes, which exceeds the limit of 1048576 bytes.";
  test.each([
    ["chromium", "Specified native messaging host not found.", "host_not_found"],
    ["chromium", "Access to the specified native messaging host is forbidden.", "host_forbidden"],
    ["chromium", "Native host has exited.", "host_failed"],
    ["chromium", "Error when communicating with the native messaging host.", "host_failed"],
    ["chromium", "The sender sent an invalid JSON message; message ignored.", "host_failed"],
    ["chromium", null, "host_failed"],
    ["firefox", "No such native application au.com.maxo.click_to_call", "host_not_found"],
    ["firefox", "An unexpected error occurred", "host_failed"],
    ["firefox", SIZE, "host_failed"],
    ["firefox", null, "host_failed"],
  ] as const)("%s: %s → %s", async (kind, reason, code) => {
    host.before = (_message, port) => {
      port.end(reason, kind);
      return true;
    };
    expect(await failure(client.request("get_status", {}))).toEqual({ code, posted: false });
  });

  test("a browser that refuses to connect at all", async () => {
    browser.connectError = new Error("nativeMessaging is not allowed");
    expect(await failure(client.request("get_status", {}))).toEqual({ code: "host_failed", posted: false });
  });

  test("a host that does not even say hello", async () => {
    host.silentOn = ["hello"];
    const work = failure(client.request("get_status", {}));
    await vi.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS.hello);
    expect(await work).toEqual({ code: "host_timeout", posted: false });
    expect(browser.ports[0]?.open).toBe(false);
  });

  test.each(Object.keys(REQUEST_TIMEOUT_MS).filter((type) => type !== "hello"))(
    "a host that never answers %s",
    async (type) => {
      host.silentOn = [type];
      const work = failure(client.request(type as RequestType, {} as never));
      await vi.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS[type as RequestType] - 1);
      expect(browser.ports[0]?.open).toBe(true);
      await vi.advanceTimersByTimeAsync(1);
      expect(await work).toEqual({ code: "host_timeout", posted: true });
      expect(browser.ports[0]?.open).toBe(false);
    },
  );

  test("a host that answers something else", async () => {
    host.answers.set("get_status", () => ({ ok: true, result: { settings: {} } }));
    expect(await failure(client.request("get_status", {}))).toEqual({ code: "host_failed", posted: true });
  });

  test.each([
    ["older", 0, "host_outdated"],
    ["newer", 2, "unsupported_protocol"],
  ])("a host of an %s protocol", async (_age, version, code) => {
    host.protocolVersion = version;
    expect(await failure(client.request("get_status", {}))).toEqual({ code, posted: false });
    // Its update is found by the next use, without a restart of the browser.
    host.protocolVersion = 1;
    await client.request("get_status", {});
  });
});

test("a plan's time-out does not take the port from a call under way", async () => {
  host.silentOn = ["plan_call", "place_call"];
  const call = failure(client.request("place_call", callRequest));
  const plan = failure(client.request("plan_call", planRequest));
  await vi.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS.plan_call);
  expect((await plan).code).toBe("host_timeout");
  expect(browser.ports[0]?.open).toBe(true);
  await vi.advanceTimersByTimeAsync(REQUEST_TIMEOUT_MS.place_call);
  expect((await call).code).toBe("host_timeout");
});

test("replies are matched by id, in whatever order they come", async () => {
  const waiting: (() => void)[] = [];
  host.receive = (port, message) => {
    const answer = () => FakeHost.prototype.receive.call(host, port, message);
    if (message["type"] === "hello") answer();
    else waiting.push(answer);
  };
  const plan = client.request("plan_call", planRequest);
  const status = client.request("get_status", {});
  await vi.advanceTimersByTimeAsync(0);
  for (const answer of waiting.reverse()) answer();
  expect((await status).api_host).toBe("myapi.maxo.com.au");
  expect((await plan).destination).toBe("0299998888");
});

test("messages that answer nothing are ignored", async () => {
  const logged = vi.spyOn(console, "warn").mockImplementation(() => {});
  await client.request("get_status", {});
  for (const message of [null, 7, "x", [], {}, { id: 99, ok: true, result: {} }, { id: null, ok: false }]) {
    browser.ports[0]?.say(message);
  }
  expect(logged).toHaveBeenCalledTimes(7);
  await client.request("get_status", {});
});

test("a host that only plans and places calls is asked for nothing else", async () => {
  host.features = ["plan_call", "place_call"];
  await client.request("plan_call", planRequest);
  expect((await client.request("place_call", callRequest)).outcome).toBe("queued");
  expect(await failure(client.request("get_status", {}))).toEqual({ code: "host_outdated", posted: false });
  expect(postedOf("get_status")).toHaveLength(0);
});

test("a host that does not know a type after all is an older one", async () => {
  host.answers.set("check_api_key", refusal("unknown_type"));
  expect((await failure(client.request("check_api_key", {}))).code).toBe("host_outdated");
});

describe("the contract", () => {
  test.each(CONTRACT.exchanges as { name: string; request: Record<string, unknown>; result: Record<string, unknown> }[])(
    "$name: the request is written and the result is read",
    async ({ request, result }) => {
      const { id: _id, type, ...fields } = request;
      if (type === "hello") {
        await client.request("get_status", {});
        expect(browser.posted[0]).toEqual({ ...request, id: 0 });
        return;
      }
      host.answers.set(type as string, () => ({ ok: true, result }));
      const got = await client.request(type as RequestType, fields as never);
      expect(got).toEqual(result);
      expect(browser.posted.at(-1)).toEqual({ ...request, id: 1 });
    },
  );

  test.each(Object.keys(CONTRACT.error_codes).filter((code) => code !== "unknown_type"))(
    "the error %s keeps its code",
    async (code) => {
      host.answers.set("get_status", refusal(code));
      expect(await failure(client.request("get_status", {}))).toEqual({ code, posted: true });
    },
  );

  test("a newer host may say more", async () => {
    host.answers.set("plan_call", () => ({ ok: true, result: { ...PLAN, mood: "sunny" }, more: 1 }));
    expect(await client.request("plan_call", planRequest)).toMatchObject(PLAN);
  });
});

// A browser in memory for the background: storage, native messaging, action, menus, scripting, and the English texts.
// Imported before anything of the extension, because `webext` is bound to the global at import.

import { readFileSync } from "node:fs";
import path from "node:path";

export const EXTENSION = path.join(import.meta.dirname, "../../../extension");
export const CONTRACT = JSON.parse(
  readFileSync(path.join(import.meta.dirname, "../../contract/messages.json"), "utf8"),
);
export const TEXTS: Record<string, { message: string }> = JSON.parse(
  readFileSync(path.join(EXTENSION, "static/_locales/en/messages.json"), "utf8"),
);
export const ORIGIN = "chrome-extension://mekckcfhcmacbbccnadgbbpiclkfnopo";

type Listener = (...values: never[]) => unknown;

class FakeEvent {
  readonly listeners: Listener[] = [];
  addListener = (listener: Listener) => void this.listeners.push(listener);
  emit(...values: unknown[]): unknown[] {
    return this.listeners.map((listener) => listener(...(values as never[])));
  }
}

/** One end of a native port; the host's end is `browser.host`. */
export class FakePort {
  readonly onMessage = new FakeEvent();
  readonly onDisconnect = new FakeEvent();
  readonly posted: Record<string, unknown>[] = [];
  error: { message: string } | null | undefined;
  open = true;

  postMessage(message: Record<string, unknown>): void {
    if (!this.open) throw new Error("Attempting to use a disconnected port object");
    this.posted.push(message);
    browser.posted.push(message);
    const copy = structuredClone(message);
    queueMicrotask(() => browser.host.receive(this, copy));
  }

  disconnect(): void {
    this.open = false;
  }

  /** The host says something. */
  say(message: unknown): void {
    if (this.open) this.onMessage.emit(message);
  }

  /** The host is gone. Chromium gives the reason in lastError, Firefox on the port (or not at all). */
  end(reason: string | null, kind: "chromium" | "firefox" = "chromium"): void {
    if (!this.open) return;
    this.open = false;
    if (kind === "firefox") this.error = reason === null ? null : { message: reason };
    else if (reason !== null) browser.lastError = { message: reason };
    this.onDisconnect.emit(this);
    browser.lastError = undefined;
  }
}

export interface Host {
  receive(port: FakePort, message: Record<string, unknown>): void;
}

class Area {
  readonly values = new Map<string, unknown>();

  async get(keys: string | null): Promise<Record<string, unknown>> {
    await browser.step(`get ${keys}`);
    const wanted = keys === null ? [...this.values.keys()] : [keys];
    return Object.fromEntries(
      wanted.filter((key) => this.values.has(key)).map((key) => [key, structuredClone(this.values.get(key))]),
    );
  }

  async set(values: Record<string, unknown>): Promise<void> {
    await browser.step(`set ${Object.keys(values)}`);
    for (const [key, value] of Object.entries(values)) this.values.set(key, structuredClone(value));
  }

  async remove(keys: string | string[]): Promise<void> {
    await browser.step(`remove ${keys}`);
    for (const key of [keys].flat()) this.values.delete(key);
  }
}

class FakeBrowser {
  session = new Area();
  local = new Area();
  ports: FakePort[] = [];
  /** Every message that any worker ever posted. */
  posted: Record<string, unknown>[] = [];
  host: Host = { receive: () => {} };
  lastError: { message: string } | undefined;
  connectError: Error | null = null;
  popupRefused = false;
  mayNotify = true;
  /** What a script that reads the page finds selected or in the focused field. */
  focusedText = "";
  /** What the background did to the browser, in order. */
  did: string[] = [];
  menus = new Map<string, string>();
  registered: { id: string; js?: string[]; css?: string[]; matches: string[]; excludeMatches?: string[] }[] = [];
  /** The worker is stopped when it takes this step of its own; null: never. */
  stopAt: number | null = null;
  steps = 0;

  reset(): void {
    Object.assign(this, new FakeBrowser());
  }

  /** One call of the worker into the browser. A stopped worker never hears of it again. */
  async step(_what: string): Promise<void> {
    this.steps += 1;
    if (this.stopAt === null || this.steps < this.stopAt) return;
    for (const port of this.ports) port.open = false;
    await new Promise(() => {});
  }

  /** Something that the worker does to the browser. */
  async act(what: string): Promise<void> {
    await this.step(what);
    this.did.push(what);
  }
}

export const browser = new FakeBrowser();

const chrome = {
  runtime: {
    id: "mekckcfhcmacbbccnadgbbpiclkfnopo",
    getURL: (file: string) => `${ORIGIN}/${file}`,
    getManifest: () => ({ version: "0.1.0" }),
    get lastError() {
      return browser.lastError;
    },
    connectNative(name: string) {
      if (browser.connectError) throw browser.connectError;
      if (name !== "au.com.maxo.click_to_call") throw new Error(`another host: ${name}`);
      const port = new FakePort();
      browser.ports.push(port);
      return port;
    },
    openOptionsPage: () => browser.act("options"),
    onMessage: new FakeEvent(),
    onInstalled: new FakeEvent(),
    onStartup: new FakeEvent(),
  },
  storage: {
    get session() {
      return browser.session;
    },
    get local() {
      return browser.local;
    },
  },
  i18n: {
    getMessage: (key: string, substitutions: string[] = []) =>
      (TEXTS[key]?.message ?? "").replace(/\$(\d)/g, (_all, digit) => substitutions[Number(digit) - 1] ?? ""),
  },
  action: {
    setBadgeText: ({ text }: { text: string }) => browser.act(`badge ${text}`),
    setBadgeBackgroundColor: async () => {},
    setTitle: ({ title }: { title: string }) => browser.act(`title ${title}`),
    openPopup: async () => {
      if (browser.popupRefused) throw new Error("openPopup requires a user gesture");
      await browser.act("popup");
    },
  },
  commands: { onCommand: new FakeEvent() },
  get notifications() {
    if (!browser.mayNotify) return undefined;
    return { create: (_id: string, { message }: { message: string }) => browser.act(`notify ${message}`) };
  },
  windows: { create: ({ url }: { url: string }) => browser.act(`window ${url}`) },
  tabs: {
    query: async () => [{ id: 1 }, { id: 2 }],
    create: ({ url }: { url: string }) => browser.act(`tab ${url}`),
    sendMessage: (tab: number, message: unknown) => browser.act(`tell ${tab} ${JSON.stringify(message)}`),
  },
  scripting: {
    async executeScript({ target, files }: { target: object; files?: string[] }) {
      if (files === undefined) return [{ result: browser.focusedText }];
      await browser.act(`run ${JSON.stringify(target)} ${files}`);
      return [];
    },
    insertCSS: ({ files }: { files: string[] }) => browser.act(`style ${files}`),
    removeCSS: ({ files }: { files: string[] }) => browser.act(`unstyle ${files}`),
    getRegisteredContentScripts: async () => browser.registered,
    unregisterContentScripts: async () => void (browser.registered = []),
    registerContentScripts: async (scripts: typeof browser.registered) => void browser.registered.push(...scripts),
  },
  contextMenus: {
    removeAll: () => browser.act("no menus"),
    create({ id, title }: { id: string; title: string }) {
      browser.menus.set(id, title);
      void browser.act(`menu ${id}`);
    },
    onClicked: new FakeEvent(),
  },
};

Object.assign(globalThis, { chrome, REGISTERED_SCRIPTS: ["area-code.js", "off.js", "region-NZ.js"] });

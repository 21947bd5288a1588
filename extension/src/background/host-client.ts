// The only file that speaks native messaging: one port, opened at the first need, requests matched to replies by id.
// Decides nothing about calls; never sends a request twice once it may have reached the host, except those that change nothing.

import { webext } from "../shared/browser.js";
import { logProblem } from "../shared/log.js";
import {
  type Hello,
  HOST_NAME,
  type HostErrorBody,
  type HostMessages,
  PROTOCOL_VERSION,
  type RequestType,
} from "../shared/protocol.js";
import { codeOfClosedPort, HostFailure } from "./host-faults.js";
import { isResultOf, readReply, reasonsOf } from "./host-replies.js";

type Result<T extends RequestType> = HostMessages[T]["result"];

/** How long each request may take, in milliseconds. The host bounds a call at 8 s and the keyring at 5 s within it. */
export const REQUEST_TIMEOUT_MS: Readonly<Record<RequestType, number>> = {
  hello: 3_000,
  get_status: 3_000,
  plan_call: 3_000,
  place_call: 10_000,
  get_call: 3_000,
  get_settings: 3_000,
  update_settings: 3_000,
  set_api_key: 8_000,
  delete_api_key: 8_000,
  check_api_key: 15_000,
  list_calls: 3_000,
  clear_calls: 3_000,
  diagnose: 16_000,
};

/** A port without work is closed after this; the host ends with it. */
export const IDLE_CLOSE_MS = 120_000;

/** The host knows the bytes of a hello with this id, and answers them before it has loaded a JSON parser. */
const HELLO_ID = 0;

/** Requests that change nothing, so that a host that died under them may be asked again. */
const REPEATABLE: ReadonlySet<RequestType> = new Set([
  "get_status",
  "plan_call",
  "get_call",
  "get_settings",
  "list_calls",
  "diagnose",
]);

interface Waiting {
  readonly type: RequestType;
  readonly resolve: (result: unknown) => void;
  readonly reject: (failure: HostFailure) => void;
  readonly timer: ReturnType<typeof setTimeout>;
}

/** The port closed before the reply. */
class BrokenPort extends HostFailure {}

/** One port and what waits on it. `answered` once the host has said hello; `closed` says why when it is gone. */
interface Connection {
  readonly port: chrome.runtime.Port;
  readonly waiting: Map<number, Waiting>;
  readonly hello: Promise<Hello>;
  answered: boolean;
  closed: { readonly code: string; readonly detail: string } | null;
}

export class HostClient {
  #connection: Connection | null = null;
  #idle: ReturnType<typeof setTimeout> | undefined;
  #nextId = 1;

  constructor(private readonly extensionVersion: string) {}

  /**
   * The host's result. Throws HostFailure: with the host's own error code, or host_not_found, host_forbidden,
   * host_failed, host_timeout, host_outdated. A port that worked before and broke is opened once more, for a request
   * that changes nothing or never left; a host that never answered is not started in a loop.
   */
  async request<T extends RequestType>(type: T, request: HostMessages[T]["request"]): Promise<Result<T>> {
    const connection = this.#open();
    try {
      return await this.#ask(connection, type, request);
    } catch (problem) {
      const broke = connection.answered && connection.closed !== null && problem instanceof BrokenPort;
      if (!broke || (problem.posted && !REPEATABLE.has(type))) throw problem;
      return await this.#ask(this.#open(), type, request);
    }
  }

  /** Closes the port; the next request opens another. */
  close(): void {
    const connection = this.#connection;
    if (connection === null) return;
    // A port that we close ourselves has no onDisconnect here.
    connection.port.disconnect();
    this.#dropped(connection, "host_failed", "the port was closed");
  }

  async #ask<T extends RequestType>(
    connection: Connection,
    type: T,
    request: HostMessages[T]["request"],
  ): Promise<Result<T>> {
    const hello = await connection.hello;
    if (!hello.features.includes(type)) {
      throw new HostFailure("host_outdated", `the host has no ${type}`, false);
    }
    return (await this.#post(connection, this.#nextId++, type, request)) as Result<T>;
  }

  #open(): Connection {
    if (this.#connection !== null) return this.#connection;
    let port: chrome.runtime.Port;
    try {
      port = webext.runtime.connectNative(HOST_NAME);
    } catch (problem) {
      throw new HostFailure("host_failed", String(problem), false);
    }
    let greet: (hello: Promise<Hello>) => void = () => {};
    const hello = new Promise<Hello>((resolve) => {
      greet = resolve;
    });
    const connection: Connection = { port, waiting: new Map(), hello, answered: false, closed: null };
    this.#connection = connection;
    port.onMessage.addListener((message) => this.#received(connection, message));
    port.onDisconnect.addListener((ended) => {
      const raw = closingText(ended);
      this.#dropped(connection, codeOfClosedPort(raw), raw);
    });
    greet(
      this.#sayHello(connection).catch((problem: unknown) => {
        // Not kept: after a repair or an update of the host the next use starts the new one.
        if (this.#connection === connection) this.close();
        throw problem;
      }),
    );
    return connection;
  }

  async #sayHello(connection: Connection): Promise<Hello> {
    // The order of these fields is part of those bytes.
    const hello = (await this.#post(connection, HELLO_ID, "hello", {
      protocol_version: PROTOCOL_VERSION,
      extension_version: this.extensionVersion,
    })) as Hello;
    if (hello.protocol_version !== PROTOCOL_VERSION) {
      const code = hello.protocol_version < PROTOCOL_VERSION ? "host_outdated" : "unsupported_protocol";
      throw new HostFailure(code, `the host speaks protocol ${hello.protocol_version}`, false);
    }
    connection.answered = true;
    return hello;
  }

  #post(connection: Connection, id: number, type: RequestType, request: object): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (connection.closed !== null) {
        reject(new BrokenPort(connection.closed.code, connection.closed.detail, false));
        return;
      }
      try {
        connection.port.postMessage({ id, type, ...request });
      } catch (problem) {
        // "Attempting to use a disconnected port object": nothing left the browser.
        this.#dropped(connection, "host_failed", String(problem));
        reject(new BrokenPort("host_failed", String(problem), false));
        return;
      }
      const timer = setTimeout(() => this.#late(connection, id), REQUEST_TIMEOUT_MS[type]);
      connection.waiting.set(id, { type, resolve, reject, timer });
      this.#watchIdle();
    });
  }

  #received(connection: Connection, message: unknown): void {
    const reply = readReply(message);
    const waiting = reply?.id == null ? undefined : connection.waiting.get(reply.id);
    if (reply === null || waiting === undefined) {
      // A reply after its time-out, or the host's complaint about a frame: nobody waits for it.
      logProblem("host", reply?.ok === false ? reply.error.code : "a message that answers nothing");
      return;
    }
    this.#settle(connection, reply.id as number, (one) => {
      if (!reply.ok) one.reject(failureOf(reply.error));
      else if (isResultOf(one.type, reply.result)) one.resolve(reply.result);
      else one.reject(new HostFailure("host_failed", `the result of ${one.type} has another shape`, true));
    });
  }

  #late(connection: Connection, id: number): void {
    this.#settle(connection, id, (one) => {
      one.reject(new HostFailure("host_timeout", `${one.type} took too long`, id !== HELLO_ID));
    });
    // A host that does not answer is not kept; but never taken away from a call that is still under way.
    if (connection === this.#connection && connection.waiting.size === 0) this.close();
  }

  #settle(connection: Connection, id: number, end: (waiting: Waiting) => void): void {
    const waiting = connection.waiting.get(id);
    if (waiting === undefined) return;
    connection.waiting.delete(id);
    clearTimeout(waiting.timer);
    this.#watchIdle();
    end(waiting);
  }

  #dropped(connection: Connection, code: string, detail: string): void {
    if (connection.closed !== null) return;
    connection.closed = { code, detail };
    if (this.#connection === connection) {
      this.#connection = null;
      clearTimeout(this.#idle);
    }
    for (const id of [...connection.waiting.keys()]) {
      this.#settle(connection, id, (one) => one.reject(new BrokenPort(code, detail, id !== HELLO_ID)));
    }
  }

  #watchIdle(): void {
    clearTimeout(this.#idle);
    const connection = this.#connection;
    if (connection === null || connection.waiting.size > 0) return;
    this.#idle = setTimeout(() => this.close(), IDLE_CLOSE_MS);
  }
}

/** Firefox tells the reason on the port, Chromium in lastError (which must be read, or it is logged as unchecked). */
function closingText(port: chrome.runtime.Port): string {
  const { error } = port as { error?: { message: string } | null };
  return error?.message ?? webext.runtime.lastError?.message ?? "the host closed the port";
}

function failureOf(error: HostErrorBody): HostFailure {
  // An unknown type means an older host, whatever its features said.
  const code = error.code === "unknown_type" ? "host_outdated" : error.code;
  return new HostFailure(code, error.message, true, reasonsOf(error));
}

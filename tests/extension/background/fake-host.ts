// A native host in memory that keeps a journal as the real one does, and can be told to fail at each moment.

import { browser, CONTRACT, type FakePort, type Host } from "./fake-browser.js";

type Message = Record<string, unknown>;

export const ALL_FEATURES: string[] = CONTRACT.exchanges[0].result.features;

export const PLAN = exchange("plan for a number on a page").result;
export const PLAN_ABROAD = exchange("plan for a number abroad").result;

export function exchange(name: string): { request: Message; result: Message } {
  return CONTRACT.exchanges.find((one: { name: string }) => one.name === name);
}

export class FakeHost implements Host {
  features = ALL_FEATURES;
  protocolVersion = 1;
  /** Calls that "MaxoTel" received, by attempt. */
  readonly sent: string[] = [];
  readonly journal = new Map<string, Message>();
  /** Types that are never answered. */
  silentOn: string[] = [];
  /** What a type is answered with, in place of the usual. */
  readonly answers = new Map<string, (message: Message) => Message>();
  /** Called with every request before it is worked on; true means that the host is gone and nothing more happens. */
  before: (message: Message, port: FakePort) => boolean = () => false;
  /** The same after the call was sent and before the reply. */
  beforeReply: (message: Message, port: FakePort) => boolean = () => false;

  receive(port: FakePort, message: Message): void {
    if (this.before(message, port)) return;
    const answer = this.answer(message);
    if (this.silentOn.includes(message["type"] as string) || this.beforeReply(message, port)) return;
    port.say({ id: message["id"], ...answer });
  }

  private answer(message: Message): Message {
    const special = this.answers.get(message["type"] as string);
    if (special) return special(message);
    return { ok: true, result: this.result(message) };
  }

  private result(message: Message): Message {
    const attempt = message["attempt"] as string;
    switch (message["type"]) {
      case "hello":
        return {
          host_version: "0.1.0",
          protocol_version: this.protocolVersion,
          platform: "linux",
          features: this.features,
        };
      case "plan_call":
        return PLAN;
      case "place_call": {
        const known = this.journal.get(attempt);
        if (known) return known;
        this.sent.push(attempt);
        return this.record({ attempt, outcome: "queued", code: null, destination: "0299998888", phone: "101" });
      }
      case "get_call":
        // An attempt that never arrived is closed for good, so that it can dial no more.
        return (
          this.journal.get(attempt) ??
          this.record({ attempt, outcome: "failed", code: "not_received", destination: null, phone: null })
        );
      default:
        return CONTRACT.exchanges.find((one: { request: Message }) => one.request["type"] === message["type"])
          .result;
    }
  }

  private record(outcome: Message): Message {
    this.journal.set(outcome["attempt"] as string, outcome);
    return outcome;
  }
}

/** The messages that were posted of one type. */
export function postedOf(type: string): Message[] {
  return browser.posted.filter((message) => message["type"] === type);
}

/** An error reply's body. */
export function refusal(code: string, reasons?: string[]): () => Message {
  return () => ({ ok: false, error: { code, message: "for the log", ...(reasons ? { reasons } : {}) } });
}

// One number with its card, from the first hover to the outcome: stages, times and the card's own button.
// What a click on the number means is judged elsewhere; messages leave through `ask` only.

import type { CallRequest, Fault, ShownOutcome } from "../shared/page-messages.js";
import type { Plan } from "../shared/protocol.js";
import { type Ask, isConnected, newAttempt, placeAttempt } from "./card-call.js";
import { type Action, type Face, faceOf, type Stage } from "./card-face.js";
import type { Box } from "./card-place.js";
import { isOnDark } from "./card-scheme.js";
import { CardView } from "./card-view.js";
import { SEEN_AFTER_MS } from "./click-guard.js";
import { copyText } from "./copy-text.js";
import type { Inquiry, Resident } from "./resident.js";

/** A second press within this time makes a click on text a double-click, which selects and does not call. */
const DOUBLE_CLICK_MS = 250;

export interface SessionOwner {
  readonly resident: Resident;
  readonly ask: Ask;
  /** What to say once the extension was updated: its texts cannot be read any more by then. */
  readonly afterUpdate: Partial<Face>;
  /** The helper answered with a plan, or it did not. */
  answered(good: boolean): void;
  /** A call began: until it settles, this number starts no other. */
  began(session: CardSession): void;
  /** The call, or the question about it, came to its end. */
  settled(session: CardSession): void;
  renew(session: CardSession): void;
}

export class CardSession {
  stage: Stage = { step: "planning" };
  /** The person asked for the card, so it stays when the pointer leaves. */
  pinned = false;
  /** Where the number was when the card was last placed. */
  rects: readonly Box[] = [];
  #view: CardView | null = null;
  #displayOnly = false;
  #face: Face;
  /** Since when these words are on the card, and since when nothing hid them. */
  #drawnAt: number | null = null;
  #clearSince: number | null = null;
  #cancelClick: (() => void) | null = null;

  constructor(
    readonly inquiry: Inquiry,
    private readonly owner: SessionOwner,
  ) {
    this.#face = faceOf(inquiry.number.raw, this.stage, false);
    void inquiry.plan.then((answer) => {
      this.#become(
        answer.ok ? { step: "planned", plan: answer.result } : { step: "unplanned", fault: answer.fault },
      );
      owner.answered(answer.ok);
    });
  }

  get plan(): Plan | null {
    return "plan" in this.stage ? this.stage.plan : null;
  }

  get box(): Box | null {
    return this.#view?.box() ?? null;
  }

  /** After the click the card is kept until its outcome was read. */
  get isKept(): boolean {
    return this.pinned || ["calling", "asked", "stopped", "ended"].includes(this.stage.step);
  }

  get canBePressed(): boolean {
    return this.#view !== null && !this.#displayOnly;
  }

  /** How long this very stage had been to be seen without a break at a time, in ms; null when it is not. */
  seenForMs(at: number): number | null {
    const seen = this.#clearSince !== null && this.#view?.isOnTop() === true;
    return seen ? at - (this.#clearSince ?? 0) : null;
  }

  /** Looks whether the card is still to be seen. After a break it has to be seen anew. */
  look(): void {
    if (this.#view?.hasNewOnTop() === true) this.raise();
    else if (this.#drawnAt === null) return;
    else if (this.#view?.isOnTop() !== true) this.#clearSince = null;
    else this.#clearSince ??= performance.now();
  }

  /** What the page says now is what was planned. */
  isUnchanged(): boolean {
    return this.owner.resident.numbers.reread(this.inquiry.number) === this.inquiry.text;
  }

  owns(event: Event): boolean {
    return this.#view?.owns(event) ?? false;
  }

  open(): void {
    const { numbers } = this.owner.resident;
    const element = numbers.elementOf(this.inquiry.number);
    if (element === null) return;
    this.rects = numbers.rectsOf(this.inquiry.number);
    this.#view = new CardView(element, isOnDark(element), {
      pressed: (event) => this.#pressed(event),
      copied: () => copyText(this.#shownNumber()),
      covered: () => {
        this.#clearSince = null;
      },
      gone: () => {
        this.#drawnAt = this.#clearSince = null;
      },
    });
    this.#draw();
    this.#seeWhatCanBePressed();
  }

  hide(): void {
    this.#view?.remove();
    this.#view = null;
    this.#drawnAt = this.#clearSince = null;
  }

  /** Something of the page went over the card: the card goes over it, and has to be seen anew. */
  raise(): void {
    this.#view?.raise();
    this.#draw();
    this.#seeWhatCanBePressed();
  }

  /** Follows a number that the page moved. */
  follow(rects: readonly Box[]): void {
    this.rects = rects;
    if (this.#view?.place(rects) === false) this.hide();
  }

  /** Calls after a click on the number itself; a second press that follows at once takes it back. */
  async callByNumber(): Promise<void> {
    const { stage } = this;
    if (stage.step !== "planned") return;
    await this.#place(
      stage.plan,
      async () => this.inquiry.number.source === "link" || (await this.#staysSingle()),
    );
  }

  /** A double-click began. */
  cancelClick(): void {
    this.#cancelClick?.();
  }

  /** Asks the person in the browser's own surface, where no page can reach. */
  async confirm(): Promise<void> {
    const { plan } = this;
    if (plan === null || plan.phone === null) return;
    const request = this.#request(newAttempt(), plan);
    this.#become({ step: "asked", plan });
    this.owner.began(this);
    const answer = await this.owner.ask("confirm", request);
    if (!answer.ok) this.#become(stopped(plan, answer.fault));
    this.owner.settled(this);
  }

  /** Under a modal dialog of the page our card is inert: it can be read and not pressed. */
  #seeWhatCanBePressed(): void {
    const before = this.#displayOnly;
    this.#displayOnly = this.#view !== null && !this.#view.isOnTop();
    if (this.#displayOnly !== before) this.#draw();
  }

  #staysSingle(): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => end(getSelection()?.type !== "Range"), DOUBLE_CLICK_MS);
      const end = (single: boolean): void => {
        clearTimeout(timer);
        this.#cancelClick = null;
        resolve(single);
      };
      this.#cancelClick = () => end(false);
    });
  }

  #pressed(event: MouseEvent): void {
    const action = this.#face.button?.action ?? null;
    // Just put under the finger: not meant.
    if (action === null || this.#drawnAt === null || event.timeStamp - this.#drawnAt < SEEN_AFTER_MS) return;
    // Covered by the page, or just now: the browser's own surface asks instead.
    const seen = (this.seenForMs(event.timeStamp) ?? 0) >= SEEN_AFTER_MS;
    void this.#act(action === "call" && !seen ? "confirm" : action);
  }

  async #act(action: Action): Promise<void> {
    const { plan } = this;
    if (action === "open_setup") await this.owner.ask("open_setup", {});
    else if (action === "reload_page") location.reload();
    else if (action === "plan" || !this.isUnchanged()) this.owner.renew(this);
    else if (action === "confirm") await this.confirm();
    else if (plan !== null) await this.#place(plan, async () => true);
  }

  /** One click, one attempt: its UUID is made here, before anything else can happen. */
  async #place(plan: Plan, meant: () => Promise<boolean>): Promise<void> {
    const request = this.#request(newAttempt(), plan);
    this.#become({ step: "calling", plan });
    this.owner.began(this);
    if (await meant()) {
      const answer = await placeAttempt(this.owner.ask, request);
      this.#become(answer.ok ? ended(plan, answer.result) : stopped(plan, answer.fault));
    } else this.#become({ step: "planned", plan });
    this.owner.settled(this);
  }

  #request(attempt: string, plan: Plan): CallRequest {
    const { text, number } = this.inquiry;
    const expected = { destination: plan.destination, phone: plan.phone?.number ?? "" };
    return { attempt, text, source: number.source, phone: null, expected };
  }

  #become(stage: Stage): void {
    this.stage = stage;
    this.#draw();
  }

  #draw(): void {
    const view = this.#view;
    if (view === null) return;
    const { stage } = this;
    this.#drawnAt = this.#clearSince = null;
    this.#face = isConnected()
      ? faceOf(this.inquiry.number.raw, stage, this.#displayOnly)
      : { ...this.#face, ...this.owner.afterUpdate };
    if (!view.show(this.#face, this.rects)) {
      this.hide();
      return;
    }
    // The second frame's start is the first moment at which the first frame was surely drawn.
    requestAnimationFrame(() =>
      requestAnimationFrame((now) => {
        if (this.stage !== stage || this.#view !== view) return;
        this.#drawnAt = now;
        this.look();
      }),
    );
  }

  #shownNumber(): string {
    const { number } = this.inquiry;
    return number.source === "page" ? number.raw : (this.plan?.display ?? number.text);
  }
}

function ended(plan: Plan, outcome: ShownOutcome): Stage {
  return { step: "ended", plan, outcome };
}

function stopped(plan: Plan, fault: Fault): Stage {
  return { step: "stopped", plan, fault };
}

// The card of one frame: which number it shows, when it goes, and what a click on a number means.

import type { Ask } from "./card-call.js";
import { updatedFace } from "./card-face.js";
import { keepsCard, type Point } from "./card-place.js";
import { CardSession, type SessionOwner } from "./card-session.js";
import {
  isOwnFrame,
  isPlainClick,
  isReallyVisible,
  judgeClick,
  type Press,
  pageAnswersClicks,
  type Verdict,
} from "./click-guard.js";
import type { PageNumber } from "./page-numbers.js";
import type { Card, Inquiry, Resident } from "./resident.js";

/** A pointer that comes nearer to the card may take so long; one that goes away closes it at once. */
const ON_ITS_WAY_MS = 250;
const GOOD_NEWS_MS = 6_000;
const BAD_NEWS_MS = 30_000;
/** How often an open card looks whether its number is still there. */
const LOOK_AFTER_MS = 250;

export class NumberCard implements Card, SessionOwner {
  readonly afterUpdate = updatedFace();
  #session: CardSession | null = null;
  #shown = new AbortController();
  #press: Press | null = null;
  #point: Point = { x: 0, y: 0 };
  #onCard = false;
  #leaving: ReturnType<typeof setTimeout> | undefined;
  #expiring: ReturnType<typeof setTimeout> | undefined;
  /** Calls that are under way, also while the card shows another number. */
  readonly #underWay = new Map<number, CardSession>();
  /** The helper answered the newest question with a plan. */
  #hostAnswers = false;

  constructor(
    readonly resident: Resident,
    readonly ask: Ask,
    signal: AbortSignal,
  ) {
    addEventListener("pointerdown", (event) => this.#pressedDown(event), {
      capture: true,
      passive: true,
      signal,
    });
    signal.addEventListener("abort", () => this.close());
  }

  show(inquiry: Inquiry, pinned = false): void {
    if (this.#session?.inquiry.number.id === inquiry.number.id) return;
    this.close();
    const session = this.#underWay.get(inquiry.number.id) ?? new CardSession(inquiry, this);
    session.pinned = pinned;
    this.#session = session;
    session.open();
    this.#watch();
  }

  pointerAt(event: MouseEvent, number: PageNumber | null): void {
    const session = this.#session;
    if (session === null) return;
    const before = this.#point;
    this.#point = { x: event.clientX, y: event.clientY };
    const { box } = session;
    const left = event.type === "mouseout"; // The window, by its edge.
    this.#onCard = !left && session.owns(event);
    const where = left || box === null ? "away" : keepsCard(this.#point, before, session.rects, box);
    if (this.#onCard || number?.id === session.inquiry.number.id || where === "on") this.#stay();
    else if (session.isKept) return;
    else if (where === "away") this.close();
    else this.#leaving ??= setTimeout(() => this.close(), ON_ITS_WAY_MS);
  }

  clicked(event: MouseEvent, number: PageNumber): void {
    const session = this.#session?.inquiry.number.id === number.id ? this.#session : null;
    const verdict = this.#judge(event, number, session);
    if (verdict.take) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    if (verdict.act === "call") void session?.callByNumber();
    if (verdict.act === "pin") this.#pin(number, session);
  }

  close(): void {
    this.#stay();
    clearTimeout(this.#expiring);
    this.#shown.abort();
    this.#session?.hide();
    this.#session = null;
    this.#onCard = false;
  }

  answered(good: boolean): void {
    this.#hostAnswers = good;
  }

  began(session: CardSession): void {
    this.#underWay.set(session.inquiry.number.id, session);
  }

  settled(session: CardSession): void {
    this.#underWay.delete(session.inquiry.number.id);
    if (session !== this.#session || session.stage.step === "planned") return;
    const good = session.stage.step === "asked" || isQueued(session);
    this.#expire(good ? GOOD_NEWS_MS : BAD_NEWS_MS);
  }

  renew(session: CardSession): void {
    const inquiry = this.resident.inquire(session.inquiry.number);
    this.close();
    if (inquiry !== null) this.show(inquiry, true);
  }

  #judge(event: MouseEvent, number: PageNumber, session: CardSession | null): Verdict {
    const { numbers } = this.resident;
    const element = numbers.elementOf(number);
    const answers = session?.stage.step === "planned" || session?.stage.step === "calling";
    return judgeClick({
      source: number.source,
      plain: isPlainClick(event, this.#press, getSelection()),
      repeated: event.detail > 1 || session?.stage.step === "calling" || this.#underWay.has(number.id),
      pageAnswers: element === null || pageAnswersClicks(element),
      hostAnswers: !isEmergency(number, session) && (answers || (this.#hostAnswers && !isUnplanned(session))),
      seenForMs: session?.stage.step === "planned" ? session.seenForMs(this.#decidedAt(event)) : null,
      visible: isReallyVisible(numbers, number, event),
      ownFrame: isOwnFrame(),
      directClick: session?.plan?.direct_click === true && session.plan.decision === "allow",
      unchanged: session?.isUnchanged() === true,
    });
  }

  /** When the person made up their mind: a page can still change much between button down and up. */
  #decidedAt(event: MouseEvent): number {
    const byKey = event.detail === 0;
    return byKey || this.#press === null ? event.timeStamp : this.#press.at;
  }

  /** A click that may not call: the card stays, or the browser's own surface asks where the card cannot. */
  #pin(number: PageNumber, session: CardSession | null): void {
    if (session === null) {
      const inquiry = this.resident.inquire(number);
      if (inquiry !== null) this.show(inquiry, true);
      return;
    }
    if (["unplanned", "stopped", "ended", "asked"].includes(session.stage.step)) this.renew(session);
    else if (session.canBePressed) session.pinned = true;
    else if (session.plan !== null && session.plan.decision !== "refuse") void session.confirm();
  }

  /** What takes the card away while it is open, besides the pointer. */
  #watch(): void {
    this.#shown = new AbortController();
    const { signal } = this.#shown;
    const options = { capture: true, passive: true, signal };
    const close = (event: Event): void => {
      if (event.isTrusted) this.close();
    };
    addEventListener("keydown", (event) => event.key === "Escape" && close(event), options);
    addEventListener("scroll", (event) => this.#moves(event) && close(event), options);
    addEventListener("toggle", (event) => this.#isNewOnTop(event) && this.#session?.raise(), options);
    for (const type of ["pagehide", "fullscreenchange"]) addEventListener(type, close, options);
    addEventListener("resize", () => this.#followNumber(), options);
    document.addEventListener("visibilitychange", close, options);
    const look = setInterval(() => this.#lookAfter(), LOOK_AFTER_MS);
    signal.addEventListener("abort", () => clearInterval(look));
  }

  /** Whether the page has just put something of its own into the top layer. */
  #isNewOnTop(event: Event): boolean {
    const { target } = event;
    if (!event.isTrusted || this.#session?.owns(event) || !(target instanceof Element)) return false;
    return target.matches(":popover-open, :modal");
  }

  /** Whether this scrolling carries the number away under an open plan; an outcome stays to be read. */
  #moves(event: Event): boolean {
    const session = this.#session;
    if (session === null || !(event.target instanceof Node)) return false;
    if (session.isKept && session.stage.step !== "planned" && session.stage.step !== "planning") return false;
    const element = this.resident.numbers.elementOf(session.inquiry.number);
    return element === null || event.target === document || event.target.contains(element);
  }

  #lookAfter(): void {
    const session = this.#session;
    session?.look();
    if (session === null || !["planning", "planned", "unplanned"].includes(session.stage.step)) return;
    if (!session.isUnchanged()) {
      this.close();
      return;
    }
    if (!this.#onCard) this.#followNumber();
  }

  #followNumber(): void {
    const session = this.#session;
    if (session === null) return;
    const rects = this.resident.numbers.rectsOf(session.inquiry.number);
    const moved = rects[0]?.left !== session.rects[0]?.left || rects[0]?.top !== session.rects[0]?.top;
    if (moved && rects.length > 0) session.follow(rects);
  }

  #pressedDown(event: PointerEvent): void {
    if (!event.isTrusted) return;
    const session = this.#session;
    if (session?.owns(event)) return;
    this.#press = { at: event.timeStamp, x: event.clientX, y: event.clientY };
    if (session === null) return;
    const onNumber = this.resident.numbers.hitAt(event)?.id === session.inquiry.number.id;
    if (onNumber) session.cancelClick();
    else if (session.isKept) this.close();
  }

  #expire(ms: number): void {
    clearTimeout(this.#expiring);
    this.#expiring = setTimeout(() => (this.#onCard ? this.#expire(ms) : this.close()), ms);
  }

  #stay(): void {
    clearTimeout(this.#leaving);
    this.#leaving = undefined;
  }
}

/** A link to an emergency number is never taken from the system. */
function isEmergency(number: PageNumber, session: CardSession | null): boolean {
  return number.kind === "emergency" || session?.plan?.kind === "emergency";
}

function isUnplanned(session: CardSession | null): boolean {
  return session?.stage.step === "unplanned";
}

function isQueued(session: CardSession): boolean {
  return session.stage.step === "ended" && session.stage.outcome.outcome === "queued";
}

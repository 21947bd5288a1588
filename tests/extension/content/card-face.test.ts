import { expect, test } from "vitest";
import { TEXTS } from "../background/fake-browser.js";
import { exchange, PLAN, PLAN_ABROAD } from "../background/fake-host.js";
import { faceOf, spokenDigits, type Stage } from "../../../extension/src/content/card-face.js";
import type { Fault, ShownOutcome } from "../../../extension/src/shared/page-messages.js";
import type { Plan } from "../../../extension/src/shared/protocol.js";

const HOME = PLAN as unknown as Plan;
const ABROAD = PLAN_ABROAD as unknown as Plan;
const RAW = "02 9999 8888";

const words = (key: string) => TEXTS[key]?.message;
const face = (stage: Stage, displayOnly = false) => faceOf(RAW, stage, displayOnly);
const planned = (plan: Plan) => face({ step: "planned", plan });
const fault = (change: Partial<Fault> = {}): Fault => ({ code: "x", text: "No.", remedy: "none", ...change });
const ended = (change: Partial<ShownOutcome>): Stage => ({
  step: "ended",
  plan: HOME,
  outcome: {
    attempt: "a",
    outcome: "queued",
    code: null,
    destination: null,
    phone: "101",
    text: "Sent: pick up 101 (Desk)",
    remedy: "none",
    ...change,
  },
});

test("before the plan is there, the card shows the number as it stands on the page, and no button", () => {
  expect(face({ step: "planning" })).toMatchObject({ title: RAW, spoken: "0 2 9 9 9 9 8 8 8 8", button: null, dials: "" });
});

test("a plan says what will be dialled, where it is, and which phone rings", () => {
  expect(planned(HOME)).toMatchObject({
    title: "(02) 9999 8888",
    spoken: "0 2 9 9 9 9 8 8 8 8",
    place: "Landline · NSW/ACT",
    dials: "Will dial 0299998888",
    rings: "Rings 101 (Desk)",
    status: null,
    button: { label: "Call", spoken: "Call 0 2 9 9 9 9 8 8 8 8", action: "call" },
  });
});

test("a number abroad names its country, says why it asks, and its button asks", () => {
  const { place, status, button } = planned(ABROAD);
  expect(place).toBe("Landline · United Kingdom");
  expect(status).toEqual({ text: words("reason_international"), tone: "warning" });
  expect(button).toMatchObject({ action: "confirm" });
});

test("a refused number says why and cannot be called from the card", () => {
  const emergency = exchange("plan for the emergency number").result as unknown as Plan;
  expect(planned(emergency)).toMatchObject({
    button: null,
    rings: "",
    dials: "",
    status: { text: words("refused_emergency"), tone: "bad" },
  });
});

test("without a phone the one button opens the setup", () => {
  const noPhone = exchange("plan before any phone is set up").result as unknown as Plan;
  expect(planned(noPhone)).toMatchObject({ button: { action: "open_setup" }, status: { tone: "bad" } });
});

test("an extension to dial by hand is a note", () => {
  const plan = exchange("plan with an extension to dial by hand").result as unknown as Plan;
  expect(planned(plan).notes).toEqual(["Then dial extension 12 when they answer."]);
});

test("while calling, the button stands still", () => {
  expect(face({ step: "calling", plan: HOME }).button).toMatchObject({ label: "Calling…", action: null });
});

test("a queued call says so, offers no button, and never says connected", () => {
  const { status, button } = face(ended({}));
  expect(status).toEqual({ text: "Sent: pick up 101 (Desk)", tone: "good" });
  expect(button).toBeNull();
});

test.each([
  ["open_setup", "open_setup"],
  ["try_again", "call"],
  ["call_anyway", "confirm"],
  ["confirm", "confirm"],
  ["reload_page", "reload_page"],
] as const)("the remedy %s is one button", (remedy, action) => {
  expect(face(ended({ outcome: "failed", code: "x", remedy })).button).toMatchObject({ action });
  expect(face({ step: "stopped", plan: HOME, fault: fault({ remedy }) }).button).toMatchObject({ action });
});

test("a plan that changed, or never came, is asked for again and not called", () => {
  const changed = fault({ code: "plan_changed", remedy: "try_again" });
  expect(face({ step: "stopped", plan: HOME, fault: changed }).button?.action).toBe("plan");
  expect(face({ step: "unplanned", fault: fault({ remedy: "try_again" }) }).button?.action).toBe("plan");
});

test("an outcome that is not known is a warning, not a failure", () => {
  expect(face(ended({ outcome: "unknown", remedy: "call_anyway" })).status?.tone).toBe("warning");
});

test("where nothing can be pressed, there is no button and a hint in its place", () => {
  const shown = face({ step: "planned", plan: HOME }, true);
  expect(shown).toMatchObject({ button: null, status: { text: words("card_display_only"), tone: "quiet" } });
});

test("a screen reader hears digits one by one", () => {
  expect(spokenDigits("+44 (0)20 7946")).toBe("+ 4 4 0 2 0 7 9 4 6");
});

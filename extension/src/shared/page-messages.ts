// The messages inside the extension: content scripts and our own pages to the background, and back.
// On the wire a message is flat: `{type, …request}`; the reply is an Answer. The background treats every content
// script as hostile: what it may ask is listed here, and nothing else.

import type { CallList, Outcome, Phone, Plan, Settings, Source, Status } from "./protocol.js";

/** What went wrong, ready to show: a code of the host or of the extension, its sentence, and one remedy. */
export interface Fault {
  readonly code: string;
  readonly text: string;
  readonly remedy: Remedy;
  readonly reasons?: readonly string[];
}

/** The one button beside a fault. `none` shows no button. */
export type Remedy = "open_setup" | "try_again" | "call_anyway" | "confirm" | "reload_page" | "none";

export type Answer<T> =
  | { readonly ok: true; readonly result: T }
  | { readonly ok: false; readonly fault: Fault };

export interface CallRequest {
  readonly attempt: string;
  readonly text: string;
  readonly source: Source;
  readonly phone: string | null;
  readonly expected: { readonly destination: string; readonly phone: string };
}

/** An outcome with the sentence that a person reads. */
export interface ShownOutcome extends Outcome {
  readonly text: string;
  readonly remedy: Remedy;
}

/** What a content script may ask of the background. */
export interface ContentMessages {
  load_card: { request: Record<never, never>; result: Record<never, never> };
  plan: { request: { text: string; source: "page" | "link"; phone: string | null }; result: Plan };
  call: { request: CallRequest; result: ShownOutcome };
  outcome: { request: { attempt: string }; result: ShownOutcome };
  confirm: { request: CallRequest; result: Record<never, never> };
  open_setup: { request: Record<never, never>; result: Record<never, never> };
}

/** What our own pages (popup, options) may ask besides. */
export interface PageMessages {
  status: { request: Record<never, never>; result: Status };
  plan_typed: { request: { text: string; source: Source; phone: string | null }; result: Plan };
  call_typed: {
    request: CallRequest & { confirmed: readonly string[]; private: boolean };
    result: ShownOutcome;
  };
  pending_confirmation: { request: Record<never, never>; result: PendingConfirmation | null };
  drop_confirmation: { request: Record<never, never>; result: Record<never, never> };
  update_settings: { request: { settings: Partial<Settings> }; result: Settings };
  set_api_key: { request: { api_key: string }; result: Record<never, never> };
  delete_api_key: { request: Record<never, never>; result: Record<never, never> };
  check_api_key: { request: Record<never, never>; result: { text: string; good: boolean } };
  finder: { request: Record<never, never>; result: FinderState };
  change_finder: { request: Partial<FinderChoices>; result: FinderState };
  feedback: { request: Record<never, never>; result: Feedback };
  change_feedback: { request: Feedback; result: Feedback };
  recent_calls: { request: { before: number | null; search: string }; result: CallList };
  forget_calls: { request: Record<never, never>; result: { cleared: number } };
  last_notice: { request: Record<never, never>; result: PageNotice | null };
}

/** A call that waits for a person's yes in the browser's own surface. */
export interface PendingConfirmation extends CallRequest {
  readonly plan: Plan;
  readonly private: boolean;
}

/** What happened a moment ago outside of any of our pages (a call from the context menu), for the popup to say. */
export interface PageNotice {
  readonly text: string;
  readonly remedy: Remedy;
  /** `open`: it is not known whether the phone will ring. */
  readonly look: "good" | "bad" | "open";
}

/**
 * What shapes the finder. A frame that starts learns it without a message, from tiny scripts that the background
 * registers at document_start and that stand in src/content/registered/: `region-XX.ts` (only for a region other than
 * AU), `area-code.ts` (an area code is set), `off.ts` (nothing is marked here: this site, or everywhere).
 */
export interface FinderState extends FinderChoices {
  readonly region: string;
  readonly area_code: boolean;
}

/** What a person chooses for pages. Sites are host names; their sub-domains are meant as well. */
export interface FinderChoices {
  readonly right_click_only: boolean;
  /** `allowed`: nothing is marked but on `sites_on`. */
  readonly sites: "everywhere" | "allowed";
  readonly sites_on: readonly string[];
  readonly sites_off: readonly string[];
  readonly marking: Marking;
  /** A click on a number only opens its card, whose button calls. */
  readonly card_only: boolean;
}

export type Marking = "dotted" | "solid" | "tint";

/** Which ends of calls are also told by a notification of the operating system. */
export interface Feedback {
  readonly notify: "off" | "failures" | "all";
}

/** A number of a page, as the popup lists it. */
export interface ListedNumber {
  readonly source: "page" | "link";
  readonly kind: "phone" | "fax" | "emergency";
  /** What is planned and called. */
  readonly text: string;
  /** As seen on the page. */
  readonly raw: string;
}

/** What the background tells a content script. */
export type ToContent =
  | { readonly type: "finder_changed"; readonly finder: FinderState }
  | { readonly type: "phones"; readonly phones: readonly Phone[] };

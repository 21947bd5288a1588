// The messages between extension and host, as types: the mirror of native_host/protocol.py.
// Holds no behaviour; tests/contract/messages.json keeps both sides in step.

export const HOST_NAME = "au.com.maxo.click_to_call";
export const PROTOCOL_VERSION = 1;

/** Where the text of a call came from; the host allows short forms only for `typed`. */
export type Source = "page" | "link" | "selection" | "typed";

export type Decision = "allow" | "confirm" | "refuse";

export type Kind =
  | "fixed_line"
  | "mobile"
  | "toll_free"
  | "local_rate"
  | "premium"
  | "satellite"
  | "shared_cost"
  | "voip"
  | "personal"
  | "pager"
  | "short_code"
  | "extension"
  | "emergency"
  | "unknown";

export interface Phone {
  readonly number: string;
  readonly label: string;
  readonly auto_answer: boolean;
}

/** What would happen if this were called now. `destination` is the exact string that MaxoTel receives. */
export interface Plan {
  readonly display: string;
  readonly destination: string;
  readonly kind: Kind;
  readonly country: string | null;
  readonly area: string | null;
  readonly time_zones: readonly string[];
  readonly extension: string | null;
  readonly notes: readonly string[];
  readonly decision: Decision;
  readonly reasons: readonly string[];
  readonly direct_click: boolean;
  readonly phone: Phone | null;
}

export type OutcomeState = "queued" | "failed" | "unknown" | "pending";

/** `code` is null only when queued or pending; `destination` is null when only the journal's hash is left of it. */
export interface Outcome {
  readonly attempt: string;
  readonly outcome: OutcomeState;
  readonly code: string | null;
  readonly destination: string | null;
  readonly phone: string | null;
}

export interface Settings {
  readonly phones: readonly Phone[];
  readonly default_phone: string | null;
  readonly region: string;
  readonly area_code: string | null;
  readonly national_form: "national" | "e164";
  readonly international_form: "idd" | "plus";
  readonly outside_line_prefix: string;
  readonly extension_digits: readonly [number, number];
  readonly premium_calls: "confirm" | "refuse";
  readonly international_calls: "confirm_first" | "confirm_always" | "allow" | "refuse";
  readonly calls_per_minute: number;
  readonly history: "off" | "session" | "30_days" | "for_ever";
}

export type KeyState = "stored" | "absent" | "unknown";

export interface Notice {
  readonly code: string;
  readonly message: string;
}

export interface Status {
  readonly settings: Settings;
  readonly locked: readonly (keyof Settings)[];
  readonly key: KeyState;
  readonly api_host: string;
  readonly journal: "ok" | "unusable";
  readonly guard: "closed" | "open";
  readonly notices: readonly Notice[];
}

export interface Hello {
  readonly host_version: string;
  readonly protocol_version: number;
  readonly platform: "linux" | "windows" | "macos";
  readonly features: readonly string[];
}

export interface PlaceCall {
  readonly attempt: string;
  readonly text: string;
  readonly source: Source;
  readonly phone: string | null;
  readonly expected: { readonly destination: string; readonly phone: string };
  readonly confirmed: readonly string[];
  readonly private: boolean;
}

/** A call that was placed, as the host's journal keeps it; `number` grows with each, `started` is in seconds since 1970. */
export interface ListedCall {
  readonly number: number;
  readonly attempt: string;
  readonly started: number;
  readonly destination: string;
  readonly display: string;
  readonly kind: string;
  readonly country: string | null;
  readonly phone: string;
  readonly outcome: OutcomeState;
  readonly code: string | null;
}

/** A page of the calls placed, latest first, and whether there are earlier ones. */
export interface CallList {
  readonly calls: readonly ListedCall[];
  readonly more: boolean;
}

/** One line of the doctor, in English: what is right, or what is not and how to mend it. */
export interface Finding {
  readonly about: string;
  readonly state: "ok" | "warning" | "fault";
  readonly text: string;
  readonly browser: string | null;
  readonly milliseconds: number | null;
}

/** Every request type with its fields and its result: the one table that types the host client. */
export interface HostMessages {
  hello: { request: { protocol_version: number; extension_version: string }; result: Hello };
  get_status: { request: Record<never, never>; result: Status };
  plan_call: { request: { text: string; source: Source; phone: string | null }; result: Plan };
  place_call: { request: PlaceCall; result: Outcome };
  get_call: { request: { attempt: string }; result: Outcome };
  get_settings: { request: Record<never, never>; result: { settings: Settings; locked: readonly string[] } };
  update_settings: {
    request: { settings: Partial<Settings> };
    result: { settings: Settings; locked: readonly string[] };
  };
  set_api_key: { request: { api_key: string }; result: { key: KeyState } };
  delete_api_key: { request: Record<never, never>; result: { key: KeyState } };
  check_api_key: {
    request: Record<never, never>;
    result: { verdict: "answered" | "refused" | "no_permission" | "unclear"; code: string | null };
  };
  list_calls: {
    request: { limit: number; before: number | null; search: string | null };
    result: CallList;
  };
  clear_calls: { request: Record<never, never>; result: { cleared: number } };
  diagnose: { request: Record<never, never>; result: { findings: readonly Finding[] } };
}

export type RequestType = keyof HostMessages;

export interface HostErrorBody {
  readonly code: string;
  readonly message: string;
  readonly reasons?: readonly string[];
}

export type Reply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly id: number | null; readonly ok: false; readonly error: HostErrorBody };

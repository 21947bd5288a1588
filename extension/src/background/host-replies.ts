// The shapes of what the host replies. A host is older or newer than this extension, so fields may be more, never less.

import type { HostErrorBody, Reply, RequestType } from "../shared/protocol.js";
import {
  isBoolean,
  isCount,
  isList,
  isOneOf,
  isRecord,
  isString,
  orNull,
  type Shape,
} from "../shared/shapes.js";

const isPhone = isRecord({ number: isString, label: isString, auto_answer: isBoolean });

const isSettings = isRecord({
  phones: isList(isPhone),
  default_phone: orNull(isString),
  region: isString,
  area_code: orNull(isString),
  national_form: isString,
  international_form: isString,
  outside_line_prefix: isString,
  extension_digits: (value) => isList(isCount)(value) && (value as number[]).length === 2,
  premium_calls: isString,
  international_calls: isString,
  calls_per_minute: isCount,
  history: isString,
});

const isPlan = isRecord({
  display: isString,
  destination: isString,
  kind: isString,
  country: orNull(isString),
  area: orNull(isString),
  time_zones: isList(isString),
  extension: orNull(isString),
  notes: isList(isString),
  decision: isOneOf("allow", "confirm", "refuse"),
  reasons: isList(isString),
  direct_click: isBoolean,
  phone: orNull(isPhone),
});

const isOutcome = isRecord({
  attempt: isString,
  outcome: isOneOf("queued", "failed", "unknown", "pending"),
  code: orNull(isString),
  destination: orNull(isString),
  phone: orNull(isString),
});

const isListedCall = isRecord({
  number: isCount,
  attempt: isString,
  started: (value) => typeof value === "number",
  destination: isString,
  display: isString,
  kind: isString,
  country: orNull(isString),
  phone: isString,
  outcome: isOneOf("queued", "failed", "unknown", "pending"),
  code: orNull(isString),
});

const isFinding = isRecord({
  about: isString,
  state: isOneOf("ok", "warning", "fault"),
  text: isString,
  browser: orNull(isString),
  milliseconds: orNull(isCount),
});

const isKey = isRecord({ key: isOneOf("stored", "absent", "unknown") });
const isChangedSettings = isRecord({ settings: isSettings, locked: isList(isString) });

const RESULTS: Readonly<Record<RequestType, Shape>> = {
  hello: isRecord({
    host_version: isString,
    protocol_version: isCount,
    platform: isString,
    features: isList(isString),
  }),
  get_status: isRecord({
    settings: isSettings,
    locked: isList(isString),
    key: isOneOf("stored", "absent", "unknown"),
    api_host: isString,
    journal: isString,
    guard: isString,
    notices: isList(isRecord({ code: isString, message: isString })),
  }),
  plan_call: isPlan,
  place_call: isOutcome,
  get_call: isOutcome,
  get_settings: isChangedSettings,
  update_settings: isChangedSettings,
  set_api_key: isKey,
  delete_api_key: isKey,
  check_api_key: isRecord({
    verdict: isOneOf("answered", "refused", "no_permission", "unclear"),
    code: orNull(isString),
  }),
  list_calls: isRecord({ calls: isList(isListedCall), more: isBoolean }),
  clear_calls: isRecord({ cleared: isCount }),
  diagnose: isRecord({ findings: isList(isFinding) }),
};

const isError = isRecord({ code: isString, message: isString });
const isReply = isRecord({ id: orNull(isCount), ok: isBoolean });

/** The reply in a message of the host, or null when the message is none. */
export function readReply(message: unknown): Reply | null {
  if (!isReply(message)) return null;
  const reply = message as Reply;
  if (reply.ok) return reply.id === null || !("result" in reply) ? null : reply;
  return isError(reply.error) ? reply : null;
}

/** Whether this is a result of this request. */
export function isResultOf(type: RequestType, result: unknown): boolean {
  return RESULTS[type](result);
}

/** The reasons of an error, when the host gave any. */
export function reasonsOf(error: HostErrorBody): readonly string[] {
  return isList(isString)(error.reasons) ? (error.reasons ?? []) : [];
}

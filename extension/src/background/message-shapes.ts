// The exact shape of every message that the background takes, field by field: a compromised page's frame may send anything.

import type { ContentMessages, PageMessages } from "../shared/page-messages.js";
import {
  isBoolean,
  isCount,
  isExactly,
  isList,
  isMatch,
  isOneOf,
  isPartly,
  isRecord,
  isText,
  orNull,
  type Shape,
} from "../shared/shapes.js";
import { TEXT_MAX_LENGTH } from "./call-text.js";

const isNumberText = isText(TEXT_MAX_LENGTH);
const isPhoneChoice = orNull(isText(32));
const isAttempt = isMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
const isPageSource = isOneOf("page", "link");
const isAnySource = isOneOf("page", "link", "selection", "typed");
/** A host name in lower case, as it may stand in a match pattern. */
const isSite = isMatch(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);

const callFields = (source: Shape) => ({
  attempt: isAttempt,
  text: isNumberText,
  source,
  phone: isPhoneChoice,
  expected: isExactly({ destination: isText(32), phone: isText(32) }),
});

export const CONTENT_SHAPES: Readonly<Record<keyof ContentMessages, Shape>> = {
  load_card: isExactly({}),
  plan: isExactly({ text: isNumberText, source: isPageSource, phone: isPhoneChoice }),
  call: isExactly(callFields(isPageSource)),
  outcome: isExactly({ attempt: isAttempt }),
  confirm: isExactly(callFields(isPageSource)),
  open_setup: isExactly({}),
};

export const PAGE_SHAPES: Readonly<Record<keyof PageMessages, Shape>> = {
  status: isExactly({}),
  plan_typed: isExactly({ text: isNumberText, source: isAnySource, phone: isPhoneChoice }),
  call_typed: isExactly({ ...callFields(isAnySource), confirmed: isList(isText(64)), private: isBoolean }),
  pending_confirmation: isExactly({}),
  drop_confirmation: isExactly({}),
  // The host checks each value, and knows the rules.
  update_settings: isExactly({ settings: isRecord({}) }),
  set_api_key: isExactly({ api_key: isText(TEXT_MAX_LENGTH) }),
  delete_api_key: isExactly({}),
  check_api_key: isExactly({}),
  finder: isExactly({}),
  change_finder: isPartly({
    right_click_only: isBoolean,
    sites: isOneOf("everywhere", "allowed"),
    sites_on: isList(isSite),
    sites_off: isList(isSite),
    marking: isOneOf("dotted", "solid", "tint"),
    card_only: isBoolean,
  }),
  feedback: isExactly({}),
  change_feedback: isExactly({ notify: isOneOf("off", "failures", "all") }),
  recent_calls: isExactly({ before: orNull(isCount), search: isText(TEXT_MAX_LENGTH) }),
  forget_calls: isExactly({}),
  last_notice: isExactly({}),
};

"""What the command line and the doctor say, in English: one sentence for each code of the contract.

The extension has its own texts in `_locales`. This file decides nothing.
"""

from __future__ import annotations

UNKNOWN_HINT = "Your phone may still ring; look before you call again."

OUTCOMES = {
    "no_keyring": "No keyring was found on this computer, so the key could not be read.",
    "keyring_locked": "The keyring is locked. Unlock it and call again.",
    "no_api_key": "No MaxoTel API key is stored yet. Store it by `maxo-call key set`.",
    "keyring_denied": "The keyring refused access to the key.",
    "keyring_timeout": "The keyring did not answer in time. Look for its window, then call again.",
    "api_unreachable": "MaxoTel could not be reached. Check the network connection.",
    "dns_failed": "MaxoTel's address was not found. Check the network connection.",
    "tls_failed": "MaxoTel's certificate is not trusted here. The network may need a login or its own one.",
    "proxy_failed": "The proxy that is set on this computer did not let the request through.",
    "connect_timeout": "MaxoTel could not be reached in time. Nothing was sent.",
    "api_key_refused": "MaxoTel refused the API key. Store another by `maxo-call key set`.",
    "no_permission": 'The API key lacks the permission "Account Functions/Click to Call".',
    "bad_call_request": "MaxoTel did not accept this phone and number.",
    "unknown_method": "This address has no MaxoTel API. Check the setting api_base_url.",
    "phone_unavailable": "The phone is not connected to MaxoTel right now.",
    "call_rejected": "MaxoTel did not accept the call.",
    "redirected": "MaxoTel's address points elsewhere. The network may need a login.",
    "not_received": "The call was given up before it was sent.",
    "cancelled": "The call was cancelled before it was sent.",
    "no_answer": "MaxoTel did not answer in time.",
    "connection_lost": "The connection was lost before MaxoTel answered.",
    "unexpected_answer": "The answer was not one of MaxoTel's. The network may need a login.",
    "server_error": "MaxoTel had a fault of its own.",
    "host_stopped": "The helper stopped before the answer came.",
}

REASONS = {
    "emergency": "Dial an emergency number on the phone itself: help is sent to where that phone is.",
    "dial_on_phone": "Dial this number on the phone itself.",
    "no_phone": "No phone is set. Set one by `maxo-call settings set phones`.",
    "premium": "It is a premium number, which costs more.",
    "international": "It is a number abroad.",
    "destination_not_allowed": "Your organisation does not allow calls to this number.",
    "phone_not_allowed": "Your organisation does not allow calls from this phone.",
    "circuit_open": "Too many calls were placed in a short time. Wait some minutes.",
    "policy_invalid": "Your organisation's rules cannot be read: nothing is called. Run `maxo-call doctor`.",
    "limit_reached": "The number of calls that your organisation allows is used up for now.",
    "journal_unusable": "The record of calls cannot be written. Check the free space on the disk.",
    "satellite": "It is a satellite number, which costs more.",
    "shared_cost": "It is a shared-cost number abroad, which may cost more.",
    "repeated": "The same number was called a moment ago.",
    "burst": "Many calls were placed in the last minutes.",
    "destination_to_confirm": "Your organisation wants calls to this number to be confirmed.",
    "no_journal": "Earlier calls are not known, because their record cannot be read.",
}

NOTES = {
    "no_area_code": "No area code is set, so it is dialled as written.",
    "then_extension": "Then dial the extension.",
    "double_zero": "Its 00 was read as +.",
    "outside_line_prefix": "It begins with the outside-line prefix.",
}

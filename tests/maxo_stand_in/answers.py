"""What MaxoTel's API answers, as its documentation says; where that is silent, a switch says which."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Order = Literal["key_first", "parameters_first"]

REQUEST_NAME = "calls/initiate"
DESTINATION = re.compile(r"(\+|0011)?[0-9]{2,18}")


@dataclass(frozen=True)
class Answer:
    """An HTTP status and a JSON body."""

    status: int
    body: dict[str, Any]

    @property
    def text(self) -> str:
        """The body as the API spells it: with escaped slashes, as its documentation shows."""
        return json.dumps(self.body).replace("/", "\\/")


QUEUED = Answer(200, {"status": 1, "request": REQUEST_NAME, "callstatus": "queued"})


def refusal(status: int, error: str, reason: str) -> Answer:
    """An unsuccessful answer in the documented form."""
    return Answer(status, {"status": 0, "request": REQUEST_NAME, "error": error, "reason": reason})


def unavailable(status: int) -> Answer:
    """The documented example of a phone that is not connected; its HTTP status is not documented."""
    return refusal(status, "UNAVAILABLE", "The extension is not currently available (not registered)")


# The errors that the documentation names, each with its status; the wording of "error" and "reason" is ours.
DOCUMENTED = {
    400: refusal(400, "BAD_REQUEST", "Incomplete request"),
    401: refusal(401, "UNAUTHORISED", "The key is not valid"),
    403: refusal(403, "FORBIDDEN", "The key has no permission for Account Functions/Click to Call"),
    404: refusal(404, "INVALID_METHOD", "There is no such method"),
}


def _missing_parameter(parameters: Mapping[str, Any]) -> Answer | None:
    if not str(parameters.get("origin", "")).isdigit():
        return refusal(400, "BAD_REQUEST", "origin is required")
    if not DESTINATION.fullmatch(str(parameters.get("destination", ""))):
        return refusal(400, "BAD_REQUEST", "destination is required")
    if str(parameters.get("autoAnswer", "0")) not in {"0", "1"}:
        return refusal(400, "BAD_REQUEST", "autoAnswer is 0 or 1")
    return None


def _refused_key(key: object, valid_key: str, powerless_key: str) -> Answer | None:
    if key == powerless_key:
        return DOCUMENTED[403]
    return None if key == valid_key else DOCUMENTED[401]


def answer(
    parameters: Mapping[str, Any],
    *,
    valid_key: str,
    powerless_key: str,
    registered_phones: Collection[str],
    order: Order,
    unavailable_status: int,
) -> Answer:
    """Decide as the API would. `unavailable_status` is the HTTP status of a phone that is not connected."""
    key = _refused_key(parameters.get("key"), valid_key, powerless_key)
    missing = _missing_parameter(parameters)
    refused = (key or missing) if order == "key_first" else (missing or key)
    if refused:
        return refused
    if str(parameters["origin"]) not in registered_phones:
        return unavailable(unavailable_status)
    return QUEUED

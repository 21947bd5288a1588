"""JSON to requests and results to JSON, strictly: unknown fields, repeated names and wrong types are refused.

Knows no settings and decides nothing about calls; protocol.py has the types.
"""

import json
import re
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, get_args

from native_host.errors import BadRequest, HostError, UnknownType
from native_host.protocol import (
    CheckApiKey,
    ClearCalls,
    DeleteApiKey,
    Diagnose,
    GetCall,
    GetSettings,
    GetStatus,
    Hello,
    ListCalls,
    PlaceCall,
    PlanCall,
    Request,
    RequestBody,
    Result,
    SetApiKey,
    Source,
    UpdateSettings,
)

MAX_ID = 2**53 - 1  # the largest integer that JavaScript keeps exact
MAX_TEXT_CHARS = 1000  # far above any phone number; keeps every parser's work small
MAX_PHONE_CHARS = 20
MAX_DESTINATION_CHARS = 40
MAX_VERSION_CHARS = 64
MAX_API_KEY_CHARS = 512
MAX_CONFIRMED = 16
MAX_LISTED_CALLS = 500  # some 200 kB, far below what browsers accept
MAX_SEARCH_CHARS = 100

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_WORD = re.compile(r"[a-z_]{1,40}")
_API_KEY = re.compile(r"[\x21-\x7e]+")


class _Fields:
    """The fields of one JSON object, each taken once and checked; `finish` refuses those that nobody took."""

    def __init__(self, of: str, fields: object) -> None:
        if not isinstance(fields, dict):
            raise BadRequest(f"{of} is not an object.")
        self._of, self._left = of, dict(fields)

    def take(self, name: str) -> Any:
        if name not in self._left:
            raise BadRequest(f"{self._of} lacks the field {name}.")
        return self._left.pop(name)

    def text(self, name: str, max_chars: int) -> str:
        value = self.take(name)
        if not isinstance(value, str) or len(value) > max_chars:
            raise BadRequest(f"{name} is not a text of at most {max_chars} characters.")
        return value

    def text_or_none(self, name: str, max_chars: int) -> str | None:
        if self._left.get(name, "") is None:
            self.take(name)
            return None
        return self.text(name, max_chars)

    def source(self) -> Source:
        value = self.take("source")
        if value not in get_args(Source):
            raise BadRequest("source is none of page, link, selection, typed.")
        return value  # type: ignore[no-any-return]  # checked against the literal's own values

    def attempt(self) -> str:
        value = self.take("attempt")
        if not isinstance(value, str) or not _UUID.fullmatch(value):
            raise BadRequest("attempt is not a UUID.")
        return value.lower()

    def finish(self) -> None:
        if self._left:
            raise BadRequest(f"{self._of} has fields that this host does not know.")


def _hello(fields: _Fields) -> Hello:
    version = fields.take("protocol_version")
    if type(version) is not int:
        raise BadRequest("protocol_version is not an integer.")
    return Hello(version, fields.text("extension_version", MAX_VERSION_CHARS))


def _plan_call(fields: _Fields) -> PlanCall:
    return PlanCall(
        fields.text("text", MAX_TEXT_CHARS), fields.source(), fields.text_or_none("phone", MAX_PHONE_CHARS)
    )


def _place_call(fields: _Fields) -> PlaceCall:
    expected = _Fields("expected", fields.take("expected"))
    confirmed, private = fields.take("confirmed"), fields.take("private")
    if not isinstance(confirmed, list) or len(confirmed) > MAX_CONFIRMED:
        raise BadRequest("confirmed is not a short list of reasons.")
    if not all(isinstance(reason, str) and _WORD.fullmatch(reason) for reason in confirmed):
        raise BadRequest("confirmed holds something that is no reason.")
    if type(private) is not bool:
        raise BadRequest("private is not true or false.")
    request = PlaceCall(
        attempt=fields.attempt(),
        text=fields.text("text", MAX_TEXT_CHARS),
        source=fields.source(),
        phone=fields.text_or_none("phone", MAX_PHONE_CHARS),
        expected_destination=expected.text("destination", MAX_DESTINATION_CHARS),
        expected_phone=expected.text("phone", MAX_PHONE_CHARS),
        confirmed=frozenset(confirmed),
        private=private,
    )
    expected.finish()
    return request


def _update_settings(fields: _Fields) -> UpdateSettings:
    settings = fields.take("settings")
    if not isinstance(settings, dict):
        raise BadRequest("settings is not an object.")
    return UpdateSettings(settings)


def _set_api_key(fields: _Fields) -> SetApiKey:
    api_key = fields.text("api_key", MAX_API_KEY_CHARS).strip()
    if not _API_KEY.fullmatch(api_key):
        raise BadRequest("The key is empty or has characters that no key has.")
    return SetApiKey(api_key)


def _list_calls(fields: _Fields) -> ListCalls:
    limit, before = fields.take("limit"), fields.take("before")
    if type(limit) is not int or not 1 <= limit <= MAX_LISTED_CALLS:
        raise BadRequest(f"limit is not a number from 1 to {MAX_LISTED_CALLS}.")
    if before is not None and not _is_id(before):
        raise BadRequest("before is not the number of a call.")
    return ListCalls(limit, before, fields.text_or_none("search", MAX_SEARCH_CHARS))


READERS: dict[str, Callable[[_Fields], RequestBody]] = {
    "hello": _hello,
    "get_status": lambda _: GetStatus(),
    "plan_call": _plan_call,
    "place_call": _place_call,
    "get_call": lambda fields: GetCall(fields.attempt()),
    "get_settings": lambda _: GetSettings(),
    "update_settings": _update_settings,
    "set_api_key": _set_api_key,
    "delete_api_key": lambda _: DeleteApiKey(),
    "check_api_key": lambda _: CheckApiKey(),
    "list_calls": _list_calls,
    "clear_calls": lambda _: ClearCalls(),
    "diagnose": lambda _: Diagnose(),
}


def decode(body: bytes) -> tuple[int | None, object]:
    """The JSON of a frame and the id that a reply to it carries (None when it has no usable one).

    Raises BadRequest for anything that is not strict JSON: NaN and repeated names are refused as well.
    """
    try:
        message = json.loads(body, parse_constant=_refuse_constant, object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise BadRequest("The frame is not valid JSON.") from error
    request_id = message.get("id") if isinstance(message, dict) else None
    return (request_id if _is_id(request_id) else None), message


def parse_request(message: object) -> Request:
    """The request that a decoded message is. Raises BadRequest or UnknownType; unknown fields are refused."""
    fields = _Fields("The request", message)
    request_id, type_name = fields.take("id"), fields.take("type")
    if not _is_id(request_id):
        raise BadRequest("id is not an integer from 0 to 2^53-1.")
    if not isinstance(type_name, str):
        raise BadRequest("type is not a text.")
    reader = READERS.get(type_name)
    if reader is None:
        raise UnknownType
    body = reader(fields)
    fields.finish()
    return Request(request_id, body)


def to_wire(request_id: int, result: Result) -> bytes:
    """The JSON of a good reply."""
    return _encode({"id": request_id, "ok": True, "result": asdict(result)})


def error_to_wire(request_id: int | None, error: HostError) -> bytes:
    """The JSON of an error reply; `reasons` is there only when the error has some."""
    body: dict[str, object] = {"code": error.code, "message": str(error)}
    if error.reasons:
        body["reasons"] = error.reasons
    return _encode({"id": request_id, "ok": False, "error": body})


def _encode(message: dict[str, object]) -> bytes:
    return json.dumps(message, separators=(",", ":")).encode("ascii")


def _is_id(value: object) -> bool:
    return type(value) is int and 0 <= value <= MAX_ID


def _refuse_constant(name: str) -> None:
    raise BadRequest(f"{name} is not JSON.")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise BadRequest("The frame repeats a name in one object.")
    return fields

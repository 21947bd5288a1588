"""MaxoTel's API in its own words: `calls/initiate`, and what each of its answers means.

Sends nothing twice and stores nothing; how bytes travel is in `api_connection`. No text made here has a key.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urlsplit

from native_host.api_connection import ApiConnection, Reply
from native_host.api_faults import Fault
from native_host.errors import ApiUnreachable, InvalidSetting

INITIATE_PATH = "calls/initiate/"  # with the slash, as the documentation's example has it
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
MAX_DETAIL_CHARS = 200

# The statuses that the API's documentation names for a request that it refused.
REFUSED_STATUSES = {
    400: "bad_call_request",
    401: "api_key_refused",
    403: "no_permission",
    404: "unknown_method",
}


@dataclass(frozen=True)
class CallAnswer:
    """How one request to call ended. `detail` is English, without the key, for logs and the command line."""

    outcome: Literal["queued", "failed", "unknown"]
    code: str | None
    detail: str


@dataclass(frozen=True)
class KeyVerdict:
    """What MaxoTel said of a key; `answered` means only that it did not refuse it."""

    verdict: Literal["answered", "refused", "no_permission", "unclear"]
    code: str | None


class MaxoApi:
    """The client of one API host. Cheap to make: `prepare` is the slow part. Usable from several threads."""

    def __init__(self, base_url: str, *, user_agent: str) -> None:
        """Raises InvalidSetting when `base_url` is neither https nor http on this machine."""
        self._connection = ApiConnection(_secure_base_url(base_url), user_agent=user_agent)

    def prepare(self) -> None:
        """Do what is slow before the first click: imports, TLS context, client."""
        self._connection.prepare()

    def warm_up(self) -> None:
        """Open the connection, telling neither key nor number. Never raises."""
        self._connection.warm_up()

    def initiate_call(
        self, *, api_key: str, origin: str, destination: str, auto_answer: bool, deadline_s: float
    ) -> CallAnswer:
        """Ask MaxoTel to ring `origin` and then dial `destination`: at most one POST, within `deadline_s`."""
        call: dict[str, object] = {
            "key": api_key,
            "origin": origin,
            "destination": destination,
            "autoAnswer": int(auto_answer),
        }
        came = self._connection.post_once(INITIATE_PATH, call, deadline_s=deadline_s)
        if isinstance(came, Fault):
            return CallAnswer("unknown" if came.sent else "failed", came.code, came.detail)
        return _call_answer(came, api_key)

    def check_key(self, *, api_key: str, deadline_s: float) -> KeyVerdict:
        """Ask about a key by a request that names no phone and no number, so that nothing can ring.

        Raises ApiUnreachable when no whole answer came.
        """
        came = self._connection.post_once(INITIATE_PATH, {"key": api_key}, deadline_s=deadline_s)
        if isinstance(came, Fault):
            raise ApiUnreachable(came.code, f"MaxoTel could not be reached: {came.detail}.")
        return _key_verdict(came)

    def reach(self, *, deadline_s: float) -> None:
        """Find out whether MaxoTel can be reached at all, without a key. Raises ApiUnreachable."""
        came = self._connection.head_once(deadline_s=deadline_s)
        if isinstance(came, Fault):
            raise ApiUnreachable(came.code, f"MaxoTel could not be reached: {came.detail}.")

    def close(self) -> None:
        """Close the kept connection."""
        self._connection.close()


def _secure_base_url(base_url: str) -> str:
    """The base URL with a slash at its end. Raises InvalidSetting when it would send the key in the clear."""
    try:
        parts = urlsplit(base_url)
        usable = bool(parts.hostname) and parts.port != 0  # reading the port checks it
    except ValueError:
        usable = False
    if not usable or parts.username or parts.password or parts.query or parts.fragment:
        raise InvalidSetting(f"{base_url!r} is not the address of an API.")
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK_HOSTS):
        raise InvalidSetting("The API's address must begin with https:// (http:// only on this computer).")
    return base_url.rstrip("/") + "/"


def _call_answer(reply: Reply, api_key: str) -> CallAnswer:
    """The rule of outcomes: failed only when the API said so in a way that its documentation knows."""
    said = _said(reply.body)
    status = str(said.get("status")) if said else None  # a number in the documentation; a text is as clear
    detail = _detail(reply, said, api_key)
    if reply.status == 200 and status == "1" and said.get("callstatus") == "queued":
        return CallAnswer("queued", None, detail)
    if status == "1" or said.get("callstatus") == "queued":
        return CallAnswer("unknown", "unexpected_answer", detail)  # it contradicts itself
    if 300 <= reply.status < 400:
        return CallAnswer("failed", "redirected", detail)
    if status == "0" and said.get("error") == "UNAVAILABLE":
        return CallAnswer("failed", "phone_unavailable", detail)
    if reply.status in REFUSED_STATUSES:
        return CallAnswer("failed", REFUSED_STATUSES[reply.status], detail)
    if status == "0":
        return CallAnswer("failed", "call_rejected", detail)
    return CallAnswer("unknown", "server_error" if reply.status >= 500 else "unexpected_answer", detail)


def _key_verdict(reply: Reply) -> KeyVerdict:
    """A refusal counts only in the API's own form: a captive portal's 403 says nothing about the key."""
    said = _said(reply.body)
    if str(said.get("status")) != "0":
        if 300 <= reply.status < 400:
            return KeyVerdict("unclear", "redirected")
        return KeyVerdict("unclear", "server_error" if reply.status >= 500 else "unexpected_answer")
    match reply.status:
        case 401:
            return KeyVerdict("refused", "api_key_refused")
        case 403:
            return KeyVerdict("no_permission", "no_permission")
        case 404:
            return KeyVerdict("unclear", "unknown_method")
    return KeyVerdict("answered", None)


def _said(body: bytes | None) -> dict[str, Any]:
    """The JSON object of an answer; empty when it is none."""
    try:
        said = json.loads(body or b"")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _detail(reply: Reply, said: dict[str, Any], api_key: str) -> str:
    """What was answered, for logs: numbers shortened to three digits, nothing that echoes the key."""
    words = [said[name] for name in ("error", "reason") if isinstance(said.get(name), str)]
    text = ": ".join([f"MaxoTel answered HTTP {reply.status}", *words])
    if api_key in text:
        return f"MaxoTel answered HTTP {reply.status}"
    return re.sub(r"\d+(?=\d{3})", "…", "".join(filter(str.isprintable, text)))[:MAX_DETAIL_CHARS]

"""How the suites call MaxoTel's API, and the words in which they compare what came of it."""

from __future__ import annotations

import socket
import threading
from typing import Any

from native_host.maxo_api import CallAnswer, KeyVerdict, MaxoApi

KEY = "key-0123-that-nobody-may-see"
SHORT_S = 0.6  # a deadline that is meant to be reached
LONG_S = 20.0  # one that is not


def call(url: str, *, deadline_s: float = LONG_S, **changes: Any) -> CallAnswer:
    api = MaxoApi(url, user_agent="test")
    wanted: dict[str, Any] = {
        "api_key": KEY,
        "origin": "101",
        "destination": "0299998888",
        "auto_answer": True,
    }
    try:
        return api.initiate_call(**wanted | changes, deadline_s=deadline_s)
    finally:
        api.close()


def check_key(url: str, key: str = KEY) -> KeyVerdict:
    api = MaxoApi(url, user_agent="test")
    try:
        return api.check_key(api_key=key, deadline_s=LONG_S)
    finally:
        api.close()


def outcome_of(answer: CallAnswer) -> tuple[str, str | None]:
    return answer.outcome, answer.code


def wait_for_late_senders() -> None:
    for thread in threading.enumerate():
        if thread.name == "maxo-api":
            thread.join(10)
            assert not thread.is_alive()


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port

"""Everything that a call needs, with fakes where the outside begins."""

import uuid
from dataclasses import dataclass, field, replace
from typing import Any, cast

from native_host.account import Account
from native_host.calls import Calls
from native_host.journal import Journal
from native_host.maxo_api import CallAnswer, KeyVerdict, MaxoApi
from native_host.protocol import KeyState, Outcome, PlaceCall
from native_host.setting_values import DEFAULT_BASE_URL, Phone, Settings
from native_host.settings import LoadedSettings

SETTINGS = Settings(phones=(Phone("101", "Desk", True), Phone("107", "Front", False)))
QUEUED = CallAnswer("queued", None, "queued")


@dataclass
class FakeMaxo:
    """In the place of the API client: answers as told, and keeps what it was asked."""

    answer: CallAnswer | Exception = QUEUED
    asked: list[dict[str, Any]] = field(default_factory=list)
    closed: bool = False

    def initiate_call(self, **fields: Any) -> CallAnswer:
        self.asked.append(fields)
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer

    def check_key(self, **_: Any) -> KeyVerdict:
        return KeyVerdict("refused", "api_key_refused")

    def prepare(self) -> None:
        raise ImportError("no httpx")

    def close(self) -> None:
        self.closed = True


@dataclass
class FakeKeys:
    """In the place of the keyring."""

    keys: dict[str, str] = field(default_factory=lambda: {"myapi.maxo.com.au": "key"})
    error: Exception | None = None
    timeouts_s: list[float] = field(default_factory=list)
    forgotten: list[str] = field(default_factory=list)

    def read_api_key(self, api_host: str, *, timeout_s: float) -> str:
        self.timeouts_s.append(timeout_s)
        if self.error:
            raise self.error
        return self.keys[api_host]

    def store_api_key(self, api_host: str, api_key: str, **_: float) -> None:
        self.keys[api_host] = api_key

    def delete_api_key(self, api_host: str, **_: float) -> None:
        del self.keys[api_host]

    def forget_api_key(self, api_host: str) -> None:
        self.forgotten.append(api_host)

    def key_state(self, api_host: str) -> KeyState:
        return "stored" if api_host in self.keys else "absent"


@dataclass
class Desk:
    """Everything a call needs, with fakes where the outside begins."""

    journal: Journal
    maxo: FakeMaxo = field(default_factory=FakeMaxo)
    keys: FakeKeys = field(default_factory=FakeKeys)
    loaded: LoadedSettings = field(default_factory=lambda: LoadedSettings(SETTINGS, (), (), DEFAULT_BASE_URL))
    stopping: bool = False

    @property
    def calls(self) -> Calls:
        account = Account(lambda _: cast("MaxoApi", self.maxo), self.keys)
        return Calls(self.journal, account, load=lambda: self.loaded, is_stopping=lambda: self.stopping)

    def place(self, **changes: Any) -> Outcome:
        return self.calls.place(placing(**changes))


def placing(**changes: Any) -> PlaceCall:
    usual = PlaceCall(
        str(uuid.uuid4()), "(02) 9999 8888", "page", None, "0299998888", "101", frozenset(), False
    )
    return replace(usual, **changes)

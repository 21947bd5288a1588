"""The messages between extension and host as types. No behaviour: wire.py reads and writes them.

tests/contract/messages.json holds an example of each; extension/src/shared/protocol.ts is the mirror.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Source = Literal["page", "link", "selection", "typed"]
Kind = Literal[
    "fixed_line", "mobile", "toll_free", "local_rate", "premium", "satellite", "shared_cost",
    "voip", "personal", "pager", "short_code", "extension", "emergency", "unknown",
]  # fmt: skip
Decision = Literal["allow", "confirm", "refuse"]
OutcomeState = Literal["queued", "failed", "unknown", "pending"]
KeyState = Literal["stored", "absent", "unknown"]


@dataclass(frozen=True)
class Hello:
    """The first request of a port."""

    protocol_version: int
    extension_version: str


@dataclass(frozen=True)
class GetStatus:
    """Asks for settings, locks, and the state of key, journal and guard."""


@dataclass(frozen=True)
class PlanCall:
    """Asks what would happen if this text were called."""

    text: str
    source: Source
    phone: str | None


@dataclass(frozen=True)
class PlaceCall:
    """Asks to call; `expected_…` is what the person saw, `confirmed` the reasons that they agreed to."""

    attempt: str
    text: str
    source: Source
    phone: str | None
    expected_destination: str
    expected_phone: str
    confirmed: frozenset[str]
    private: bool


@dataclass(frozen=True)
class GetCall:
    """Asks for the recorded outcome of an attempt."""

    attempt: str


@dataclass(frozen=True)
class GetSettings:
    """Asks for the calling settings."""


@dataclass(frozen=True)
class UpdateSettings:
    """Changes the named settings; their values are checked by settings.py."""

    settings: Mapping[str, Any]


@dataclass(frozen=True)
class SetApiKey:
    """Stores the API key in the keyring."""

    api_key: str

    def __repr__(self) -> str:
        """Hide the key: a repr ends in logs and tracebacks."""
        return "SetApiKey(…)"


@dataclass(frozen=True)
class DeleteApiKey:
    """Removes the API key from the keyring."""


@dataclass(frozen=True)
class CheckApiKey:
    """Asks MaxoTel about the key without ringing a phone."""


@dataclass(frozen=True)
class ListCalls:
    """Asks for the calls placed, latest first: at most `limit`, before the number `before`, with a text."""

    limit: int
    before: int | None
    search: str | None


@dataclass(frozen=True)
class ClearCalls:
    """Forgets the calls that can be listed. What the guard knows of them stays."""


@dataclass(frozen=True)
class Diagnose:
    """Asks what is right and what is not. Rings nothing, and never has the keyring ask for a password."""


RequestBody = (Hello | GetStatus | PlanCall | PlaceCall | GetCall | GetSettings | UpdateSettings | SetApiKey
    | DeleteApiKey | CheckApiKey | ListCalls | ClearCalls | Diagnose)  # fmt: skip


@dataclass(frozen=True)
class Request:
    """One request with the id that its reply carries."""

    id: int
    body: RequestBody


@dataclass(frozen=True)
class HelloResult:
    """Who answers, and which requests this host knows."""

    host_version: str
    protocol_version: int
    platform: str
    features: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """What would happen if this were called now; `destination` is the exact string that MaxoTel receives."""

    display: str
    destination: str
    kind: Kind
    country: str | None
    area: str | None
    time_zones: tuple[str, ...]
    extension: str | None
    notes: tuple[str, ...]
    decision: Decision
    reasons: tuple[str, ...]
    direct_click: bool
    phone: Mapping[str, Any] | None


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended; `code` is None only when queued or pending."""

    attempt: str
    outcome: OutcomeState
    code: str | None
    destination: str | None
    phone: str | None


@dataclass(frozen=True)
class Notice:
    """Something that a person should know: a code, and what happened and what is kept."""

    code: str
    message: str


@dataclass(frozen=True)
class Status:
    """The state of the host as a person sees it."""

    settings: Mapping[str, Any]
    locked: tuple[str, ...]
    key: KeyState
    api_host: str
    journal: Literal["ok", "unusable"]
    guard: Literal["closed", "open"]
    notices: tuple[Notice, ...]


@dataclass(frozen=True)
class SettingsResult:
    """The calling settings and which of them are locked."""

    settings: Mapping[str, Any]
    locked: tuple[str, ...]


@dataclass(frozen=True)
class KeyResult:
    """Whether a key is stored now."""

    key: KeyState


@dataclass(frozen=True)
class KeyCheckResult:
    """What MaxoTel said of the key."""

    verdict: Literal["answered", "refused", "no_permission", "unclear"]
    code: str | None


@dataclass(frozen=True)
class ListedCall:
    """A call that was placed; `number` grows with each. `started` is in seconds since 1970."""

    number: int
    attempt: str
    started: float
    destination: str
    display: str
    kind: str
    country: str | None
    phone: str
    outcome: OutcomeState
    code: str | None


@dataclass(frozen=True)
class CallList:
    """A page of the calls placed, latest first, and whether there are earlier ones."""

    calls: tuple[ListedCall, ...]
    more: bool


@dataclass(frozen=True)
class ClearedCalls:
    """How many calls were forgotten."""

    cleared: int


@dataclass(frozen=True)
class Diagnosis:
    """The doctor's lines, in the order in which a person would mend things."""

    findings: tuple[Mapping[str, Any], ...]


Result = (HelloResult | Plan | Outcome | Status | SettingsResult | KeyResult | KeyCheckResult
    | CallList | ClearedCalls | Diagnosis)  # fmt: skip

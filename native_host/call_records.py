"""What the journal is given of a call and gives back of it, as types. No behaviour."""

from dataclasses import dataclass
from typing import Literal

from native_host.protocol import OutcomeState

Risk = Literal["none", "international", "costly"]


@dataclass(frozen=True)
class GuardFacts:
    """What the recent attempts of all browsers say about one more call."""

    durable: bool  # whether the attempt would be recorded on disk
    repeated: bool
    calls_last_minute: int
    international_lately: int
    costly_lately: int
    circuit_open: bool
    country_confirmed: bool
    calls_last_day: int = 0
    international_last_day: int = 0
    costly_last_day: int = 0


@dataclass(frozen=True)
class CallRecord:
    """A call about to be sent, as the journal keeps it."""

    attempt: str
    destination: str
    phone: str
    display: str
    kind: str
    country: str  # a region code, or + and calling code where there is no region
    risk: Risk
    international: bool
    history: str  # the setting of that name
    private: bool


@dataclass(frozen=True)
class Recorded:
    """What the journal knows of an attempt."""

    attempt: str
    state: OutcomeState
    code: str | None
    phone: str | None
    same_destination: bool  # as the one asked about; true where none was kept

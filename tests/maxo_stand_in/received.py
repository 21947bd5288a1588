"""What the stand-in received, in a form that a test can compare."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

INITIATE_PATH = "/calls/initiate/"


@dataclass
class ReceivedRequest:
    """One request. `body` is the parsed JSON or form; `None` when there was none that could be parsed."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    at_s: float  # seconds since the epoch
    body: dict[str, Any] | None = None
    answered: str = "not yet"  # "queued", the status as text, or the name of the misbehaviour
    connection: int = 0  # requests with the same number came over one connection
    parameters: dict[str, Any] = field(default_factory=dict)  # query, form and JSON taken together

    @property
    def is_warm_up(self) -> bool:
        """Whether this was only sent to open the connection: it names neither key nor number."""
        return self.method == "HEAD"

    @property
    def is_call(self) -> bool:
        """Whether this asks to ring a phone."""
        return self._names_the_method and not self.is_key_check

    @property
    def is_key_check(self) -> bool:
        """Whether this names neither the phone nor the number, and so cannot ring anything."""
        return self._names_the_method and not {"origin", "destination"} & self.parameters.keys()

    @property
    def _names_the_method(self) -> bool:
        return not self.is_warm_up and self.path.rstrip("/") == INITIATE_PATH.rstrip("/")

    def as_json(self) -> dict[str, Any]:
        """All fields, for tests in another process."""
        return asdict(self) | {"is_call": self.is_call, "is_key_check": self.is_key_check}

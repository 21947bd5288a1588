"""Phone numbers for tests: of the ranges that ACMA keeps for fiction, so that nobody has them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count


@dataclass(frozen=True)
class PhoneNumber:
    """A number as a page writes it, and as it is sent."""

    written: str
    destination: str


class PhoneNumbers:
    """Hands out each number once: a second call to one within seconds has to be confirmed."""

    def __init__(self) -> None:
        """Begin with the first."""
        self._last_digits = count(1)

    def landline(self) -> PhoneNumber:
        """Return a number of New South Wales: (02) 5550 0001."""
        last = f"{next(self._last_digits):04}"
        return PhoneNumber(f"(02) 5550 {last}", f"025550{last}")

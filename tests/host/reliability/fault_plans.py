"""Which faults are tried: every deed at every byte of an exchange, and even samples of that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from tests.host.reliability.fault_proxy import Deed, Direction, Fault

T = TypeVar("T")


def at_every_byte(deed: Deed, length: dict[Direction, int], seconds: float = 0.0) -> list[Fault]:
    """The deed at each boundary of each direction: before the first byte, between all, after the last."""
    return [
        Fault(deed, direction, at, seconds)
        for direction, bytes_passed in length.items()
        for at in range(bytes_passed + 1)
    ]


def sample(whole: Sequence[T], size: int) -> list[T]:
    """So many of them, spread evenly from the first to the last; all when there are fewer."""
    if size >= len(whole):
        return list(whole)
    return [whole[number * (len(whole) - 1) // (size - 1)] for number in range(size)]

"""Tables in Markdown, as README carries them."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence


def print_table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table; the first column is text, all others are numbers."""
    print(_line(header))
    print(_line(["---", *["---:"] * (len(header) - 1)]))
    for row in rows:
        print(_line(row))


def spread(values: Sequence[float], digits: int = 1) -> list[str]:
    """Least, median and most, as three cells."""
    return [f"{value:.{digits}f}" for value in (min(values), statistics.median(values), max(values))]


def ratio(values: Sequence[float], reference: Sequence[float]) -> str:
    """How many times the median of the reference the median is."""
    return f"{statistics.median(values) / statistics.median(reference):.2f}"


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"

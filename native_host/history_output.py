"""The calls placed as text for a person, or as JSON or CSV for programs. Asks and decides nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from native_host.protocol import ListedCall

Form = Literal["text", "json", "csv"]

COLUMNS = (
    "started", "display", "destination", "kind", "country", "phone", "outcome", "code", "number", "attempt",
)  # fmt: skip
NOTHING = "No calls are recorded."
_ENDS = {"queued": "sent", "failed": "failed", "unknown": "not known", "pending": "under way"}


def formatted(calls: Iterable[ListedCall], form: Form) -> str:
    """The calls in the order given, ending in a line break; times are local, for programs with offset."""
    if form == "json":
        return json.dumps([_values(call) for call in calls], indent=2) + "\n"
    if form == "csv":
        written = io.StringIO()
        table = csv.DictWriter(written, COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(_values(call) for call in calls)
        return written.getvalue()
    return "".join(f"{_line(call)}\n" for call in calls) or NOTHING + "\n"


def _values(call: ListedCall) -> dict[str, object]:
    values = {name: getattr(call, name) for name in COLUMNS}
    return values | {"started": _local(call).isoformat(timespec="seconds")}


def _line(call: ListedCall) -> str:
    end = _ENDS[call.outcome] + (f" ({call.code})" if call.code else "")
    return f"{_local(call):%Y-%m-%d %H:%M}  {call.display:<20}  from {call.phone:<6}  {end}"


def _local(call: ListedCall) -> datetime:
    return datetime.fromtimestamp(call.started).astimezone()

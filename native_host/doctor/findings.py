"""One line of the doctor as plain data. Knows no check."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "fault"]


@dataclass(frozen=True)
class Finding:
    """One line: a sentence that says what is so and, unless it is ok, what to do.

    `about` is a stable word for scripts: registration, program, extension_id, host, sandbox, policy,
    extension, site_access, settings, keyring, key, proxy or api. `browser` is set where the line is of one.
    A `fault` keeps calls from working; a `warning` may. No text has the key, a called number or a page.
    """

    about: str
    state: State
    text: str
    browser: str | None = None
    milliseconds: int | None = None


def is_well(findings: Iterable[Finding]) -> bool:
    """Whether there is no fault; warnings are no faults."""
    return all(finding.state != "fault" for finding in findings)

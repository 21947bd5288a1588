"""Checks side by side, each within a bound: one that hangs costs its own line and nothing else."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from native_host.doctor.findings import Finding

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Check:
    """One check. `title` begins the sentence that is told when it gives no answer."""

    about: str
    title: str
    run: Callable[[], Iterable[Finding]]
    bound_s: float
    browser: str | None = None


def run_all(checks: Iterable[Check]) -> list[Finding]:
    """The findings of all checks, in their order, at the latest after the longest of their bounds."""
    started = time.monotonic()
    running = [(check, _start(check)) for check in checks]
    found: list[Finding] = []
    for check, answer in running:
        left_s = max(0.0, started + check.bound_s - time.monotonic())
        try:
            found += answer.get(timeout=left_s)
        except queue.Empty:
            text = f"{check.title} could not be examined within {check.bound_s:g} s. Try again in a moment."
            found.append(Finding(check.about, "warning", text, check.browser))
    return found


def _start(check: Check) -> queue.SimpleQueue[list[Finding]]:
    answer: queue.SimpleQueue[list[Finding]] = queue.SimpleQueue()

    def run() -> None:
        try:
            answer.put(list(check.run()))
        except Exception:  # noqa: BLE001 -- one check must not take the others with it
            _log.exception("fault in the doctor's check of %s", check.about)
            text = f"{check.title} could not be examined, by a mistake of the helper. It is in its log."
            answer.put([Finding(check.about, "warning", text, check.browser)])

    # A daemon: one that is late is left behind.
    threading.Thread(target=run, name=f"doctor {check.about}", daemon=True).start()
    return answer

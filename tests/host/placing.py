"""What the tests of calls through a whole host say to it."""

import time
import uuid
from collections.abc import Callable
from typing import Any

from tests.host.host_process import PATIENCE_S

KEY = "canary-key-51c0ffee"
SYDNEY = "(02) 9999 8888"


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def new_attempt() -> str:
    return str(uuid.uuid4())


def placing(text: str = SYDNEY, destination: str = "0299998888", **changes: Any) -> dict[str, Any]:
    """The fields of a place_call as the extension sends them after the person saw the plan."""
    return {
        "attempt": new_attempt(),
        "text": text,
        "source": "page",
        "phone": None,
        "expected": {"destination": destination, "phone": "101"},
        "confirmed": [],
        "private": False,
        **changes,
    }

"""Reads and uses Chromium's real context menu by the accessibility bus: `native_menu.py list|choose LABEL`.

Runs under the system's Python, because python3-gi is a Debian package; so it imports nothing of ours.
Prints one JSON line: the labels of the open menu. Ends with 1 when the label is not among them.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

import gi  # type: ignore[import-not-found]  # Debian's python3-gi, which is not in the virtual environment

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # type: ignore[import-not-found]  # noqa: E402  # after the version is named

WAIT_S = 8.0  # a cold accessibility bus needs a second or two
DEEPEST = 12  # menus hang near the top of the tree; page content, which is deep, is not searched


def items(node: Any, depth: int = 0) -> Iterator[Any]:
    """Yield every menu item under a node of the accessibility tree."""
    for index in range(node.get_child_count() if depth < DEEPEST else 0):
        child = node.get_child_at_index(index)
        if child is None or child.get_role_name() == "document web":
            continue
        if child.get_role_name() == "menu item":
            yield child
        yield from items(child, depth + 1)


def open_menu() -> dict[str, Any]:
    """Return the items of the open menu by label, waiting for them to appear."""
    deadline = time.monotonic() + WAIT_S
    while time.monotonic() < deadline:
        found = {item.get_name(): item for item in items(Atspi.get_desktop(0))}
        if found:
            return found
        time.sleep(0.02)
    return {}


def main(action: str, label: str = "") -> int:
    """List the open menu, or choose one of its items by the start of its label."""
    Atspi.init()
    found = open_menu()
    print(json.dumps(sorted(found)))
    if action == "list":
        return 0
    chosen = [item for name, item in found.items() if name.startswith(label)]
    if not chosen:
        return 1
    chosen[0].do_action(0)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

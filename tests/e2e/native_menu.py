"""Reads and uses Chromium's real context menu by the accessibility bus.

Called as `native_menu.py list` or `native_menu.py choose LABEL [ENTRY]`.

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
SUBMENU_WAIT_S = 5.0
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


def entries(menu: str) -> list[Any]:
    """Return the entries of an opened submenu, waiting for them to appear; none when none comes."""
    deadline = time.monotonic() + SUBMENU_WAIT_S
    while time.monotonic() < deadline:
        for item in items(Atspi.get_desktop(0)):
            above = item.get_parent()
            if above and above.get_role_name() == "menu" and above.get_name() == menu:
                return [above.get_child_at_index(index) for index in range(above.get_child_count())]
        time.sleep(0.02)
    return []


def main(action: str, label: str = "", entry: str = "") -> int:
    """List the open menu, or choose by the start of a label; of a submenu, its first fitting entry."""
    Atspi.init()
    found = open_menu()
    print(json.dumps(sorted(found)))
    if action == "list":
        return 0
    chosen = [item for name, item in found.items() if name.startswith(label)]
    if not chosen:
        return 1
    opens_submenu = chosen[0].get_action_name(0) == "open"
    chosen[0].do_action(0)
    if opens_submenu:
        fitting = [one for one in entries(chosen[0].get_name()) if one.get_name().startswith(entry)]
        if not fitting:
            return 1
        fitting[0].do_action(0)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

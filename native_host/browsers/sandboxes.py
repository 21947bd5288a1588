"""Browsers that came as a Snap or a Flatpak, whose sandbox starts no program of the system by itself.

Firefox as a Snap starts hosts through a portal of the desktop, once it may; no other is known to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from native_host import HOST_NAME
from native_host.browsers.machine import Machine
from native_host.browsers.table import Browser

_SNAPS = {"firefox": "firefox", "chromium": "chromium", "brave": "brave"}
_FLATPAKS = {
    "chrome": "com.google.Chrome",
    "chromium": "org.chromium.Chromium",
    "edge": "com.microsoft.Edge",
    "brave": "com.brave.Browser",
    "vivaldi": "com.vivaldi.Vivaldi",
    "firefox": "org.mozilla.firefox",
}
_PERMISSIONS_OF_PORTALS = "~/.local/share/flatpak/db/webextensions"

# The portal asks once and remembers; a question that was missed is not asked again.
# https://firefox-source-docs.mozilla.org/toolkit/components/extensions/webextensions/native-messaging-portal-design.html
ALLOW_SNAP_OF_FIREFOX = f"flatpak permission-set webextensions {HOST_NAME} snap.firefox yes"


@dataclass(frozen=True)
class Sandboxed:
    """A browser of this machine that runs in a sandbox."""

    kind: Literal["Snap", "Flatpak"]
    starts_hosts: bool


def sandboxed(browser: Browser, machine: Machine) -> Sandboxed | None:
    """How this browser is confined, if it is there as a Snap or Flatpak; `None` if not."""
    if machine.platform != "linux":
        return None
    snap, flatpak = _SNAPS.get(browser.name), _FLATPAKS[browser.name]
    if snap and machine.in_system(f"/snap/{snap}/current").exists():
        return Sandboxed("Snap", starts_hosts=browser.name == "firefox")
    places = (
        machine.in_system(f"/var/lib/flatpak/app/{flatpak}"),
        machine.in_home(f"~/.local/share/flatpak/app/{flatpak}"),
    )
    return Sandboxed("Flatpak", starts_hosts=False) if any(place.exists() for place in places) else None


def portal_may_start_hosts(machine: Machine) -> bool:
    """Whether the desktop was told that Firefox's Snap may start this host, as far as its file tells."""
    try:
        return HOST_NAME.encode() in machine.in_home(_PERMISSIONS_OF_PORTALS).read_bytes()
    except OSError:
        return False

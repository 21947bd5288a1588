"""Where each browser on each operating system looks for the native messaging manifests of user and machine.

Facts only; reads and writes nothing. Sources: the native messaging pages of Chrome, Edge and Firefox; Brave
and Vivaldi have none, theirs are what other hosts use. Paths with `~` are in the user's home.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Family = Literal["chromium", "firefox"]
Platform = Literal["linux", "darwin", "win32"]

_MACOS_HOME = "~/Library/Application Support"
_MACOS_MACHINE = "/Library/Application Support"
_CHROME_KEY = r"Software\Google\Chrome\NativeMessagingHosts"


@dataclass(frozen=True)
class Browser:
    """One browser. `marks` are folders that exist once a person has used it."""

    name: str
    label: str
    family: Family
    marks: Mapping[Platform, tuple[str, ...]]
    user_folder: Mapping[Platform, str]
    machine_folder: Mapping[Platform, str]
    registry_key: (
        str  # under HKCU for one user, HKLM for the machine; its default value is the manifest's path
    )


def _chromium(  # the pattern that all of this family follow
    name: str, label: str, linux: str, macos: str, machine: tuple[str, str], registry_key: str
) -> Browser:
    return Browser(
        name,
        label,
        "chromium",
        {"linux": (linux,), "darwin": (f"{_MACOS_HOME}/{macos}",), "win32": ()},
        {"linux": f"{linux}/NativeMessagingHosts", "darwin": f"{_MACOS_HOME}/{macos}/NativeMessagingHosts"},
        {"linux": f"{machine[0]}/native-messaging-hosts", "darwin": f"{machine[1]}/NativeMessagingHosts"},
        registry_key,
    )


BROWSERS: dict[str, Browser] = {
    browser.name: browser
    for browser in (
        _chromium(
            "chrome",
            "Google Chrome",
            "~/.config/google-chrome",
            "Google/Chrome",
            ("/etc/opt/chrome", "/Library/Google/Chrome"),
            _CHROME_KEY,
        ),
        _chromium(
            "chromium",
            "Chromium",
            "~/.config/chromium",
            "Chromium",
            ("/etc/chromium", f"{_MACOS_MACHINE}/Chromium"),
            r"Software\Chromium\NativeMessagingHosts",
        ),
        _chromium(
            "edge",
            "Microsoft Edge",
            "~/.config/microsoft-edge",
            "Microsoft Edge",
            ("/etc/opt/edge", "/Library/Microsoft/Edge"),
            r"Software\Microsoft\Edge\NativeMessagingHosts",
        ),
        _chromium(
            "brave",
            "Brave",
            "~/.config/BraveSoftware/Brave-Browser",
            "BraveSoftware/Brave-Browser",
            ("/etc/brave", f"{_MACOS_MACHINE}/BraveSoftware/Brave-Browser"),
            _CHROME_KEY,
        ),
        _chromium(
            "vivaldi",
            "Vivaldi",
            "~/.config/vivaldi",
            "Vivaldi",
            ("/etc/vivaldi", f"{_MACOS_MACHINE}/Vivaldi"),
            _CHROME_KEY,
        ),
        Browser(
            "firefox",
            "Firefox",
            "firefox",
            # Firefox keeps new profiles in ~/.config/mozilla, and still reads manifests in ~/.mozilla only.
            {
                "linux": ("~/.mozilla", "~/.config/mozilla"),
                "darwin": (f"{_MACOS_HOME}/Firefox",),
                "win32": (),
            },
            {
                "linux": "~/.mozilla/native-messaging-hosts",
                "darwin": f"{_MACOS_HOME}/Mozilla/NativeMessagingHosts",
            },
            {
                "linux": "/usr/lib/mozilla/native-messaging-hosts",
                "darwin": f"{_MACOS_MACHINE}/Mozilla/NativeMessagingHosts",
            },
            r"Software\Mozilla\NativeMessagingHosts",
        ),
    )
}


def in_home(path: str, home: Path, config_home: Path) -> Path:
    """A path of this table for a home folder; `config_home` is XDG_CONFIG_HOME, which Chromium follows."""
    if path.startswith("~/.config/"):
        return config_home / path.removeprefix("~/.config/")
    return home / path.removeprefix("~/")

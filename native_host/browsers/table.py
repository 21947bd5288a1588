"""Where each browser on each operating system looks for the native messaging manifests of user and machine.

Facts only; reads and writes nothing. Sources: the native messaging pages of Chrome, Edge and Firefox; Brave
and Vivaldi have none, theirs are what other hosts use. Paths with `~` are in the user's home.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Family = Literal["chromium", "firefox"]
Platform = Literal["linux", "darwin", "win32"]

_MACOS_HOME = "~/Library/Application Support"
_MACOS_MACHINE = "/Library/Application Support"
_WINDOWS_LOCAL = "~/AppData/Local"
_CHROME_KEY = r"Software\Google\Chrome\NativeMessagingHosts"


@dataclass(frozen=True)
class Browser:
    """One browser. `marks`: folders that exist once a person has used it; profiles are in the first."""

    name: str
    label: str
    family: Family
    marks: Mapping[Platform, tuple[str, ...]]
    user_folder: Mapping[Platform, str]
    machine_folder: Mapping[Platform, str]
    registry_key: str  # under HKCU for one user, HKLM for the machine; its value is the manifest's path
    # On Linux read as well, by some builds or as others report; a package of theirs may be all there is.
    other_machine_folders: tuple[str, ...] = ()


def _chromium(  # the pattern that all of this family follow
    name: str,
    label: str,
    linux: str,
    macos: str,
    machine: tuple[str, str],
    registry_key: str,
    *,
    also: tuple[str, ...] = (),
) -> Browser:
    windows = {"Microsoft Edge": "Microsoft/Edge"}.get(macos, macos)
    return Browser(
        name,
        label,
        "chromium",
        {
            "linux": (linux,),
            "darwin": (f"{_MACOS_HOME}/{macos}",),
            "win32": (f"{_WINDOWS_LOCAL}/{windows}/User Data",),
        },
        {"linux": f"{linux}/NativeMessagingHosts", "darwin": f"{_MACOS_HOME}/{macos}/NativeMessagingHosts"},
        {"linux": f"{machine[0]}/native-messaging-hosts", "darwin": f"{machine[1]}/NativeMessagingHosts"},
        registry_key,
        tuple(f"{folder}/native-messaging-hosts" for folder in also),
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
            also=("/etc/chromium", "/etc/opt/chrome"),
        ),
        _chromium(
            "vivaldi",
            "Vivaldi",
            "~/.config/vivaldi",
            "Vivaldi",
            ("/etc/vivaldi", f"{_MACOS_MACHINE}/Vivaldi"),
            _CHROME_KEY,
            also=("/etc/opt/vivaldi", "/etc/chromium", "/etc/opt/chrome"),
        ),
        Browser(
            "firefox",
            "Firefox",
            "firefox",
            # Firefox keeps new profiles in ~/.config/mozilla, and still reads manifests in ~/.mozilla only.
            {
                "linux": ("~/.mozilla", "~/.config/mozilla"),
                "darwin": (f"{_MACOS_HOME}/Firefox",),
                "win32": ("~/AppData/Roaming/Mozilla/Firefox",),
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
            ("/usr/lib64/mozilla/native-messaging-hosts",),  # Fedora's
        ),
    )
}

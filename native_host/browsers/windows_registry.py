"""The registry keys by which browsers on Windows find a host manifest. Does nothing on other systems."""

from __future__ import annotations

import sys
from contextlib import suppress
from pathlib import Path

from native_host import HOST_NAME

if sys.platform == "win32":
    import winreg


def read(key: str, *, machine: bool = False) -> Path | None:
    """The manifest that the registry names below `key`, for this user or for the machine."""
    manifest = None
    if sys.platform == "win32":
        root = winreg.HKEY_LOCAL_MACHINE if machine else winreg.HKEY_CURRENT_USER
        with suppress(FileNotFoundError):
            manifest = Path(winreg.QueryValue(root, f"{key}\\{HOST_NAME}"))
    return manifest


def write(key: str, manifest: Path) -> None:
    """Name `manifest` below `key` for this user. Raises OSError."""
    if sys.platform == "win32":
        with winreg.CreateKey(winreg.HKEY_CURRENT_USER, f"{key}\\{HOST_NAME}") as place:
            winreg.SetValueEx(place, "", 0, winreg.REG_SZ, str(manifest))


def remove(key: str, manifest: Path) -> None:
    """Remove the name below `key` if it is of `manifest`: some browsers share a key. Raises OSError."""
    if sys.platform == "win32" and read(key) == manifest:
        winreg.DeleteKey(winreg.HKEY_CURRENT_USER, f"{key}\\{HOST_NAME}")

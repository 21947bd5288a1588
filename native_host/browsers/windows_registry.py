"""The Windows registry, by which browsers there find host manifests and policies. Elsewhere it is empty."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import Literal, Protocol

if sys.platform == "win32":
    import winreg

Hive = Literal["user", "machine"]  # HKEY_CURRENT_USER, HKEY_LOCAL_MACHINE
MAX_DEPTH = 8  # of policies; they nest three deep


class Registry(Protocol):
    """What registration and doctor need of a registry. Keys are paths such as `Software\\Mozilla`."""

    def read(self, hive: Hive, key: str) -> str | None:
        """The default value of a key; `None` when there is none."""

    def read_tree(self, hive: Hive, key: str) -> dict[str, object]:
        """All named values below a key, each subkey as another dict; empty when there is no such key."""

    def write(self, hive: Hive, key: str, value: str) -> None:
        """Set the default value of a key. Raises OSError."""

    def remove(self, hive: Hive, key: str) -> None:
        """Remove a key without subkeys; it is no error when there is none. Raises OSError."""


class _NoRegistry:
    def read(self, hive: Hive, key: str) -> str | None:  # noqa: ARG002 -- there is nothing
        return None

    def read_tree(self, hive: Hive, key: str) -> dict[str, object]:  # noqa: ARG002
        return {}

    def write(self, hive: Hive, key: str, value: str) -> None:
        pass

    def remove(self, hive: Hive, key: str) -> None:
        pass


NO_REGISTRY: Registry = _NoRegistry()

if sys.platform == "win32":
    _HIVES = {"user": winreg.HKEY_CURRENT_USER, "machine": winreg.HKEY_LOCAL_MACHINE}

    class _WindowsRegistry:
        def read(self, hive: Hive, key: str) -> str | None:
            with suppress(OSError):
                return winreg.QueryValue(_HIVES[hive], key) or None
            return None

        def read_tree(self, hive: Hive, key: str) -> dict[str, object]:
            return _tree(_HIVES[hive], key, MAX_DEPTH)

        def write(self, hive: Hive, key: str, value: str) -> None:
            with winreg.CreateKey(_HIVES[hive], key) as place:
                winreg.SetValueEx(place, "", 0, winreg.REG_SZ, value)

        def remove(self, hive: Hive, key: str) -> None:
            with suppress(FileNotFoundError):
                winreg.DeleteKey(_HIVES[hive], key)

    def _tree(hive: int, key: str, depth: int) -> dict[str, object]:
        found: dict[str, object] = {}
        if depth == 0:
            return found
        with suppress(OSError), winreg.OpenKey(hive, key) as place:
            subkeys, values, _ = winreg.QueryInfoKey(place)
            for number in range(values):
                name, value, _ = winreg.EnumValue(place, number)
                found[name] = value
            for number in range(subkeys):
                name = winreg.EnumKey(place, number)
                found[name] = _tree(hive, f"{key}\\{name}", depth - 1)
        return found


def this_registry() -> Registry:
    """The registry of this computer."""
    registry = NO_REGISTRY
    if sys.platform == "win32":
        registry = _WindowsRegistry()
    return registry

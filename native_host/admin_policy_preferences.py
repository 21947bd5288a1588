"""The organisation's policy on macOS: managed preferences, which a configuration profile of the MDM sets."""

import plistlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from native_host import HOST_NAME
from native_host.admin_policy import FoundPolicy
from native_host.errors import UnusablePolicyError
from native_host.owned_file import ROOT, read_owned

FOLDER = Path("/Library/Managed Preferences")
FILE_NAME = f"{HOST_NAME}.plist"


def find(user: str, *, top: Path | None = None, owner: int = ROOT) -> FoundPolicy | None:
    """The policy of the machine and the user's own, whose entries come first. Raises UnusablePolicyError."""
    folder = top or FOLDER
    texts = {
        file: text
        for file in (folder / FILE_NAME, folder / user / FILE_NAME)
        if (text := read_owned(file, top=top or Path("/"), owner=owner)) is not None
    }
    if not texts:
        return None
    return FoundPolicy(" and ".join(map(str, texts)), texts, lambda: _values(texts))


def _values(texts: Mapping[Path, bytes]) -> Mapping[str, Any]:
    values: dict[str, Any] = {}
    for file, text in texts.items():
        try:
            entries = plistlib.loads(text)
        except Exception as error:  # plistlib raises whatever its parsers do
            raise UnusablePolicyError(f"{file} is not a valid property list.") from error
        if not isinstance(entries, dict):
            raise UnusablePolicyError(f"{file} is not a dictionary with the entries of a policy.")
        values |= {name: value for name, value in entries.items() if not _is_of_profile(name)}
    return values


def _is_of_profile(name: str) -> bool:
    """Whether the entry describes the configuration profile, and not what it sets."""
    return name.startswith(("Payload", "_"))

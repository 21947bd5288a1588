"""The organisation's policy on Linux: policy.toml or policy.json below /etc, which only root can write."""

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from native_host.admin_policy import FoundPolicy
from native_host.errors import UnusablePolicyError
from native_host.owned_file import ROOT, read_owned
from native_host.places import APP_NAME

ETC = Path("/etc")
FILE_NAMES = ("policy.toml", "policy.json")


def find(*, top: Path | None = None, owner: int = ROOT) -> FoundPolicy | None:
    """The policy below `top`, which stands for /etc. Raises UnusablePolicyError."""
    folder = (top or ETC) / APP_NAME
    texts = {
        file: text
        for file in (folder / name for name in FILE_NAMES)
        if (text := read_owned(file, top=top or Path("/"), owner=owner)) is not None
    }
    if len(texts) > 1:
        raise UnusablePolicyError(f"{folder} has more than one policy. Keep one of {', '.join(FILE_NAMES)}.")
    if not texts:
        return None
    ((file, text),) = texts.items()
    return FoundPolicy(str(file), text, lambda: _values(file, text))


def _values(file: Path, text: bytes) -> Mapping[str, Any]:
    try:
        values = json.loads(text, object_pairs_hook=_unique) if file.suffix == ".json" else _toml(text)
    except (ValueError, RecursionError) as error:
        raise UnusablePolicyError(f"It is not valid {file.suffix[1:].upper()}: {error}.") from error
    if not isinstance(values, dict):
        raise UnusablePolicyError("It is not an object with the entries of a policy.")
    return values


def _toml(text: bytes) -> dict[str, Any]:
    return tomllib.loads(text.decode())


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    entries = dict(pairs)
    if len(entries) != len(pairs):
        raise ValueError("an entry is there twice")  # which of the two holds would be a guess
    return entries

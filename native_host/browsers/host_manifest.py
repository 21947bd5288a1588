"""The host manifest, the JSON file by which a browser knows the host: its content, not where it lies."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path, PurePath

from native_host import HOST_NAME
from native_host.browsers.table import Family
from native_host.errors import InvalidSetting

FILE_NAME = f"{HOST_NAME}.json"
DESCRIPTION = "Maxo click-to-call: places calls through MaxoTel"

IDS_FILE = "extension-ids.json"  # the installer writes it beside the programs

# The identities of the extension built from a source checkout: `key` and `gecko.id` in its manifest.
DEVELOPMENT_IDS: dict[Family, tuple[str, ...]] = {
    "chromium": ("mekckcfhcmacbbccnadgbbpiclkfnopo",),
    "firefox": ("click-to-call@maxo.com.au",),
}

_CHROMIUM_ID = re.compile(r"[a-p]{32}")
_GECKO_ID = re.compile(r"[A-Za-z0-9._-]{0,64}@[A-Za-z0-9._-]{1,64}|\{[0-9a-fA-F-]{36}\}")


def own_ids(family: Family, frozen_folder: Path | None) -> tuple[str, ...]:
    """The extensions that this program is for: those it was packaged for, or the one built from a checkout.

    A packaged program never knows the development id: whoever has its key could make an extension that calls.
    """
    if frozen_folder is None:
        return DEVELOPMENT_IDS[family]
    try:
        packaged = json.loads((frozen_folder / IDS_FILE).read_bytes())[family]
    except (OSError, ValueError, LookupError, TypeError):
        return ()
    return valid_ids(family, map(str, packaged))


def valid_ids(family: Family, texts: Iterable[str]) -> tuple[str, ...]:
    """Those of the texts that are ids of extensions of this family."""
    pattern = _CHROMIUM_ID if family == "chromium" else _GECKO_ID
    return tuple(text for text in texts if pattern.fullmatch(text))


def family_of_id(extension_id: str) -> Family:
    """Which browsers an extension's id belongs to. Raises InvalidSetting for a text that is no such id."""
    if _CHROMIUM_ID.fullmatch(extension_id):
        return "chromium"
    if _GECKO_ID.fullmatch(extension_id):
        return "firefox"
    raise InvalidSetting(f"{extension_id!r} is not the id of an extension.")


def manifest_text(family: Family, path: PurePath, extension_ids: Iterable[str]) -> str:
    """The manifest's content: `path` is the program that the browser starts, for these extensions only."""
    fields: dict[str, object] = {
        "name": HOST_NAME,
        "description": DESCRIPTION,
        "path": str(path),
        "type": "stdio",
    }
    if family == "chromium":
        fields["allowed_origins"] = [f"chrome-extension://{extension_id}/" for extension_id in extension_ids]
    else:
        fields["allowed_extensions"] = list(extension_ids)
    return json.dumps(fields, indent=2) + "\n"


def read_manifest(file: Path) -> dict[str, object] | None:
    """The fields of a manifest of this host; `None` when there is none that can be read."""
    try:
        fields = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        return None
    return fields if isinstance(fields, dict) and fields.get("name") == HOST_NAME else None


def is_whole(family: Family, fields: dict[str, object]) -> bool:
    """Whether the browser takes the manifest: a single wrong entry makes it ignore the whole file."""
    entries = fields.get("allowed_origins" if family == "chromium" else "allowed_extensions")
    texts = [fields.get(name) for name in ("path", "description")]
    return (
        fields.get("type") == "stdio"
        and all(isinstance(text, str) and text for text in texts)
        and isinstance(entries, list)
        and len(entries) == len(allowed_ids(family, fields)) > 0
    )


def allowed_ids(family: Family, fields: dict[str, object]) -> tuple[str, ...]:
    """The extensions that a manifest allows; entries that are no ids are left out."""
    entries = fields.get("allowed_origins" if family == "chromium" else "allowed_extensions")
    if not isinstance(entries, list):
        return ()
    return valid_ids(
        family, (str(entry).removeprefix("chrome-extension://").removesuffix("/") for entry in entries)
    )

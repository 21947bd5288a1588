"""The version of the product: said by `__version__` of the host, repeated where other programs read it."""

from __future__ import annotations

import json
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # scripts here are run by path
from native_host import __version__  # noqa: E402

# file → the lines in it that say the version, and how many there are
_JSON = r'(?m)^(  "version": ")[^"]+(")'
PLACES = {
    "native_host/__init__.py": (r'(?m)^(__version__ = ")[^"]+(")', 1),
    "pyproject.toml": (r'(?m)^(version = ")[^"]+(")', 1),
    "extension/package.json": (_JSON, 1),
    "extension/package-lock.json": (r'("name": "maxo-click-to-call",\n\s+"version": ")[^"]+(")', 2),
    "extension/static/manifest.json": (_JSON, 1),
}


class VersionError(Exception):
    """A sentence that says which versions do not agree, and what to do."""


def agreed_version() -> str:
    """The version. Raises VersionError where a file says another than the host."""
    lock = json.loads((ROOT / "extension/package-lock.json").read_text())
    said = {
        "pyproject.toml": tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"],
        "extension/package.json": json.loads((ROOT / "extension/package.json").read_text())["version"],
        "extension/package-lock.json": lock["packages"][""]["version"],
        "extension/static/manifest.json": json.loads((ROOT / "extension/static/manifest.json").read_text())[
            "version"
        ],
    }
    for file, version in said.items():
        if version != __version__:
            raise VersionError(
                f"{file} says version {version}, native_host/__init__.py {__version__}. "
                "Run `python installer/build.py set-version VERSION`."
            )
    return __version__


def set_version(version: str) -> list[str]:
    """Write the version wherever it is said; returns the files. Raises VersionError and changes nothing."""
    if not re.fullmatch(r"\d+\.\d+\.\d+", version):
        raise VersionError(f"{version!r} is no version: browsers want three numbers, such as 1.2.3.")
    texts = {}
    for name, (pattern, expected) in PLACES.items():
        texts[name], count = re.subn(pattern, rf"\g<1>{version}\g<2>", (ROOT / name).read_text())
        if count != expected:
            raise VersionError(f"{name} does not say its version where it was expected.")
    for name, text in texts.items():
        (ROOT / name).write_text(text)
    return list(texts)

"""What a release is: its version, the time of its files, the extensions that may start its host."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from versions import agreed_version

ROOT = Path(__file__).resolve().parent.parent
PRODUCT = "maxo-click-to-call"

sys.path.insert(0, str(ROOT))
from native_host.browsers.host_manifest import DEVELOPMENT_IDS, family_of_id  # noqa: E402


class BuildError(Exception):
    """A sentence that says what stops the build, and what to do about it."""


@dataclass(frozen=True)
class Release:
    """One release. `epoch`, in seconds, is the time of all its files, so that a second build is the same."""

    version: str
    epoch: int
    chromium_ids: tuple[str, ...]
    firefox_ids: tuple[str, ...]


def describe_release(*, version: str | None = None, extension_ids: Iterable[str] = ()) -> Release:
    """The release of this checkout, for the stores' extensions and those given.

    Raises BuildError, VersionError, or InvalidSetting for an id that is none.
    """
    ids: dict[str, list[str]] = {"chromium": [], "firefox": []}
    stores = tomllib.loads((ROOT / "installer" / "extension-ids.toml").read_text())
    for extension_id in [*filter(None, stores.values()), *extension_ids]:
        ids[family_of_id(extension_id)].append(extension_id)
    return Release(version or agreed_version(), _epoch(), tuple(ids["chromium"]), tuple(ids["firefox"]))


def refuse_unless_releasable(release: Release) -> None:
    """Raise BuildError if the host would start for a source checkout's extension, or for no store's."""
    development = set(DEVELOPMENT_IDS["chromium"]) & set(release.chromium_ids)
    if development:
        raise BuildError(f"{development.pop()} is the id of a source checkout. It must not be released.")
    if not release.chromium_ids:
        raise BuildError("installer/extension-ids.toml has no id of the Chrome Web Store yet.")


def refuse_unless_tagged(release: Release, tag: str) -> None:
    """Raise BuildError if the tag, such as v1.2.3, names another version."""
    if tag != f"v{release.version}":
        raise BuildError(f"The tag is {tag}, the version {release.version}.")


def _epoch() -> int:
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    asked = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if asked.returncode:
        raise BuildError("This is no git checkout: set SOURCE_DATE_EPOCH to the time of the sources.")
    return int(asked.stdout)

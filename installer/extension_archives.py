"""The extension as its stores take it: a zip for Chrome and Edge, an xpi for Firefox, and the sources."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from archives import files_below, write_zip
from release import PRODUCT, ROOT, BuildError, Release

EXTENSION = ROOT / "extension"
HOW_TO_BUILD = EXTENSION / "store" / "how-to-build.md"


def build_extension(release: Release, out: Path, *, scratch: Path) -> list[Path]:
    """Build the stores' variant, which has no `key`, and pack it. Raises BuildError."""
    shutil.rmtree(scratch, ignore_errors=True)
    command = ["node", "build.mjs", "--variant", "store", "--outdir", str(scratch)]
    _run(command, cwd=EXTENSION)
    built = files_below(scratch)
    chrome, firefox, sources = (
        out / f"{PRODUCT}-{release.version}-{ending}"
        for ending in ("chrome.zip", "firefox.xpi", "sources.zip")
    )
    write_zip(chrome, built, epoch=release.epoch)
    write_zip(firefox, built, epoch=release.epoch)
    write_zip(sources, _sources(), epoch=release.epoch)
    return [chrome, firefox, sources]


def _sources() -> dict[str, Path]:
    """What is needed to build the same bytes again, for reviewers of the stores: committed files only."""
    listed = _run(["git", "ls-files", "-z", "extension", "LICENSE"], cwd=ROOT)
    names = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    return {**files_below(ROOT, names), "README.md": HOW_TO_BUILD}


def _run(command: list[str], *, cwd: Path) -> str:
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"`{' '.join(command)}` failed: {done.stdout}{done.stderr}")
    return done.stdout

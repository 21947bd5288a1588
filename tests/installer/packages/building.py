"""Builds packages by the product's own command, for tests that look into them or install them."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from native_host import __version__

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / "installer" / "build.py"
EPOCH = "1790000000"  # any time of the past, the same for every build here
EARLIER_VERSION = "0.0.9"
BUILD_S = 600


@dataclass(frozen=True)
class Built:
    """A folder of packages, and the frozen programs that are in them."""

    folder: Path
    program: Path

    def package(self, ending: str) -> Path:
        """The one package whose name ends so."""
        (found,) = self.folder.glob(f"*{ending}")
        return found

    def copy_program(self, folder: Path) -> None:
        """Copy the frozen programs to a folder that does not exist yet."""
        shutil.copytree(self.program, folder)

    def digests(self) -> dict[str, str]:
        """The digest of every package by its name."""
        return {one.name: hashlib.sha256(one.read_bytes()).hexdigest() for one in self.folder.iterdir()}


def build(folder: Path, *arguments: str, version: str = __version__) -> Built:
    """Run `installer/build.py` with `folder` for the packages, and another beside it to work in."""
    scratch = folder.with_name(f"{folder.name}-scratch")
    places = ("--out", str(folder), "--scratch", str(scratch))
    done = subprocess.run(
        [sys.executable, str(BUILD), *places, "--label", version, *arguments],
        env={**os.environ, "SOURCE_DATE_EPOCH": EPOCH},
        cwd=folder.parent,
        capture_output=True,
        text=True,
        timeout=BUILD_S,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(folder, scratch / "program")

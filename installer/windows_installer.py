"""The two Windows installers, for one user and for all, from programs that were frozen on Windows.

makensis runs on Linux as well, so that they can be tried under Wine there; a release is built on Windows.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from freezing import settle
from release import PRODUCT, ROOT, BuildError, Release

RECIPE = ROOT / "installer" / "windows" / "setup.nsi"


def build_installers(release: Release, program: Path, out: Path, *, scratch: Path) -> list[Path]:
    """Both installers. Raises BuildError."""
    makensis = shutil.which("makensis") or shutil.which("makensis", path=r"C:\Program Files (x86)\NSIS")
    if makensis is None:
        raise BuildError("NSIS is missing: makensis was not found. Install it from nsis.sourceforge.io.")
    if not (program / "maxo-host.exe").exists():
        raise BuildError(f"{program} has no programs for Windows: freeze them on Windows.")
    stage = scratch / "windows"
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(program, stage)
    settle(stage, release.epoch)
    size_kb = sum(file.stat().st_size for file in stage.rglob("*") if file.is_file()) // 1024
    made = []
    for name, defines in (("setup", []), ("setup-all-users", ["-DALL_USERS"])):
        installer = out / f"{PRODUCT}-{release.version}-{name}.exe"
        values = {
            "VERSION": release.version,
            "PROGRAM": stage,
            "OUTFILE": installer,
            "LICENCE": ROOT / "LICENSE",
            "SIZE_KB": size_kb,
        }
        words = [f"-D{word}={value}" for word, value in values.items()]
        done = subprocess.run(
            [makensis, "-V2", "-WX", *defines, *words, str(RECIPE)],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BuildError(f"makensis failed: {done.stdout}{done.stderr}")
        made.append(installer)
    return made

"""The macOS package and the archive for one user. Runs on macOS only; it was never run (see README.md)."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from pathlib import Path

from archives import write_tar_xz
from freezing import settle
from release import PRODUCT, ROOT, BuildError, Release

RECIPES = ROOT / "installer" / "macos"
PACKAGE_ID = "au.com.maxo.click-to-call"
INSTALL_FOLDER = "/Library/Application Support/maxo-click-to-call"

# The names of certificates in the keychain, by the release's environment; without them nothing is signed.
SIGN_PROGRAMS_AS = "MAXO_MACOS_APPLICATION_IDENTITY"  # Developer ID Application: …
SIGN_PACKAGE_AS = "MAXO_MACOS_INSTALLER_IDENTITY"  # Developer ID Installer: …

_MACH_O = (b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")


def build_macos_package(release: Release, program: Path, out: Path, *, scratch: Path) -> list[Path]:
    """The package for all users, and the archive for one. Raises BuildError."""
    settle(program, release.epoch)
    if identity := os.environ.get(SIGN_PROGRAMS_AS):
        _sign_programs(program, identity)
    name = f"{PRODUCT}-{release.version}-macos-{platform.machine()}"
    return [
        _package(release, program, out / f"{name}.pkg", scratch / "pkg"),
        _archive(release, program, out / f"{name}.tar.xz", scratch / name),
    ]


def _package(release: Release, program: Path, package: Path, stage: Path) -> Path:
    shutil.rmtree(stage, ignore_errors=True)
    payload, scripts = stage / "payload", stage / "scripts"
    shutil.copytree(program, payload / "program", symlinks=True)
    shutil.copy(RECIPES / "uninstall.sh", payload)
    scripts.mkdir()
    shutil.copy(RECIPES / "postinstall", scripts)
    identity = os.environ.get(SIGN_PACKAGE_AS)
    _run(
        *("pkgbuild", "--root", str(payload), "--scripts", str(scripts)),
        *("--identifier", PACKAGE_ID, "--version", release.version),
        *("--install-location", INSTALL_FOLDER, "--ownership", "recommended"),
        *(("--sign", identity) if identity else ()),
        str(package),
    )
    return package


def _archive(release: Release, program: Path, archive: Path, stage: Path) -> Path:
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(program, stage / "program", symlinks=True)
    for file in (RECIPES / "register-for-me.sh", ROOT / "LICENSE", ROOT / "CHANGELOG.md"):
        shutil.copy(file, stage)
    settle(stage, release.epoch)
    write_tar_xz(archive, stage, top=stage.name, epoch=release.epoch)
    return archive


def _sign_programs(program: Path, identity: str) -> None:
    """Sign every library, then the programs: notarisation wants all of them, with the hardened runtime."""
    files = [file for file in sorted(program.rglob("*")) if file.is_file() and not file.is_symlink()]
    machine_code = [file for file in files if file.read_bytes()[:4] in _MACH_O]
    for file in sorted(machine_code, key=lambda file: file.parent == program):
        entitlements = ("--entitlements", str(RECIPES / "entitlements.plist"))
        _run(
            *("codesign", "--force", "--timestamp", "--options", "runtime", "--sign", identity),
            *(entitlements if file.parent == program else ()),
            str(file),
        )


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BuildError(f"`{' '.join(command)}` failed: {done.stdout}{done.stderr}")

"""Freezes the host and maxo-call into one folder with PyInstaller; nothing of this machine is left in it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from licences import third_party_licences
from release import ROOT, BuildError, Release

PROGRAMS = ("maxo-host", "maxo-call")
IDS_FILE = "extension-ids.json"  # native_host/browsers/host_manifest.py reads it
LICENCES_FILE = "THIRD-PARTY-LICENCES.txt"
FREEZE_S = 600
_ELF = b"\x7fELF"
_SYSTEM_PREFIXES = ("/usr",)  # a Python of the system gives nothing of the machine away


def freeze(release: Release, folder: Path, *, scratch: Path) -> Path:
    """Make `folder` with both programs, ready to be installed anywhere. Raises BuildError."""
    _run_pyinstaller(release, scratch)
    shutil.rmtree(folder, ignore_errors=True)
    shutil.move(scratch / "dist" / "program", folder)
    internal = folder / "_internal"
    (folder / LICENCES_FILE).write_text(third_party_licences(internal))
    for metadata in internal.glob("*.dist-info"):  # for finding plug-ins, which nothing here does
        shutil.rmtree(metadata)
    ids = {"chromium": release.chromium_ids, "firefox": release.firefox_ids}
    (folder / IDS_FILE).write_text(json.dumps(ids, indent=2) + "\n")
    if sys.platform == "linux":
        _remove_library_paths(folder)
        _remove_build_paths(folder)
    _complain_of_build_paths(folder)
    settle(folder, release.epoch)
    return folder


def settle(folder: Path, epoch: int) -> None:
    """Give every file and folder the same time, and rights that do not depend on who built it."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_symlink():
            continue
        executable = path.is_dir() or path.name in PROGRAMS or path.suffix == ".sh"
        path.chmod(0o755 if executable else 0o644)
        os.utime(path, (epoch, epoch))
    folder.chmod(0o755)
    os.utime(folder, (epoch, epoch))


def glibc_floor(folder: Path) -> str:
    """The oldest glibc that the programs run with, such as 2.35."""
    minors: set[int] = set()
    for file in _elf_files(folder):
        minors.update(int(minor) for minor in re.findall(rb"GLIBC_2\.(\d+)", file.read_bytes()))
    return f"2.{max(minors)}"


def _run_pyinstaller(release: Release, scratch: Path) -> None:
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    command = [
        *(sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"),
        *("--distpath", str(scratch / "dist"), "--workpath", str(scratch / "work")),
        str(ROOT / "installer" / "host.spec"),
    ]
    # The order of sets goes into the files; so do times.
    fixed = {
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": str(release.epoch),
        "PYINSTALLER_CONFIG_DIR": str(scratch / "cache"),
    }
    done = subprocess.run(
        command,
        env={**os.environ, **fixed},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=FREEZE_S,
        check=False,
    )
    if done.returncode:
        last = "\n".join(done.stdout.decode(errors="replace").splitlines()[-20:])
        raise BuildError(f"PyInstaller failed; its last words:\n{last}")


def _elf_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                if file.read(len(_ELF)) == _ELF:
                    yield path


def _remove_library_paths(folder: Path) -> None:
    """Remove RUNPATH: one that names a folder of the build machine is a place to slip a library in."""
    if not shutil.which("patchelf"):
        raise BuildError("patchelf is missing. Install it: apt-get install patchelf")
    for file in _elf_files(folder):
        subprocess.run(["patchelf", "--remove-rpath", str(file)], check=True)


def _remove_build_paths(folder: Path) -> None:
    """Write over what is left of the build machine's paths: libpython keeps the prefix it was built for.

    The same length, so that nothing moves, and never the last part of a path: linkers let strings share their
    ends, and the Python in `/home/me/3.11.7` has its version there. A frozen program sets its prefix itself.
    """
    for file in _elf_files(folder):
        content = whole = file.read_bytes()
        for path in _build_paths():
            kept = path[path.rindex(b"/") :]
            removed = (b"/removed" + b"_" * len(path))[: len(path) - len(kept)]
            content = content.replace(path, removed + kept)
        if content != whole:
            file.write_bytes(content)


def _complain_of_build_paths(folder: Path) -> None:
    for file in sorted(folder.rglob("*")):
        if file.is_file() and any(path in file.read_bytes() for path in _build_paths()):
            raise BuildError(f"{file.relative_to(folder)} has a path of this machine in it.")


def _build_paths() -> list[bytes]:
    places = {str(ROOT), sys.prefix, sys.base_prefix}
    return [os.fsencode(place) for place in sorted(places) if not place.startswith(_SYSTEM_PREFIXES)]

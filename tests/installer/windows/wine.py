"""A Windows of its own under Wine, and a Python for it with what the host needs."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
TOOLS = ROOT / ".tools"
PYTHON_REQUIREMENT = Path(__file__).with_name("requirements-python.txt")
WINDOWS = ("--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11")
RUN_S = 600


class Wine:
    """One prefix: a C: drive and a registry. `close` ends all that runs in it."""

    def __init__(self, folder: Path) -> None:
        """Make the prefix."""
        self.c_drive = folder / "prefix" / "drive_c"
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "LANG": "C.UTF-8",
            "WINEPREFIX": str(folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "SOURCE_DATE_EPOCH": "1790000000",
        }
        self.run("wineboot", "-i")
        self.run("winecfg", "-v", "win10")

    def run(self, *words: str, stdin: bytes = b"") -> str:
        """Run a program to its end and return what it said; raises when it fails."""
        done = self.try_to_run(*words, stdin=stdin)
        assert done.returncode == 0, f"{words}: {done.stdout.decode()}{done.stderr.decode(errors='replace')}"
        return done.stdout.decode()

    def try_to_run(self, *words: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
        """Run a program to its end. Pipes throughout: Wine gives Python no other standard streams."""
        return subprocess.run(
            ["wine", *words],
            env=self.environment,
            input=stdin,
            capture_output=True,
            timeout=RUN_S,
            check=False,
        )

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start a program with pipes."""
        return subprocess.Popen(
            ["wine", *words],
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def registry(self, key: str) -> dict[str, str]:
        """The values below a key and its sub-keys, by `key\\name`; empty when there is no such key."""
        found, place = {}, ""
        said = self.try_to_run("reg", "query", key, "/s").stdout.decode()
        for line in said.splitlines():
            if line.startswith("HKEY_"):
                place = line.strip()
            elif line.startswith("    "):
                name, _, value = line.strip().split("    ", 2)
                found[f"{place}\\{name}"] = value
        return found

    def unix_path(self, path: str) -> Path:
        """Where a path such as C:\\users lies on this system."""
        assert path.startswith("C:\\")
        return self.c_drive.joinpath(*path[3:].split("\\"))

    def close(self) -> None:
        """End every program of this prefix."""
        subprocess.run(["wineserver", "-k"], env=self.environment, check=False)
        subprocess.run(["wineserver", "-w"], env=self.environment, check=False)


def windows_python() -> Path:
    """Python for Windows with the host's packages and PyInstaller; fetched once, checked by its digest."""
    python = TOOLS / "windows" / "cp311" / "python.exe"
    packages = python.parent / "Lib" / "site-packages"
    if not python.exists():
        _fetch_python(python.parent.parent)
    command = [
        *(_uv(), "pip", "install", "--quiet", "--target", str(packages), "--python", sys.executable),
        *(*WINDOWS, "--only-binary", ":all:", "--requirement", str(ROOT / "requirements.txt"), "pyinstaller"),
        *("--constraint", str(ROOT / "requirements-dev.txt")),  # with the digests of all
    ]
    subprocess.run(command, check=True)
    return python


def _fetch_python(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    pip = (str(Path(sys.base_prefix) / "bin" / "python3"), "-m", "pip")
    subprocess.run(
        [
            *(*pip, "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--require-hashes"),
            *("--dest", folder, "--requirement", PYTHON_REQUIREMENT),
        ],
        check=True,
    )
    (sdist,) = folder.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        (data,) = (name for name in archive.getnames() if name.endswith("data.zip"))
        archive.extract(data, folder, filter="data")
    with zipfile.ZipFile(folder / data) as python:
        python.extractall(folder)  # noqa: S202  (its digest was checked)


def _uv() -> str:
    own = TOOLS / "bin" / "uv"
    found = str(own) if own.exists() else shutil.which("uv")
    assert found, "uv is missing: `make setup` fetches it"
    return found

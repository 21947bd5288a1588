"""Makes a fresh Debian 12 machine ready to build, test and show the product; needs nothing but Python itself.

Every step leaves a stamp, so that a second run does nothing and takes a moment. It must not change anything
outside this checkout except to install missing Debian packages, and must not name a package registry.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = ROOT / ".tools"
VENV_PYTHON = ROOT / ".venv" / "bin" / "python"
EXTENSION = ROOT / "extension"
REQUIREMENTS = ROOT / "requirements-dev.txt"
UV_REQUIREMENTS = ROOT / "tests" / "requirements-uv.txt"
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 20

# Debian package → a program or file of it that the tests or the demo use.
DEBIAN_PACKAGES = {
    "chromium": "/usr/bin/chromium",
    "firefox-esr": "/usr/bin/firefox-esr",
    "gnome-keyring": "/usr/bin/gnome-keyring-daemon",
    "dbus": "/usr/bin/dbus-daemon",
    "libglib2.0-bin": "/usr/bin/gdbus",  # locks the private keyring
    "at-spi2-core": "/usr/libexec/at-spi-bus-launcher",  # picks Chromium's real context menu
    "python3-gi": "/usr/lib/python3/dist-packages/gi/__init__.py",
    "gir1.2-atspi-2.0": "/usr/lib/*/girepository-1.0/Atspi-2.0.typelib",
    "libatomic1": "/usr/lib/*/libatomic.so.1",  # Playwright's own Node.js is linked to it
    "fonts-dejavu-core": "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",  # no font, no paint
}
PACKAGING = {"patchelf": "/usr/bin/patchelf"}  # what building packages needs
PACKAGE_TESTS = {"lintian": "/usr/bin/lintian", "rpm": "/usr/bin/rpm", "binutils": "/usr/bin/readelf"}
WINDOWS_TESTS = {"wine": "/usr/bin/wine", "wine64": "/usr/lib/wine/wine64", "nsis": "/usr/bin/makensis"}


class NotReadyError(Exception):
    """A sentence that says what is missing on this machine and what to do about it."""


def run(*command: str | Path, cwd: Path = ROOT, env: dict[str, str] | None = None) -> None:
    """Run a command with its output on the terminal; raises NotReadyError when it fails."""
    words = [str(word) for word in command]
    print("+", " ".join(words), flush=True)
    if subprocess.run(words, cwd=cwd, env={**os.environ, **(env or {})}, stdin=subprocess.DEVNULL).returncode:
        raise NotReadyError(
            f"`{' '.join(words)}` failed; its own words are above. Nothing after it was done."
        )


def digest(files: Iterable[Path], *words: str) -> str:
    """Return a digest over names and contents of files, and over words."""
    total = hashlib.sha256("\0".join(words).encode())
    for file in sorted(files):
        total.update(f"\0{file.relative_to(ROOT)}\0".encode() + file.read_bytes())
    return total.hexdigest()


def once(step: str, state: str, result: Path, work: Callable[[], None]) -> None:
    """Do work unless it was done for this very state and its result is still there."""
    stamp = TOOLS / "stamps" / step
    if result.exists() and stamp.exists() and stamp.read_text() == state:
        return
    work()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(state)


def is_there(pattern: str) -> bool:
    """Say whether a file given by an absolute glob pattern exists."""
    return any(Path("/").glob(pattern.lstrip("/")))


def install_debian(packages: list[str]) -> None:
    """Install Debian packages by apt-get, with sudo when not root; raises NotReadyError if it cannot."""
    listed = " ".join(packages)
    if not (Path("/etc/debian_version").exists() and shutil.which("apt-get")):
        raise NotReadyError(
            "This is not a Debian system, so nothing was installed. Missing here, by their Debian names: "
            f"{listed}. Install them by your system's own means, then run this again."
        )
    as_root: list[str] = []
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            raise NotReadyError(
                f"Missing: {listed}. Run this as root, or install them: apt-get install {listed}"
            )
        as_root = ["sudo", "DEBIAN_FRONTEND=noninteractive"]
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    wait = ("-o", "DPkg::Lock::Timeout=300")  # seconds; another apt-get may be at work
    run(*as_root, "apt-get", "-qq", "update", env=quiet)
    run(*as_root, "apt-get", *wait, "-qq", "-y", "--no-install-recommends", "install", *packages, env=quiet)


def have_debian(packages: dict[str, str]) -> None:
    """Install those Debian packages whose file is not there."""
    missing = [package for package, file in packages.items() if not is_there(file)]
    if missing:
        install_debian(missing)


def browsers() -> None:
    """Have both browsers, a keyring, a message bus and a font."""
    have_debian(DEBIAN_PACKAGES)


def packaging() -> None:
    """Have what builds packages."""
    have_debian(PACKAGING)


def package_tests() -> None:
    """Have what builds packages and looks into them."""
    have_debian(PACKAGING | PACKAGE_TESTS)


def windows_tests() -> None:
    """Have what runs programs for Windows, and makes an installer of them."""
    have_debian(WINDOWS_TESTS)


def has_module(name: str) -> bool:
    """Say whether the running Python can import a module."""
    probe = [sys.executable, "-c", f"import {name}"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def is_same_python(python: Path) -> bool:
    """Say whether an environment's Python starts and is of the running version."""
    if not python.exists():
        return False
    probe = [str(python), "-c", "import sys; print(sys.version)"]
    return subprocess.run(probe, capture_output=True, text=True, check=False).stdout.strip() == sys.version


def make_python_environment() -> None:
    """Make .venv with exactly the locked packages: by uv where it can be had, else by pip (slower)."""
    if not has_module("pip") and not has_module("ensurepip"):
        install_debian(["python3-venv"])
    uv = TOOLS / "bin" / "uv"
    if not uv.exists() and has_module("pip"):
        with contextlib.suppress(NotReadyError):
            run(
                *(sys.executable, "-m", "pip", "install", "--quiet", "--root-user-action=ignore"),
                *("--require-hashes", "--target", TOOLS, "--requirement", UV_REQUIREMENTS),
            )
    if uv.exists():
        if not is_same_python(VENV_PYTHON):
            no_downloads = {"UV_PYTHON_DOWNLOADS": "never"}
            venv = VENV_PYTHON.parent.parent
            run(uv, "venv", "--quiet", "--clear", "--python", sys.executable, venv, env=no_downloads)
        run(uv, "pip", "sync", "--quiet", "--require-hashes", "--python", VENV_PYTHON, REQUIREMENTS)
        return
    print("uv could not be had; going on with venv and pip.")
    run(sys.executable, "-m", "venv", "--clear", VENV_PYTHON.parent.parent)
    run(VENV_PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "--requirement", REQUIREMENTS)


def python() -> None:
    """Have .venv with the locked packages."""
    if sys.version_info < OLDEST_PYTHON:
        raise NotReadyError(f"Python 3.11 or newer is needed; python3 here is {sys.version.split()[0]}.")
    state = digest([REQUIREMENTS, UV_REQUIREMENTS], sys.version, sys.prefix)
    once("python", state, VENV_PYTHON, make_python_environment)


def node_version() -> str:
    """Return Node's version; raises NotReadyError when Node or npm is missing or too old."""
    if not (shutil.which("node") and shutil.which("npm")):
        raise NotReadyError(f"Node.js {OLDEST_NODE} or newer with npm is needed, and is not on PATH.")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.removeprefix("v").split(".")[0]) < OLDEST_NODE:
        raise NotReadyError(f"Node.js {OLDEST_NODE} or newer is needed; node here is {version}.")
    return version


def extension() -> None:
    """Have the extension's locked npm packages."""
    locked = [EXTENSION / "package.json", EXTENSION / "package-lock.json"]
    modules = EXTENSION / "node_modules"
    once(
        "extension",
        digest(locked, node_version()),
        modules,
        lambda: run("npm", "ci", "--loglevel=error", cwd=EXTENSION),
    )


def build() -> None:
    """Have extension/dist built from the sources as they are now."""
    extension()
    folders = [EXTENSION / "src", EXTENSION / "static"]
    sources = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    sources += [EXTENSION / "build.mjs", EXTENSION / "package-lock.json"]
    result = EXTENSION / "dist" / "manifest.json"
    once("build", digest(sources), result, lambda: run("npm", "run", "--silent", "build", cwd=EXTENSION))


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let only one preparation of this checkout run at a time."""
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "prepare.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


STEPS: dict[str, Callable[[], None]] = {
    "python": python,
    "extension": extension,
    "build": build,
    "browsers": browsers,
}
ON_REQUEST: dict[str, Callable[[], None]] = {
    "packaging": packaging,
    "package-tests": package_tests,
    "windows-tests": windows_tests,
}


def main(names: list[str]) -> int:
    """Run the named steps, or all but those on request; return the exit status."""
    known = STEPS | ON_REQUEST
    unknown = [name for name in names if name not in known]
    if unknown:
        print(f"There is no step {unknown[0]!r}. The steps are: {', '.join(known)}.", file=sys.stderr)
        return 2
    try:
        with alone():
            for name in names or STEPS:
                known[name]()
    except NotReadyError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

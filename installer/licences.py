"""Gathers the licences of everything that is frozen into the programs, as these licences ask for."""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

_LICENCE_FILE = re.compile(r"(?i)(^|/)(licen[cs]e|copying|notice)[^/]*$")

# Libraries in C that come along with the Python that is frozen.
_NATIVE = {
    "bzip2": "bzip2 licence, sourceware.org/bzip2",
    "GCC runtime (libgcc)": "GPL 3 with the GCC Runtime Library Exception, gcc.gnu.org",
    "libffi": "MIT, sourceware.org/libffi",
    "OpenSSL": "Apache 2.0, openssl.org",
    "PyInstaller bootloader": "GPL 2 or later with an exception for frozen programs, pyinstaller.org",
    "SQLite": "public domain, sqlite.org",
    "XZ Utils (liblzma)": "public domain and 0BSD, tukaani.org/xz",
    "zlib": "zlib licence, zlib.net",
}


def third_party_licences(frozen: Path) -> str:
    """The licences of all distributions with a module in the frozen folder, and of Python, as one text."""
    parts = [_python_licence()]
    parts += [_licence_of(name) for name in bundled_distributions(frozen)]
    native = "\n".join(f"{name}: {licence}" for name, licence in _NATIVE.items())
    parts.append(f"Libraries in C\n\n{native}")
    return f"\n\n{'=' * 78}\n\n".join(parts) + "\n"


def bundled_distributions(frozen: Path) -> list[str]:
    """The names of the distributions that have a module in the frozen folder, sorted."""
    modules = {path.name.split(".")[0] for path in frozen.iterdir()}
    modules |= {path.name for path in (frozen / "jaraco").glob("*") if path.is_dir()}
    found = {
        name
        for module, names in metadata.packages_distributions().items()
        if module in modules
        for name in names
        if _has_module_in(name, frozen)
    }
    return sorted(found, key=str.lower)


def _has_module_in(name: str, frozen: Path) -> bool:
    """Whether a module of the distribution is in the frozen folder: `jaraco` belongs to several."""
    files = metadata.files(name) or []
    suffixes = {".py": ".pyc", ".so": ".so", ".pyd": ".pyd"}
    return any(
        (frozen / file.with_suffix(suffixes[file.suffix])).exists()
        for file in files
        if file.suffix in suffixes
    )


def _licence_of(name: str) -> str:
    distribution = metadata.distribution(name)
    about = distribution.metadata
    said = next((about[name] for name in ("License-Expression", "License") if name in about), "licence below")
    texts = [
        Path(str(distribution.locate_file(file))).read_text(errors="replace").strip()
        for file in distribution.files or []
        if ".dist-info" in str(file) and _LICENCE_FILE.search(str(file))
    ]
    head = f"{about['Name']} {distribution.version} ({said.splitlines()[0]})"
    return "\n\n".join([head, *texts])


def _python_licence() -> str:
    version = ".".join(map(str, sys.version_info[:3]))
    place = Path(sys.base_prefix) / "lib" / f"python{sys.version_info.major}.{sys.version_info.minor}"
    for file in (place / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt"):
        if file.exists():
            return f"Python {version} (PSF-2.0)\n\n{file.read_text(errors='replace').strip()}"
    return f"Python {version} (PSF-2.0): docs.python.org/3/license.html"

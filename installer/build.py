"""Builds into dist/ what this system can build: `python installer/build.py [PART …]`, else all parts."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from extension_archives import build_extension
from freezing import freeze
from linux_packages import build_archive, build_package
from macos_package import build_macos_package
from release import (
    ROOT,
    BuildError,
    Release,
    describe_release,
    refuse_unless_releasable,
    refuse_unless_tagged,
)
from versions import VersionError, set_version
from windows_installer import build_installers

from native_host.errors import InvalidSetting

Builder = Callable[..., list[Path]]

# What each system can build from the programs that it can freeze; `windows` also from programs given.
PACKAGES: dict[str, dict[str, Builder]] = {
    "linux": {
        "archive": build_archive,
        "deb": partial(build_package, "deb"),
        "rpm": partial(build_package, "rpm"),
    },
    "win32": {"windows": build_installers},
    "darwin": {"macos": build_macos_package},
}
OWN = PACKAGES.get(sys.platform, {})
ALL = {name: builder for packages in PACKAGES.values() for name, builder in packages.items()}


def build(
    parts: list[str], release: Release, out: Path, *, scratch: Path, frozen: Path | None = None
) -> list[Path]:
    """Build the named parts and return what came of them. `frozen` saves freezing. Raises BuildError."""
    out.mkdir(parents=True, exist_ok=True)
    scratch.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    if "extension" in parts:
        made += build_extension(release, out, scratch=scratch / "extension")
    if set(parts) - {"extension"}:
        program = frozen or freeze(release, scratch / "program", scratch=scratch / "frozen")
        for part in parts:
            if part in ALL:
                made += ALL[part](release, program, out, scratch=scratch)
    return made


def main() -> int:
    """Build, or set the version; return the exit status."""
    known = ["extension", "program", *OWN]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(known)}; or: set-version VERSION")
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where the packages go")
    parser.add_argument("--scratch", type=Path, default=ROOT / "build", help="where it works")
    parser.add_argument(
        "--extension-id", action="append", default=[], metavar="ID", help="one more extension that may call"
    )
    parser.add_argument(
        "--label", metavar="VERSION", help="build under another version, for tests of upgrades"
    )
    parser.add_argument("--program", type=Path, metavar="DIR", help="package these frozen programs")
    parser.add_argument("--release", action="store_true", help="refuse what must not be released")
    parser.add_argument("--tag", help="refuse unless the version is that of this tag, such as v1.2.3")
    options = parser.parse_args()
    try:
        if options.parts[:1] == ["set-version"] and len(options.parts) == 2:
            print("Changed:", ", ".join(set_version(options.parts[1])))
            return 0
        unknown = set(options.parts) - {*known, *(ALL if options.program else ())}
        if unknown:
            parser.error(f"there is no part {unknown.pop()!r} on this system; there are {', '.join(known)}")
        release = describe_release(version=options.label, extension_ids=options.extension_id)
        if options.tag:
            refuse_unless_tagged(release, options.tag)
        if options.release:
            refuse_unless_releasable(release)
        elif not release.chromium_ids:
            print("Note: no Chromium browser may start this host: extension-ids.toml has no store's id yet.")
        parts = options.parts or known
        for made in build(
            parts, release, options.out, scratch=options.scratch.resolve(), frozen=options.program
        ):
            print(f"{made.stat().st_size / 1e6:6.1f} MB  {made}")
    except (BuildError, VersionError, InvalidSetting) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

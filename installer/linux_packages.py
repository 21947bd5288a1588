"""The three ways onto a Linux desktop: deb and rpm for all its users, an archive with install.sh for one."""

from __future__ import annotations

import gzip
import json
import os
import platform
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from string import Template

from archives import write_tar_xz
from freezing import LICENCES_FILE, glibc_floor, settle
from release import PRODUCT, ROOT, BuildError, Release

from native_host.browsers.host_manifest import FILE_NAME, manifest_text
from native_host.browsers.table import BROWSERS

RECIPES = ROOT / "installer" / "linux"
PROGRAMS_FOLDER = Path("/usr/lib") / PRODUCT
SHARED_FOLDER = Path("/usr/share") / PRODUCT
DOC_FOLDER = Path("/usr/share/doc") / PRODUCT
FIREFOX_64_FOLDER = Path("/usr/lib64/mozilla/native-messaging-hosts")  # where Fedora's Firefox looks

_DEBIAN_ARCH = {"x86_64": "amd64", "aarch64": "arm64"}
_PACKAGES = {"deb": "{product}_{version}_{arch}.deb", "rpm": "{product}-{version}-1.{machine}.rpm"}


def build_archive(release: Release, program: Path, out: Path, *, scratch: Path) -> list[Path]:
    """The archive with install.sh, for a user without administrator rights."""
    top = f"{PRODUCT}-{release.version}-linux-{platform.machine()}"
    folder = scratch / top
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(program, folder / "program")
    shutil.move(folder / "program" / LICENCES_FILE, folder / LICENCES_FILE)
    for file in (RECIPES / "install.sh", ROOT / "LICENSE", ROOT / "CHANGELOG.md"):
        shutil.copy(file, folder)
    settle(folder, release.epoch)
    archive = out / f"{top}.tar.xz"
    write_tar_xz(archive, folder, top=top, epoch=release.epoch)
    return [archive]


def build_package(kind: str, release: Release, program: Path, out: Path, *, scratch: Path) -> list[Path]:
    """The package of a kind, `deb` or `rpm`. Raises BuildError."""
    nfpm = Path(sys.prefix) / "bin" / "nfpm"
    machine = platform.machine()
    stage = scratch / kind
    _stage(release, program, stage)
    description = Template((RECIPES / "nfpm.yaml").read_text()).substitute(
        arch=_DEBIAN_ARCH[machine],
        version=release.version,
        mtime=datetime.fromtimestamp(release.epoch, UTC).isoformat(),
        glibc=glibc_floor(program),
        contents=json.dumps(_contents(stage)),
    )
    recipe = scratch / f"{kind}.yaml"
    recipe.write_text(description)
    name = _PACKAGES[kind].format(
        product=PRODUCT, version=release.version, arch=_DEBIAN_ARCH[machine], machine=machine
    )
    package = out / name
    done = subprocess.run(
        [str(nfpm), "package", "--packager", kind, "--config", str(recipe), "--target", str(package)],
        env={"PATH": "/usr/bin:/bin", "SOURCE_DATE_EPOCH": str(release.epoch)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BuildError(f"nfpm failed: {done.stdout}{done.stderr}")
    return [package]


def _stage(release: Release, program: Path, stage: Path) -> None:
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(program, stage / "program")
    shutil.move(stage / "program" / LICENCES_FILE, stage / LICENCES_FILE)
    host = PROGRAMS_FOLDER / "maxo-host"
    (stage / "chromium.json").write_text(manifest_text("chromium", host, release.chromium_ids))
    (stage / "firefox.json").write_text(manifest_text("firefox", host, release.firefox_ids))
    licence = (ROOT / "LICENSE").read_text().partition("\n\n")[2].partition("\n\n")[2]
    indented = "".join(f" {line}".rstrip() + "\n" if line else " .\n" for line in licence.splitlines())
    copyright_text = Template((RECIPES / "copyright").read_text()).substitute(licence=indented.rstrip("\n"))
    (stage / "copyright").write_text(copyright_text)
    shutil.copy(RECIPES / "lintian-overrides", stage)
    _compress(RECIPES.joinpath("maxo-call.1").read_bytes(), stage / "maxo-call.1.gz")
    _compress(_debian_changelog(release).encode(), stage / "changelog.gz")
    _compress((ROOT / "CHANGELOG.md").read_bytes(), stage / "NEWS.gz")
    settle(stage, release.epoch)


def _compress(content: bytes, file: Path) -> None:
    file.write_bytes(gzip.compress(content, 9, mtime=0))


def _debian_changelog(release: Release) -> str:
    at = format_datetime(datetime.fromtimestamp(release.epoch, UTC))
    author = "The Maxo click-to-call authors <click-to-call@maxo.com.au>"
    return f"{PRODUCT} ({release.version}) stable; urgency=medium\n\n  * See NEWS.gz.\n\n -- {author}  {at}\n"


def _contents(stage: Path) -> list[dict[str, object]]:
    """What goes where, as nfpm wants it."""

    def file(source: str, target: Path, **more: object) -> dict[str, object]:
        return {"src": str(stage / source), "dst": str(target), **more}

    def own(folder: Path) -> dict[str, object]:
        return {"dst": str(folder), "type": "dir", "packager": "rpm"}

    def link(source: Path, target: Path, **more: object) -> dict[str, object]:
        if source.parts[:2] == target.parts[:2]:  # Debian wants links within one top-level folder relative
            source = Path(os.path.relpath(source, target.parent))
        return {"src": str(source), "dst": str(target), "type": "symlink", **more}

    firefox = SHARED_FOLDER / "firefox.json"
    links = {Path(one.machine_folder["linux"]) / FILE_NAME: one.family for one in BROWSERS.values()}
    # A deb removes each folder that it leaves empty; an rpm only those that it names.
    folders = {SHARED_FOLDER, DOC_FOLDER, *_folders_of([*links, FIREFOX_64_FOLDER / FILE_NAME])}
    return [
        *(own(folder) for folder in sorted(folders)),
        file("program", PROGRAMS_FOLDER, type="tree"),
        file("chromium.json", SHARED_FOLDER / "chromium.json"),
        file("firefox.json", firefox),
        file("copyright", DOC_FOLDER / "copyright"),
        file("changelog.gz", DOC_FOLDER / "changelog.gz"),
        file("NEWS.gz", DOC_FOLDER / "NEWS.gz"),
        file(LICENCES_FILE, DOC_FOLDER / LICENCES_FILE),
        file("maxo-call.1.gz", Path("/usr/share/man/man1/maxo-call.1.gz")),
        file("lintian-overrides", Path("/usr/share/lintian/overrides") / PRODUCT, packager="deb"),
        link(PROGRAMS_FOLDER / "maxo-call", Path("/usr/bin/maxo-call")),
        *(link(SHARED_FOLDER / f"{family}.json", place) for place, family in links.items()),
        link(firefox, FIREFOX_64_FOLDER / FILE_NAME, packager="rpm"),
    ]


def _folders_of(manifests: list[Path]) -> set[Path]:
    """The folders of the manifests that browsers, not the system, have made: /etc/opt/chrome and the like."""
    system = {Path(name) for name in ("/", "/etc", "/etc/opt", "/usr", "/usr/lib", "/usr/lib64")}
    return {folder for manifest in manifests for folder in manifest.parents} - system

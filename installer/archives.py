"""Archives that are the same bytes whenever the same files go in: names in order, one time, no owner."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

_EXECUTABLE, _PLAIN = 0o755, 0o644


def write_tar_xz(archive: Path, folder: Path, *, top: str, epoch: int) -> None:
    """Write all of the folder, below the name `top`."""

    def settled(member: tarfile.TarInfo) -> tarfile.TarInfo:
        member.uid = member.gid = 0
        member.uname = member.gname = ""
        member.mtime = epoch
        return member

    with lzma.open(archive, "wb", preset=9) as compressed, tarfile.open(fileobj=compressed, mode="w") as tar:
        for path in [folder, *sorted(folder.rglob("*"))]:
            name = str(Path(top) / path.relative_to(folder))
            tar.add(path, name, recursive=False, filter=settled)


def write_zip(archive: Path, files: Mapping[str, Path], *, epoch: int) -> None:
    """Write the files under the names they are given here."""
    at = datetime.fromtimestamp(epoch, UTC).timetuple()[:6]
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for name in sorted(files):
            member = zipfile.ZipInfo(name, at)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # Unix, wherever it is written
            executable = files[name].stat().st_mode & 0o100
            member.external_attr = (0o100000 | (_EXECUTABLE if executable else _PLAIN)) << 16
            target.writestr(member, files[name].read_bytes())


def files_below(folder: Path, names: Iterable[str] | None = None) -> dict[str, Path]:
    """The files below a folder by their names in it with `/`, or only those of the names given."""
    chosen = [folder / name for name in names] if names is not None else folder.rglob("*")
    return {path.relative_to(folder).as_posix(): path for path in chosen if path.is_file()}

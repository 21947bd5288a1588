"""Reads a file that only the administrator can have written; refuses any other. Knows no file's content."""

import os
import stat
from pathlib import Path

from native_host.errors import UnusablePolicyError

MAX_BYTES = 4 * 1024 * 1024
ROOT = 0
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH


def read_owned(path: Path, *, top: Path = Path("/"), owner: int = ROOT) -> bytes | None:
    """The content of the file; None where there is none.

    The file, and each folder from it up to `top`, must belong to `owner` and be writable by nobody else: who
    may write a folder may put another file into it. Links are followed first. Raises UnusablePolicyError.
    """
    try:
        real = path.resolve(strict=True)
        with real.open("rb") as file:
            _check(real, os.fstat(file.fileno()), owner)
            content = file.read(MAX_BYTES + 1)
        for folder in real.parents:
            _check(folder, folder.stat(), owner)
            if folder == top:
                break
    except FileNotFoundError:
        if path.is_symlink() or path.parent.is_symlink():
            raise UnusablePolicyError(
                f"{path} is a link to nothing. Remove it, or restore the file."
            ) from None
        return None
    except OSError as error:
        raise UnusablePolicyError(
            f"{path} cannot be read ({error.strerror}). As root, let all users read it: chmod a+r {path}."
        ) from error
    if len(content) > MAX_BYTES:
        raise UnusablePolicyError(f"{path} is larger than {MAX_BYTES} bytes.")
    return content


def _check(path: Path, status: os.stat_result, owner: int) -> None:
    if status.st_uid != owner:
        raise UnusablePolicyError(
            f"{path} does not belong to the administrator. As root, run: chown root {path}."
        )
    if status.st_mode & _OTHERS_MAY_WRITE:
        raise UnusablePolicyError(
            f"{path} can be written by others than the administrator. As root, run: chmod go-w {path}."
        )

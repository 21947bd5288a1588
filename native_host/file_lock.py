"""One lock for several processes, on a file of its own; it ends with the process that holds it."""

import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_OWNER_ONLY = 0o600
_TRY_AGAIN_S = 0.01

_log = logging.getLogger(__name__)


@contextmanager
def held(path: Path, *, timeout_s: float) -> Iterator[None]:
    """Hold the lock of that file. Raises TimeoutError when another keeps it, OSError when there can be none.

    Where the file system has no locks (some network homes) the work goes on without, which is logged.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
    try:
        until = time.monotonic() + timeout_s
        while not _taken(descriptor):
            if time.monotonic() > until:
                raise TimeoutError(f"{path.name} is held by another program")
            time.sleep(_TRY_AGAIN_S)
        yield
    finally:
        if sys.platform == "win32":
            with suppress(OSError):  # it was not taken
                os.lseek(descriptor, 0, os.SEEK_SET)
                msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        os.close(descriptor)  # elsewhere this gives the lock back


def _taken(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(descriptor, 0, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):  # the latter is how Windows says that another has it
        return False
    except OSError as error:
        _log.warning("no lock on this file system: %s", error)
    return True

"""Looks for a secret where a program could have left it: files, arguments, environments, in any writing.

Used by the host's tests on a home folder and by the end-to-end tests on a browser's profile. Proves nothing
about memory: the key is there while it is used.
"""

from __future__ import annotations

import base64
import gzip
import secrets
import string
import threading
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import quote

LOOK_EVERY_S = 0.01


def new_canary() -> str:
    """A key that is nowhere yet.

    Random, so that no fast compressor takes it apart; letters only, so that nothing takes it for a number and
    masks part of it.
    """
    return "".join(secrets.choice(string.ascii_letters) for _ in range(40))


def writings_of(secret: str) -> dict[str, bytes]:
    """The secret as files may hold it: encodings of text, of bytes and of addresses."""
    plain = secret.encode()
    forms = {
        "plain": plain,
        "UTF-16 LE": secret.encode("utf-16-le"),
        "UTF-16 BE": secret.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "HEX": plain.hex().upper().encode(),
        "percent": "".join(f"%{byte:02X}" for byte in plain).encode(),
        "quoted": quote(secret, safe="").encode(),
        "reversed": plain[::-1],
    }
    for shift, cut in ((0, 0), (1, 2), (2, 3)):  # a text inside a longer one begins at one of three places
        whole = base64.b64encode(b"\0" * shift + plain).rstrip(b"=")
        forms[f"base64, shifted {shift}"] = whole[cut:-2]
    return forms


def forms_in(data: bytes, secret: str) -> list[str]:
    """In which writings the secret is in the data."""
    return [name for name, form in writings_of(secret).items() if form in data]


def find_in_folders(
    secret: str, folders: Iterable[Path], *, leave_out: Callable[[Path], bool] = lambda _: False
) -> list[str]:
    """Every file below the folders with the secret in its name or content, and in which writing."""
    found = []
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if leave_out(file) or file.is_symlink() or not file.is_file():
                continue
            for name, data in [(str(file), str(file).encode()), *_contents(file)]:
                found += [f"{name}: {form}" for form in forms_in(data, secret)]
    return found


def _contents(file: Path) -> list[tuple[str, bytes]]:
    """What is in the file, and in it again when it is packed."""
    try:
        data = file.read_bytes()
    except OSError:  # it has just gone
        return []
    whole = [(str(file), data)]
    if data.startswith(b"\x1f\x8b"):
        whole.append((f"{file} unpacked", gzip.decompress(data)))
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as packed:
            whole += [(f"{file}/{name}", packed.read(name)) for name in packed.namelist()]
    return whole


class ProcessWatch:
    """Keeps what every process of a session was started with, while it lasts. A context manager."""

    def __init__(self, home: Path, every_s: float = LOOK_EVERY_S) -> None:
        """Watch the processes that have this home, so often: each look takes the test's own time."""
        self._every_s = every_s
        self._mark = f"HOME={home}".encode()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.seen: set[bytes] = set()

    def __enter__(self) -> ProcessWatch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join(10)

    def find(self, secret: str) -> list[str]:
        """Every argument list or environment that has the secret."""
        return [f"a process: {form}" for said in self.seen for form in forms_in(said, secret)]

    def _watch(self) -> None:
        while not self._over.wait(self._every_s):
            for process in Path("/proc").glob("[0-9]*"):
                environment = _read(process / "environ")
                if self._mark in environment.split(b"\0"):
                    self.seen |= {environment, _read(process / "cmdline")}


def _read(file: Path) -> bytes:
    """A file of /proc; a process that has just ended has none."""
    try:
        return file.read_bytes()
    except OSError:
        return b""

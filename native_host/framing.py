"""Frames of native messaging on descriptors: 4-byte native-endian length, then bytes. Knows no messages.

Imports next to nothing: the first frame is read and answered before anything else is loaded.
"""

import os
import sys

from native_host.errors import BadFrame, BadRequest

MAX_REQUEST_BYTES = 1024 * 1024  # our own cap; no request of ours comes near it
MAX_DRAINED_BYTES = 64 * 1024 * 1024  # what Chromium can send at most: a longer length is no length
MAX_REPLY_BYTES = 1024 * 1024  # what both browsers accept; they close the port beyond it
_HEADER_BYTES = 4
_CHUNK_BYTES = 64 * 1024


def read_frame(source: int) -> bytes | None:
    """The next frame, or None when the stream has ended (also in the middle of a frame).

    Raises BadRequest for a frame over MAX_REQUEST_BYTES: it was read and dropped; the next one may follow.
    Raises BadFrame for a length that no browser sends; nothing after it can be understood.
    """
    header = _read_exactly(source, _HEADER_BYTES)
    if header is None:
        return None
    length = int.from_bytes(header, sys.byteorder)
    if length > MAX_DRAINED_BYTES:
        raise BadFrame(f"A frame of {length} bytes is longer than any that a browser sends.")
    if length > MAX_REQUEST_BYTES:
        if not _drop(source, length):
            return None
        raise BadRequest(f"A request of {length} bytes is longer than {MAX_REQUEST_BYTES}.")
    return _read_exactly(source, length)


def write_frame(target: int, body: bytes) -> None:
    """Write one frame whole. Raises OSError when nobody reads any more, ValueError over MAX_REPLY_BYTES."""
    if len(body) > MAX_REPLY_BYTES:
        raise ValueError(f"A reply of {len(body)} bytes is longer than browsers accept.")
    left = memoryview(len(body).to_bytes(_HEADER_BYTES, sys.byteorder) + body)
    while left:
        left = left[os.write(target, left) :]


def _read_exactly(source: int, count: int) -> bytes | None:
    data = b""
    while len(data) < count:
        chunk = os.read(source, min(count - len(data), _CHUNK_BYTES))
        if not chunk:
            return None
        data += chunk
    return data


def _drop(source: int, count: int) -> bool:
    while count:
        chunk = os.read(source, min(count, _CHUNK_BYTES))
        if not chunk:
            return False
        count -= len(chunk)
    return True

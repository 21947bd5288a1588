"""Frames on descriptors: any bytes go through whole, in any pieces, and no length costs memory."""

import os
import struct
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from native_host.errors import BadFrame, BadRequest
from native_host.framing import (
    MAX_DRAINED_BYTES,
    MAX_REPLY_BYTES,
    MAX_REQUEST_BYTES,
    read_frame,
    write_frame,
)


class Pipe:
    """A pipe whose writing end is fed by a thread, in the pieces given."""

    def __init__(self, *pieces: bytes) -> None:
        self.source, self._target = os.pipe()
        self._writer = threading.Thread(target=self._feed, args=(pieces,))
        self._writer.start()

    def _feed(self, pieces: tuple[bytes, ...]) -> None:
        try:
            for piece in pieces:
                left = memoryview(piece)
                while left:
                    left = left[os.write(self._target, left) :]
        except BrokenPipeError:
            pass  # the test has seen enough
        finally:
            os.close(self._target)

    def close(self) -> None:
        os.close(self.source)
        self._writer.join()


def frames_of(*pieces: bytes) -> Iterator[bytes | str]:
    """All frames of the stream; an error as its code."""
    pipe = Pipe(*pieces)
    try:
        while True:
            try:
                frame = read_frame(pipe.source)
            except BadFrame as error:
                yield error.code
                return
            except BadRequest as error:
                yield error.code
                continue
            if frame is None:
                return
            yield frame
    finally:
        pipe.close()


def framed(body: bytes) -> bytes:
    return struct.pack("=I", len(body)) + body


@given(st.lists(st.binary(max_size=200), max_size=5), st.lists(st.integers(1, 50), max_size=20))
def test_any_frames_in_any_pieces_are_read_as_they_were(bodies: list[bytes], cuts: list[int]) -> None:
    stream, pieces = b"".join(map(framed, bodies)), []
    for cut in cuts:
        pieces.append(stream[:cut])
        stream = stream[cut:]

    assert list(frames_of(*pieces, stream)) == bodies


@given(st.binary(max_size=300))
def test_any_bytes_at_all_end_in_frames_or_one_error(stream: bytes) -> None:
    found = list(frames_of(stream))

    assert all(isinstance(frame, bytes) for frame in found[:-1])


@given(st.lists(st.binary(max_size=200), max_size=5), st.integers(0, 600))
def test_a_stream_cut_anywhere_gives_the_whole_frames_before_the_cut(bodies: list[bytes], cut: int) -> None:
    found = list(frames_of(b"".join(map(framed, bodies))[:cut]))

    assert found == bodies[: len(found)]


def test_a_request_at_the_limit_is_read_and_one_beyond_is_dropped() -> None:
    largest, beyond = b"x" * MAX_REQUEST_BYTES, b"x" * (MAX_REQUEST_BYTES + 1)

    assert list(frames_of(framed(largest), framed(beyond), framed(b"next"))) == [
        largest,
        "bad_request",
        b"next",
    ]


def test_a_length_that_no_browser_sends_ends_the_stream_before_anything_is_read() -> None:
    header = struct.pack("=I", MAX_DRAINED_BYTES + 1)

    assert list(frames_of(header + b"rest")) == ["bad_frame"]


def test_a_stream_that_ends_within_a_dropped_request_has_ended() -> None:
    assert list(frames_of(struct.pack("=I", MAX_REQUEST_BYTES + 1) + b"x" * 10)) == []


@given(st.binary(max_size=5000))
def test_what_is_written_is_read_again(body: bytes) -> None:
    source, target = os.pipe()
    try:
        write_frame(target, body)
        assert read_frame(source) == body
    finally:
        os.close(source)
        os.close(target)


def test_a_reply_longer_than_browsers_accept_is_never_begun() -> None:
    source, target = os.pipe()
    os.set_blocking(source, False)
    try:
        with pytest.raises(ValueError, match="longer than browsers accept"):
            write_frame(target, b"x" * (MAX_REPLY_BYTES + 1))
        with pytest.raises(BlockingIOError):
            os.read(source, 1)
    finally:
        os.close(source)
        os.close(target)

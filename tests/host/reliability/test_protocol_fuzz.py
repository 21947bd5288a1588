"""Generated frames and streams against the real host process: one valid reply to each, in bounded memory."""

from __future__ import annotations

import itertools
import random
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.host.api_calls import closed_port
from tests.host.host_process import HostProcess, encoded, framed
from tests.host.placing import until
from tests.host.reliability.generated_frames import REQUESTS, GeneratedFrames
from tests.host.reliability.streamed_host import StreamedHost

MEBIBYTE = 1024 * 1024
FRAMES = {False: 50_000, True: 1_000_000}  # in `make test`, in `make soak`
EXAMPLES = {False: 150, True: 4_000}
STREAMS = {False: 12, True: 400}
AT_ONCE = 500
SEED = 20261124
IDLE_BYTES = 60 * MEBIBYTE  # an idle host has 33
PEAK_BYTES = 2 * IDLE_BYTES
GROWTH_BYTES = 16 * MEBIBYTE  # from when all is loaded to the end, however many frames came


@pytest.fixture(scope="module")
def nowhere() -> str:
    """An address at which nobody answers: whatever a frame asks for, nothing is called."""
    return f"http://127.0.0.1:{closed_port()}/"


@pytest.fixture
def host(tmp_path: Path, nowhere: str) -> Iterator[StreamedHost]:
    with StreamedHost(tmp_path, nowhere) as process:
        yield process


def test_a_host_answers_each_of_very_many_frames_once_and_does_not_grow(
    host: StreamedHost, soak: bool
) -> None:
    count, frames = FRAMES[soak], iter(GeneratedFrames(SEED))
    loaded_bytes = 0
    for sent in range(0, count, AT_ONCE):
        host.write([b"".join(itertools.islice(frames, AT_ONCE))])
        host.wait_for_replies(sent)  # one batch is always under way
        if sent <= count // 5:
            loaded_bytes = max(loaded_bytes, host.resident_bytes())
    host.wait_for_replies(count)
    grown_bytes, peak_bytes = host.resident_bytes() - loaded_bytes, host.peak_bytes()

    assert host.end() == 0
    assert host.answered == count
    assert min(host.good, host.refused) > count // 20  # both kinds came about
    assert host.errors == b""
    assert grown_bytes < GROWTH_BYTES
    assert peak_bytes < PEAK_BYTES


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
WORDS = st.sampled_from(sorted({name for request in REQUESTS for name in request}))
MESSAGES = st.one_of(
    st.builds(
        lambda request, changes: request | changes, st.sampled_from(REQUESTS), st.dictionaries(WORDS, JSON)
    ),
    JSON,
)


def test_whatever_hypothesis_makes_up_gets_its_replies(host: StreamedHost, soak: bool) -> None:
    expected = 0

    @settings(
        max_examples=EXAMPLES[soak],
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(st.lists(MESSAGES.map(encoded) | st.binary(max_size=200), min_size=1, max_size=20))
    def every_frame_is_answered(bodies: list[bytes]) -> None:
        nonlocal expected
        expected += len(bodies)
        host.write(map(framed, bodies))
        host.wait_for_replies(expected)

    every_frame_is_answered()

    assert host.end() == 0
    assert host.answered == expected
    assert host.errors == b""


def test_a_stream_that_is_chopped_shifted_or_cut_ends_the_host_in_order(
    tmp_path: Path, nowhere: str, soak: bool
) -> None:
    chance = random.Random(SEED)  # noqa: S311  (the same streams each time)
    frames = iter(GeneratedFrames(SEED + 1))
    for number in range(STREAMS[soak]):
        whole = list(itertools.islice(frames, chance.randrange(1, 12)))
        stream = b"".join(whole)
        match chance.randrange(3):
            case 0:  # the middle of a frame is taken for the beginning of one
                stream = stream[chance.randrange(1, len(stream)) :]
            case 1:
                at = len(b"".join(whole[: chance.randrange(len(whole))]))
                stream = stream[:at] + chance.randbytes(4) + stream[at:]
            case _:
                stream = stream[: chance.randrange(len(stream))]
        with StreamedHost(tmp_path / str(number), nowhere) as host:
            host.write(pieces(stream, chance))

            assert host.end() == 0
            assert host.errors == b""


def pieces(stream: bytes, chance: random.Random) -> Iterator[bytes]:
    """The stream in the pieces that a pipe may deliver: mostly a few bytes, now and then many."""
    while stream:
        size = chance.choice((1, 2, 3, 5, 17, 4096, MEBIBYTE))
        yield stream[:size]
        stream = stream[size:]


SAYING_ITS_PEAK = """
import os
from native_host import __main__
leave = os._exit
def leave_with_a_word(status):
    with open("/proc/self/status") as lines:
        peak_kib = next(line.split()[1] for line in lines if line.startswith("VmHWM"))
    os.write(2, peak_kib.encode())
    leave(status)
os._exit = leave_with_a_word
__main__.main()
"""


@pytest.mark.parametrize("length", [MEBIBYTE, 64 * MEBIBYTE, 0xFFFFFFFF], ids=["1 MiB", "64 MiB", "4 GiB"])
def test_a_length_costs_nothing_until_its_bytes_come(tmp_path: Path, length: int) -> None:
    with HostProcess(tmp_path, code=SAYING_ITS_PEAK) as host:
        host.result("get_settings")
        host.write(struct.pack("=I", length))
        host.close_port()

        assert host.wait() == 0
        until(lambda: host.errors)
        assert int(host.errors) * 1024 < IDLE_BYTES

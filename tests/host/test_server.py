"""The server between pipes: replies stay whole, and too much at once is refused, not kept."""

import os
import threading
from collections.abc import Iterator

import pytest

from native_host import server as server_module
from native_host.errors import BadRequest
from native_host.framing import read_frame
from native_host.protocol import GetCall, PlaceCall, Request
from native_host.server import MAX_WAITING, Handling, Server


@pytest.fixture
def pipe() -> Iterator[tuple[int, int]]:
    source, target = os.pipe()
    yield source, target
    os.close(source)
    os.close(target)


def unused(_: Server) -> Handling:
    raise AssertionError


def test_long_replies_of_two_threads_are_not_mixed(pipe: tuple[int, int]) -> None:
    source, target = pipe
    server = Server(-1, target, unused)
    bodies = [letter * 400_000 for letter in (b"a", b"b")]  # many times what a pipe holds
    threads = [threading.Thread(target=server._reply, args=(body,)) for body in bodies]
    for thread in threads:
        thread.start()

    assert sorted([read_frame(source) or b"", read_frame(source) or b""]) == bodies
    for thread in threads:
        thread.join()


def test_more_calls_than_can_wait_are_refused_and_not_kept() -> None:
    server = Server(-1, -1, unused)
    call = Request(1, PlaceCall.__new__(PlaceCall))
    for _ in range(MAX_WAITING):
        server._queue(call)

    with pytest.raises(BadRequest, match="not begun"):
        server._queue(call)
    server._queue(Request(2, GetCall("")))


def test_a_browser_that_reads_no_more_stops_everything_new(pipe: tuple[int, int]) -> None:
    source, target = os.pipe()
    os.close(source)
    server = Server(-1, target, unused)
    server._reply(b"{}")
    os.close(target)

    assert server.is_stopping()


def test_the_grace_for_a_call_under_way_ends_before_a_browser_kills() -> None:
    assert server_module.GRACE_S < 2

"""Whatever a page could make the extension send: every frame gets one valid reply, and the host lives on."""

import json
import random
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from native_host import wire
from native_host.errors import HostError
from native_host.protocol import Request
from tests.host.host_process import HostProcess, encoded, framed

CONTRACT = json.loads((Path(__file__).parents[1] / "contract" / "messages.json").read_text("utf-8"))
REQUESTS: list[dict[str, Any]] = [case["request"] for case in CONTRACT["exchanges"]]
FRAMES = 3000

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def parsed(frame: bytes) -> Request | str:
    try:
        return wire.parse_request(wire.decode(frame)[1])
    except HostError as error:
        return error.code


@given(st.sampled_from(REQUESTS), st.data())
def test_a_request_with_any_field_replaced_is_read_or_refused(
    request: dict[str, Any], data: st.DataObject
) -> None:
    field = data.draw(st.sampled_from(sorted(request)))
    found = parsed(encoded({**request, field: data.draw(JSON)}))

    assert isinstance(found, Request) or found in {"bad_request", "unknown_type"}


@given(st.binary(max_size=200) | JSON.map(encoded))
def test_any_bytes_are_refused_or_a_request(frame: bytes) -> None:
    found = parsed(frame)

    assert isinstance(found, Request) or found in {"bad_request", "unknown_type"}


def damaged(chance: random.Random) -> bytes:
    """A request of the contract with a few bytes changed, cut or repeated. It never changes the keyring."""
    request = chance.choice([each for each in REQUESTS if "api_key" not in each["type"]])
    body = bytearray(encoded(request))
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(body))
        match chance.randrange(3):
            case 0:
                body[at] = chance.randrange(256)
            case 1:
                del body[at : at + chance.randrange(1, 9)]
            case _:
                body[at:at] = body[at : at + chance.randrange(1, 9)]
        if not body:
            break
    return bytes(body)


def test_a_host_outlives_thousands_of_damaged_frames_and_answers_each_once(tmp_path: Path) -> None:
    chance = random.Random(20261124)  # noqa: S311  (the same frames each time)
    with HostProcess(tmp_path) as host:
        answered: dict[bool, int] = {True: 0, False: 0}
        for _ in range(FRAMES):
            host.write(framed(damaged(chance)))
            answered[host.reply()["ok"]] += 1

        assert host.result("get_settings")["settings"]
        assert min(answered.values()) > FRAMES // 20  # both kinds came about
        host.close_port()
        assert host.wait() == 0
        assert host.has_said_all()
        assert host.errors == ""

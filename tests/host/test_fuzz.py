"""Whatever a page could make the extension send is read or refused, by the parser alone.

reliability/test_protocol_fuzz.py does the same to the whole host.
"""

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from native_host import wire
from native_host.errors import HostError
from native_host.protocol import Request
from tests.host.host_process import encoded

CONTRACT = json.loads((Path(__file__).parents[1] / "contract" / "messages.json").read_text("utf-8"))
REQUESTS: list[dict[str, Any]] = [case["request"] for case in CONTRACT["exchanges"]]

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

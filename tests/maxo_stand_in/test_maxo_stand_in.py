"""The stand-in answers as MaxoTel's documentation says, so that suites which rely on it prove something."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.maxo_stand_in import StandIn

PATH = "/calls/initiate/"


@pytest.fixture
def maxo() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        yield stand_in


def send(
    maxo: StandIn,
    method: str = "POST",
    path: str = PATH,
    body: str | None = None,
    kind: str = "application/json",
) -> tuple[int, str]:
    connection = http.client.HTTPConnection("127.0.0.1", maxo.port, timeout=5)
    try:
        connection.request(method, path, body, {"content-type": kind})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def a_call(maxo: StandIn, **changes: Any) -> dict[str, Any]:
    call = {"key": maxo.valid_key, "origin": "101", "destination": "0299998888", "autoAnswer": 1} | changes
    return {name: value for name, value in call.items() if value is not None}


def test_a_good_call_is_queued_in_the_words_of_the_documentation(maxo: StandIn) -> None:
    status, text = send(maxo, body=json.dumps(a_call(maxo)))

    assert status == 200
    assert text == r'{"status": 1, "request": "calls\/initiate", "callstatus": "queued"}'


def test_parameters_may_come_in_the_query_in_a_form_or_as_json(maxo: StandIn) -> None:
    form = urlencode(a_call(maxo))

    send(maxo, "GET", f"{PATH}?{form}")
    send(maxo, body=form, kind="application/x-www-form-urlencoded")
    send(maxo, body=json.dumps(a_call(maxo)))

    assert [request.answered for request in maxo.calls] == ["queued"] * 3


@pytest.mark.parametrize(
    ("order", "changes", "status"),
    [
        ("key_first", {"key": "wrong"}, 401),
        ("key_first", {"key": "wrong", "destination": None}, 401),
        ("parameters_first", {"key": "wrong", "destination": None}, 400),
        ("parameters_first", {"key": "wrong"}, 401),
        ("key_first", {"origin": None}, 400),
        ("key_first", {"destination": "*21*0299998888#"}, 400),
        ("key_first", {"autoAnswer": True}, 400),
    ],
)
def test_refusals_follow_the_order_of_the_checks(
    maxo: StandIn, order: Any, changes: dict[str, Any], status: int
) -> None:
    maxo.order = order

    assert send(maxo, body=json.dumps(a_call(maxo, **changes)))[0] == status


def test_a_key_without_permission_is_forbidden(maxo: StandIn) -> None:
    assert send(maxo, body=json.dumps(a_call(maxo, key=maxo.powerless_key)))[0] == 403


def test_a_phone_that_is_not_connected_is_unavailable_at_any_status(maxo: StandIn) -> None:
    maxo.unavailable_status = 418
    status, text = send(maxo, body=json.dumps(a_call(maxo, origin="102")))

    assert status == 418
    assert json.loads(text)["error"] == "UNAVAILABLE"


def test_a_path_without_its_slash_is_no_method(maxo: StandIn) -> None:
    assert send(maxo, path="/calls/initiate", body=json.dumps(a_call(maxo)))[0] == 404


def test_calls_key_checks_and_warm_ups_are_counted_apart(maxo: StandIn) -> None:
    send(maxo, "HEAD", "/")
    send(maxo, body=json.dumps({"key": maxo.valid_key}))
    send(maxo, body=json.dumps(a_call(maxo)))

    assert (len(maxo.calls), len(maxo.key_checks), len(maxo.warm_ups)) == (1, 1, 1)


def test_a_misbehaviour_holds_for_one_request_and_can_be_asked_for_from_another_process(
    maxo: StandIn,
) -> None:
    send(maxo, path="/_stand_in/behaviour", body=json.dumps({"kind": "html"}))
    first = send(maxo, body=json.dumps(a_call(maxo)))
    second = send(maxo, body=json.dumps(a_call(maxo)))
    _, received = send(maxo, "GET", "/_stand_in/requests")

    assert "sign in" in first[1]
    assert second[0] == 200
    assert [request["answered"] for request in json.loads(received)["requests"]] == ["html", "queued"]


def test_a_misbehaviour_that_does_not_exist_is_refused(maxo: StandIn) -> None:
    with pytest.raises(ValueError, match="no way to misbehave"):
        maxo.behave("dorp")  # type: ignore[arg-type]  # the very mistake


def test_an_answer_lost_on_the_way_still_rang_the_phone() -> None:
    said: list[str] = []
    with StandIn(announce=said.append) as maxo:
        maxo.behave("drop_after_reading")
        with pytest.raises(http.client.RemoteDisconnected):
            send(maxo, body=json.dumps(a_call(maxo, autoAnswer=0)))

    assert said == ["101 rings, then dials 0299998888"]

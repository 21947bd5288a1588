"""What the client of MaxoTel's API sends, and what it makes of each answer."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from native_host.errors import ApiUnreachable, InvalidSetting
from native_host.maxo_api import KeyVerdict, MaxoApi
from tests.host.api_calls import (
    KEY,
    LONG_S,
    call,
    check_key,
    closed_port,
    outcome_of,
    wait_for_late_senders,
)
from tests.host.raw_server import QUEUED, RawServer, after_reading
from tests.maxo_stand_in import Kind, StandIn


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def maxo() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        stand_in.valid_key = KEY
        yield stand_in


# -- what is sent


def test_a_call_is_one_post_of_json_with_the_key_in_its_body_only(maxo: StandIn) -> None:
    answer = call(maxo.url, auto_answer=False)

    assert outcome_of(answer) == ("queued", None)
    [received] = maxo.requests
    assert (received.method, received.path, received.query) == ("POST", "/calls/initiate/", "")
    assert received.body == {"key": KEY, "origin": "101", "destination": "0299998888", "autoAnswer": 0}
    assert KEY not in str(received.headers)


def test_auto_answer_is_sent_as_the_number_1(maxo: StandIn) -> None:
    call(maxo.url, auto_answer=True)

    assert maxo.calls[0].body is not None
    assert maxo.calls[0].body["autoAnswer"] == 1
    assert type(maxo.calls[0].body["autoAnswer"]) is int


def test_a_base_url_with_a_path_is_kept() -> None:
    with RawServer(after_reading(QUEUED)) as server:
        call(server.url + "reseller")

    assert b"POST /reseller/calls/initiate/ HTTP/1.1" in server.received[0]


def test_a_warm_up_tells_neither_key_nor_number_and_the_call_uses_its_connection(maxo: StandIn) -> None:
    api = MaxoApi(maxo.url, user_agent="test")
    api.warm_up()
    api.initiate_call(api_key=KEY, origin="101", destination="131234", auto_answer=True, deadline_s=LONG_S)
    api.close()

    [warm_up] = maxo.warm_ups
    assert (warm_up.method, warm_up.path, warm_up.query) == ("HEAD", "/", "")
    assert maxo.calls[0].connection == warm_up.connection


def test_a_warm_up_of_nothing_does_no_harm() -> None:
    MaxoApi("http://127.0.0.1:9/", user_agent="test").warm_up()


# -- what the answers mean

UNAVAILABLE_STATUSES = [200, 400, 401, 403, 404, 409, 418, 500, 503]


@pytest.mark.parametrize("status", UNAVAILABLE_STATUSES)
def test_a_phone_that_is_not_connected_is_said_so_at_any_status(maxo: StandIn, status: int) -> None:
    maxo.behave("unavailable", status=status)

    assert outcome_of(call(maxo.url)) == ("failed", "phone_unavailable")
    assert len(maxo.requests) == 1


@pytest.mark.parametrize(
    ("kind", "status", "text", "outcome", "code"),
    [
        ("status", 400, None, "failed", "bad_call_request"),
        ("status", 401, None, "failed", "api_key_refused"),
        ("status", 403, None, "failed", "no_permission"),
        ("status", 404, None, "failed", "unknown_method"),
        ("html", 400, None, "failed", "bad_call_request"),
        ("html", 404, None, "failed", "unknown_method"),
        ("rejected", 200, "QUOTA", "failed", "call_rejected"),
        ("rejected", 401, "QUOTA", "failed", "api_key_refused"),
        ("rejected", 429, "QUOTA", "failed", "call_rejected"),
        ("rejected", 500, "QUOTA", "failed", "call_rejected"),
        ("redirect", 301, None, "failed", "redirected"),
        ("redirect", 302, None, "failed", "redirected"),
        ("redirect", 307, None, "failed", "redirected"),
        ("redirect", 308, None, "failed", "redirected"),
        ("status", 405, None, "unknown", "unexpected_answer"),
        ("status", 429, None, "unknown", "unexpected_answer"),
        ("status", 500, None, "unknown", "server_error"),
        ("status", 502, None, "unknown", "server_error"),
        ("status", 504, None, "unknown", "server_error"),
        ("html", 200, None, "unknown", "unexpected_answer"),
        ("body", 200, "", "unknown", "unexpected_answer"),
        ("body", 204, "", "unknown", "unexpected_answer"),
        ("body", 200, "[]", "unknown", "unexpected_answer"),
        ("body", 200, "null", "unknown", "unexpected_answer"),
        ("body", 200, "[" * 20_000, "unknown", "unexpected_answer"),
        ("body", 200, '{"status":1}', "unknown", "unexpected_answer"),
        ("body", 200, '{"status":1,"callstatus":"ringing"}', "unknown", "unexpected_answer"),
        ("body", 200, '{"status":true,"callstatus":"queued"}', "unknown", "unexpected_answer"),
        ("body", 200, '{"status":0,"callstatus":"queued"}', "unknown", "unexpected_answer"),
        ("body", 201, '{"status":1,"callstatus":"queued"}', "unknown", "unexpected_answer"),
        ("body", 400, '{"status":1,"callstatus":"queued"}', "unknown", "unexpected_answer"),
        ("body", 200, '{"status":"1","callstatus":"queued"}', "queued", None),
        ("huge_body", 200, None, "unknown", "unexpected_answer"),
        ("gzip_bomb", 200, None, "unknown", "unexpected_answer"),
    ],
)
def test_each_answer_has_one_meaning_and_is_asked_for_once(
    maxo: StandIn, kind: Kind, status: int, text: str | None, outcome: str, code: str | None
) -> None:
    maxo.behave(kind, status=status, text=text)

    assert outcome_of(call(maxo.url)) == (outcome, code)
    assert len(maxo.requests) == 1


# -- the key check


@pytest.mark.parametrize(
    ("order", "key", "verdict"),
    [
        ("key_first", KEY, KeyVerdict("answered", None)),
        ("parameters_first", KEY, KeyVerdict("answered", None)),
        ("key_first", "another", KeyVerdict("refused", "api_key_refused")),
        ("parameters_first", "another", KeyVerdict("answered", None)),
        ("key_first", "stand-in-key-without-permission", KeyVerdict("no_permission", "no_permission")),
    ],
)
def test_a_key_check_says_what_maxotel_said_and_rings_nothing(
    maxo: StandIn, order: Any, key: str, verdict: KeyVerdict
) -> None:
    maxo.order = order

    assert check_key(maxo.url, key) == verdict
    assert maxo.calls == []
    assert [request.body for request in maxo.requests] == [{"key": key}]


@pytest.mark.parametrize(
    ("kind", "status", "code"),
    [
        ("html", 200, "unexpected_answer"),
        ("html", 401, "unexpected_answer"),
        ("html", 403, "unexpected_answer"),
        ("redirect", 302, "redirected"),
        ("status", 500, "server_error"),
        ("status", 404, "unknown_method"),
    ],
)
def test_an_answer_that_may_not_be_maxotels_leaves_the_key_unjudged(
    maxo: StandIn, kind: Kind, status: int, code: str
) -> None:
    maxo.behave(kind, status=status)

    assert check_key(maxo.url) == KeyVerdict("unclear", code)


def test_a_key_check_without_network_says_why() -> None:
    with pytest.raises(ApiUnreachable) as caught:
        check_key(f"http://127.0.0.1:{closed_port()}/")

    assert caught.value.cause == "api_unreachable"
    assert KEY not in str(caught.value)


def test_reaching_maxotel_tells_neither_key_nor_number(maxo: StandIn) -> None:
    api = MaxoApi(maxo.url, user_agent="test")
    api.reach(deadline_s=LONG_S)
    api.close()

    assert (len(maxo.warm_ups), maxo.requests) == (1, [])


def test_not_reaching_maxotel_says_why() -> None:
    with pytest.raises(ApiUnreachable) as caught:
        MaxoApi(f"http://127.0.0.1:{closed_port()}/", user_agent="test").reach(deadline_s=LONG_S)

    assert caught.value.cause == "api_unreachable"


def test_a_call_with_no_time_left_is_not_sent(maxo: StandIn) -> None:
    assert outcome_of(call(maxo.url, deadline_s=-1.0)) == ("failed", "connect_timeout")
    wait_for_late_senders()
    assert maxo.requests == []


# -- safety


@pytest.mark.parametrize(
    "url",
    [
        "http://myapi.maxo.com.au/",
        "http://127.0.0.1.example.com/",
        "http://127.0.0.1@example.com/",
        "https://user:secret@myapi.maxo.com.au/",
        "https://myapi.maxo.com.au/?key=1",
        "https://myapi.maxo.com.au:port/",
        "https:///calls",
        "ftp://127.0.0.1/",
        "myapi.maxo.com.au",
        "",
    ],
)
def test_an_address_that_would_show_the_key_is_refused(url: str) -> None:
    with pytest.raises(InvalidSetting):
        MaxoApi(url, user_agent="test")


def test_no_log_line_detail_or_repr_has_the_key_or_a_whole_number(
    maxo: StandIn, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    said = []
    for kind in ("html", "drop_after_reading", "status", "unavailable"):
        maxo.behave(kind)
        said.append(call(maxo.url).detail)
    for reason in (f"key {KEY} is bad", "0299998888 is barred"):
        maxo.behave("body", status=400, text=json.dumps({"status": 0, "error": "NO", "reason": reason}))
        said.append(call(maxo.url).detail)
    said += [repr(MaxoApi(maxo.url, user_agent="test")), caplog.text]

    assert not [text for text in said if KEY in text]
    assert not [text for text in said if "0299998888" in text]
    assert "…888 is barred" in said[5]

"""The host's half of the contract: it reads each request of messages.json and writes each result."""

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from native_host import errors, protocol, wire
from native_host.errors import HostError
from native_host.hello import FEATURES
from native_host.protocol import Result
from native_host.setting_values import Settings, changed

CONTRACT = json.loads((Path(__file__).parents[1] / "contract" / "messages.json").read_text("utf-8"))
RESULTS: dict[str, type] = {
    "hello": protocol.HelloResult,
    "get_status": protocol.Status,
    "plan_call": protocol.Plan,
    "place_call": protocol.Outcome,
    "get_call": protocol.Outcome,
    "get_settings": protocol.SettingsResult,
    "update_settings": protocol.SettingsResult,
    "set_api_key": protocol.KeyResult,
    "delete_api_key": protocol.KeyResult,
    "check_api_key": protocol.KeyCheckResult,
    "list_calls": protocol.CallList,
    "clear_calls": protocol.ClearedCalls,
    "diagnose": protocol.Diagnosis,
}


def named(case: dict[str, Any]) -> str:
    name: str = case["name"]
    return name


def read_whole(frame: bytes) -> None:
    """Read a request as far as anything in it can be wrong."""
    request = wire.parse_request(wire.decode(frame)[1])
    if isinstance(request.body, protocol.UpdateSettings):
        changed(Settings(), request.body.settings)


def error_classes(of: type[HostError] = HostError) -> set[type[HostError]]:
    return {of}.union(*(error_classes(each) for each in of.__subclasses__()))


@pytest.mark.parametrize("case", CONTRACT["exchanges"], ids=named)
def test_each_request_is_read_and_each_result_is_written_as_in_the_contract(case: dict[str, Any]) -> None:
    request_id, message = wire.decode(json.dumps(case["request"]).encode())
    request = wire.parse_request(message)
    type_of_result = RESULTS[case["request"]["type"]]
    result: Result = type_of_result(**case["result"])

    assert request.id == request_id == case["request"]["id"]
    assert {field.name for field in fields(type_of_result)} == case["result"].keys()
    assert json.loads(wire.to_wire(request.id, result)) == {
        "id": request_id,
        "ok": True,
        "result": case["result"],
    }


@pytest.mark.parametrize("case", CONTRACT["bad_requests"], ids=named)
def test_each_bad_request_is_refused_with_the_code_of_the_contract(case: dict[str, Any]) -> None:
    with pytest.raises(HostError) as caught:
        read_whole(json.dumps(case["request"]).encode())

    assert caught.value.code == case["code"]


def test_the_settings_of_the_contract_are_settings_that_can_be_set() -> None:
    for case in CONTRACT["exchanges"]:
        settings = case["result"].get("settings", {})
        if settings:
            assert json.loads(json.dumps(vars(changed(Settings(), settings)), default=vars)) == settings


def test_the_contract_has_an_example_of_every_request() -> None:
    assert {case["request"]["type"] for case in CONTRACT["exchanges"]} == {"hello", *FEATURES}


def test_every_error_class_has_a_code_of_the_contract_and_every_code_a_class() -> None:
    assert {error.code for error in error_classes()} == CONTRACT["error_codes"].keys()


def test_every_error_says_itself_in_a_sentence() -> None:
    assert {
        error.__name__ for error in error_classes() if not re.fullmatch(r"[A-Z].*\.", error.sentence)
    } == set()


def test_the_drawn_tree_of_errors_is_the_real_one() -> None:
    drawn = re.findall(r"(?:├── |└── |^    )([A-Z]\w+)", errors.__doc__ or "", re.MULTILINE)

    assert sorted(drawn) == sorted(error.__name__ for error in error_classes())


def test_an_error_reply_has_reasons_only_when_there_are_some() -> None:
    with_reasons = json.loads(wire.error_to_wire(7, errors.ConfirmationNeeded(reasons=("repeated",))))
    without = json.loads(wire.error_to_wire(None, errors.BadFrame()))

    assert with_reasons["error"]["reasons"] == ["repeated"]
    assert without == {
        "id": None,
        "ok": False,
        "error": {"code": "bad_frame", "message": errors.BadFrame.sentence},
    }


def test_no_repr_of_a_request_shows_the_key() -> None:
    request = wire.parse_request({"id": 1, "type": "set_api_key", "api_key": " canary "})

    assert request.body == protocol.SetApiKey("canary")
    assert "canary" not in repr(request)

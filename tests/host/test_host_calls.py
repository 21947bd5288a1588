"""Calls through the whole host: a real process, a real keyring, and MaxoTel's stand-in on a real socket."""

import shutil
import time
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desktop import Desktop
from tests.host.host_process import PATIENCE_S, HostProcess
from tests.maxo_stand_in import StandIn

KEY = "canary-key-51c0ffee"
SYDNEY = "(02) 9999 8888"
PHONES = [{"number": "101", "label": "Desk", "auto_answer": True}]


def until(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def new_attempt() -> str:
    return str(uuid.uuid4())


def placing(text: str = SYDNEY, destination: str = "0299998888", **changes: Any) -> dict[str, Any]:
    """The fields of a place_call as the extension sends them after the person saw the plan."""
    return {
        "attempt": new_attempt(),
        "text": text,
        "source": "page",
        "phone": None,
        "expected": {"destination": destination, "phone": "101"},
        "confirmed": [],
        "private": False,
        **changes,
    }


@pytest.fixture(scope="module")
def session() -> Iterator[Desktop]:
    desktop = Desktop()
    try:
        yield desktop
    finally:
        desktop.close()


@pytest.fixture
def maxo() -> Iterator[StandIn]:
    with StandIn() as stand_in:
        stand_in.valid_key = KEY
        yield stand_in


@pytest.fixture
def desktop(session: Desktop, maxo: StandIn) -> Desktop:
    """A home with one phone, the stand-in as the API, and nothing called before."""
    for folder in (".local/state", ".config"):
        shutil.rmtree(session.home / folder, ignore_errors=True)
    settings = session.home / ".config" / "maxo-click-to-call" / "settings.toml"
    settings.parent.mkdir(parents=True)
    phone = '{ number = "101", label = "Desk", auto_answer = true }'
    settings.write_text(f'api_base_url = "{maxo.url}"\nphones = [{phone}]\n')
    return session


@pytest.fixture
def start(desktop: Desktop) -> Iterator[Callable[..., HostProcess]]:
    running: list[HostProcess] = []

    def start_host(code: str | None = None) -> HostProcess:
        running.append(HostProcess(desktop.home, environment=desktop.environment, code=code))
        return running[-1]

    yield start_host
    for host in running:
        host.__exit__()


@pytest.fixture
def host(start: Callable[..., HostProcess]) -> HostProcess:
    process = start()
    assert process.result("set_api_key", api_key=KEY) == {"key": "stored"}
    return process


def test_a_call_is_one_post_with_key_and_numbers_in_its_body_only(host: HostProcess, maxo: StandIn) -> None:
    fields = placing()

    assert host.result("place_call", **fields) == {
        "attempt": fields["attempt"],
        "outcome": "queued",
        "code": None,
        "destination": "0299998888",
        "phone": "101",
    }
    (call,) = maxo.calls
    assert (call.method, call.path, call.query) == ("POST", "/calls/initiate/", "")
    assert call.body == {"key": KEY, "origin": "101", "destination": "0299998888", "autoAnswer": 1}


def test_the_same_attempt_again_gets_its_outcome_and_sends_nothing(host: HostProcess, maxo: StandIn) -> None:
    fields = placing()
    first = host.result("place_call", **fields)

    assert host.result("place_call", **fields) == first
    assert host.result("get_call", attempt=fields["attempt"]) == {**first, "destination": None}
    assert len(maxo.calls) == 1


def test_an_attempt_cannot_be_used_for_another_number(host: HostProcess, maxo: StandIn) -> None:
    fields = placing()
    host.result("place_call", **fields)
    other = placing("0412 345 678", "0412345678", attempt=fields["attempt"])

    assert host.error_code("place_call", **other) == "attempt_mismatch"
    assert len(maxo.calls) == 1


def test_an_attempt_that_was_asked_about_before_it_came_can_never_be_sent(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    fields = placing()
    closed = {"attempt": fields["attempt"], "outcome": "failed", "code": "not_received"}

    assert host.result("get_call", attempt=fields["attempt"]).items() >= closed.items()
    assert start().result("place_call", **fields).items() >= closed.items()
    assert maxo.calls == []


def test_a_plan_is_answered_while_a_call_is_under_way(host: HostProcess, maxo: StandIn) -> None:
    maxo.behave("delay", seconds=1.5)
    call = host.post("place_call", **placing())
    until(lambda: maxo.calls)
    plan = host.post("plan_call", text="13 12 34", source="page", phone=None)

    assert [host.reply()["id"], host.reply()["id"]] == [plan, call]


def test_two_calls_at_once_are_both_placed(host: HostProcess, maxo: StandIn) -> None:
    maxo.behave("delay", seconds=0.3, times=2)
    host.post("place_call", **placing())
    host.post("place_call", **placing("0412 345 678", "0412345678"))

    assert [host.reply()["result"]["outcome"] for _ in range(2)] == ["queued", "queued"]
    assert {call.body["destination"] for call in maxo.calls if call.body} == {"0299998888", "0412345678"}


def test_a_host_that_is_killed_under_way_leaves_an_unknown_outcome_that_is_never_sent_again(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    maxo.behave("never_answer")
    fields = placing()
    host.post("place_call", **fields)
    until(lambda: maxo.calls)
    host.process.kill()
    host.process.wait()
    unknown = {"attempt": fields["attempt"], "outcome": "unknown", "code": "host_stopped", "phone": "101"}

    later = start()
    assert later.result("get_call", attempt=fields["attempt"]).items() >= unknown.items()
    assert later.result("place_call", **fields).items() >= unknown.items()
    assert len(maxo.calls) == 1


def test_a_call_still_under_way_in_another_host_is_pending(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    maxo.behave("never_answer")
    fields = placing()
    host.post("place_call", **fields)
    until(lambda: maxo.calls)

    assert start().result("get_call", attempt=fields["attempt"])["outcome"] == "pending"


def test_an_answer_that_comes_just_after_the_port_was_closed_is_recorded(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    maxo.behave("delay", seconds=0.5)
    fields = placing()
    host.post("place_call", **fields)
    until(lambda: maxo.calls)
    host.close_port()

    assert host.wait() == 0
    assert start().result("get_call", attempt=fields["attempt"])["outcome"] == "queued"


ENDLESS_CALLS = """
from native_host import __main__, calls, server
calls.CALL_DEADLINE_S = 3600
server.GRACE_S = 0.3
__main__.main()
"""


def test_a_closed_port_does_not_wait_for_an_answer_that_does_not_come(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    maxo.behave("never_answer")
    patient = start(ENDLESS_CALLS)
    patient.post("place_call", **placing())
    until(lambda: maxo.calls)
    patient.close_port()

    assert patient.wait() == 0


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"text": "000", "expected": {"destination": "000", "phone": "101"}}, "call_refused"),
        ({"text": "+61 000", "expected": {"destination": "+61000", "phone": "101"}}, "call_refused"),
        ({"expected": {"destination": "0299998889", "phone": "101"}}, "plan_changed"),
        ({"expected": {"destination": "0299998888", "phone": "102"}}, "plan_changed"),
        ({"phone": "102"}, "call_refused"),
        ({"text": "hello"}, "invalid_number"),
        ({"attempt": "1"}, "bad_request"),
        (
            {"text": "+44 20 7946 0018", "expected": {"destination": "0011442079460018", "phone": "101"}},
            "confirmation_needed",
        ),
    ],
    ids=str,
)
def test_a_call_that_is_stopped_sends_nothing_and_leaves_its_attempt_free(
    host: HostProcess, maxo: StandIn, changes: dict[str, Any], error: str
) -> None:
    fields = placing(**changes)

    assert host.error_code("place_call", **fields) == error
    assert maxo.calls == []
    if error != "bad_request":
        assert host.result("place_call", **placing(attempt=fields["attempt"]))["outcome"] == "queued"


def test_a_country_is_confirmed_once_and_called_freely_from_then_on(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    text, destination = "+44 20 7946 0018", "0011442079460018"
    fields = placing(text, destination)
    refused = host.ask("place_call", **fields)["error"]

    assert (refused["code"], refused["reasons"]) == ("confirmation_needed", ["international"])
    assert host.result("place_call", **{**fields, "confirmed": ["international"]})["outcome"] == "queued"
    plan = start().result("plan_call", text="+44 20 7946 0019", source="page", phone=None)
    assert plan["decision"] == "allow"
    assert (
        start().result("plan_call", text="+33 1 23 45 67 89", source="page", phone=None)["decision"]
        == "confirm"
    )
    assert len(maxo.calls) == 1


def test_a_number_called_in_another_browser_just_now_needs_a_confirmation(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    host.result("place_call", **placing())
    again, other = placing(), start()

    assert other.ask("place_call", **again)["error"]["reasons"] == ["repeated"]
    assert other.result("place_call", **{**again, "confirmed": ["repeated"]})["outcome"] == "queued"
    assert len(maxo.calls) == 2


def test_a_key_that_was_refused_is_read_again_so_that_a_new_one_works(
    host: HostProcess, maxo: StandIn
) -> None:
    maxo.valid_key = "another-key"
    refused = host.result("place_call", **placing())
    assert (refused["outcome"], refused["code"]) == ("failed", "api_key_refused")
    assert host.result("check_api_key") == {"verdict": "refused", "code": "api_key_refused"}

    host.result("set_api_key", api_key="another-key")
    assert host.result("check_api_key") == {"verdict": "answered", "code": None}
    assert host.result("place_call", **placing())["outcome"] == "queued"


def test_the_key_is_not_read_before_the_first_call(
    host: HostProcess, start: Callable[..., HostProcess]
) -> None:
    other = start()
    other.result("plan_call", text=SYDNEY, source="page", phone=None)
    assert other.result("get_status")["key"] == "unknown"

    other.result("place_call", **placing())
    assert other.result("get_status")["key"] == "stored"
    host.result("delete_api_key")
    assert host.result("get_status")["key"] == "absent"


def test_without_a_key_nothing_is_sent_and_the_outcome_says_so(host: HostProcess, maxo: StandIn) -> None:
    host.result("delete_api_key")
    outcome = host.result("place_call", **placing())

    assert (outcome["outcome"], outcome["code"]) == ("failed", "no_api_key")
    assert host.error_code("check_api_key") == "no_api_key"
    assert maxo.requests == []


def test_a_hover_opens_the_connection_telling_neither_key_nor_number(
    host: HostProcess, maxo: StandIn
) -> None:
    host.result("plan_call", text=SYDNEY, source="page", phone=None)
    until(lambda: maxo.warm_ups)
    host.result("plan_call", text=SYDNEY, source="page", phone=None)
    host.result("place_call", **placing())

    (warm_up,) = maxo.warm_ups
    assert (warm_up.path, warm_up.query) == ("/", "")
    assert KEY not in str(warm_up.headers)
    assert maxo.calls[0].connection == warm_up.connection


def test_an_api_that_cannot_be_reached_is_named_when_the_key_is_checked(
    host: HostProcess, desktop: Desktop, maxo: StandIn
) -> None:
    settings = desktop.home / ".config" / "maxo-click-to-call" / "settings.toml"
    maxo.__exit__()

    error = host.ask("check_api_key")["error"]
    assert (error["code"], error["reasons"]) == ("api_unreachable", ["api_unreachable"])
    outcome = host.result("place_call", **placing())
    assert (outcome["outcome"], outcome["code"]) == ("failed", "api_unreachable")
    assert settings.exists()


def test_neither_key_nor_number_can_be_found_outside_the_keyring_and_the_history(
    host: HostProcess, desktop: Desktop, maxo: StandIn
) -> None:
    host.result("set_api_key", api_key=KEY)
    host.result("place_call", **placing("0412 777 666", "0412777666", private=True))
    maxo.behave("drop_after_reading")
    host.result("place_call", **placing("0412 777 555", "0412777555", private=True))
    host.close_port()
    host.wait()

    kept = [file for file in desktop.home.rglob("*") if file.is_file() and "keyrings" not in file.parts]
    assert {file.name for file in kept} >= {"host.log", "journal.sqlite3", "settings.toml"}
    assert not [file for file in kept if KEY.encode() in file.read_bytes()]
    assert not [file for file in kept if b"412777" in file.read_bytes()]
    assert KEY not in host.errors


def test_the_files_are_for_their_owner_only(host: HostProcess, desktop: Desktop) -> None:
    host.result("update_settings", settings={"area_code": "02"})
    host.result("place_call", **placing())

    folders = [desktop.home / ".config", desktop.home / ".local" / "state"]
    files = [file for folder in folders for file in Path(folder).rglob("*") if file.is_file()]
    assert len(files) >= 3
    assert {oct(file.stat().st_mode & 0o777) for file in files} == {"0o600"}

"""The record of calls through the whole host: read, cleared, kept through full disks and damaged files."""

import contextlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.desktop import Desktop
from tests.host.host_process import HostProcess
from tests.host.placing import placing, until
from tests.host.private_mounts import NEEDS_PRIVATE_MOUNTS, host_with
from tests.maxo_stand_in import StandIn

JOURNAL = Path(".local/state/maxo-click-to-call/journal.sqlite3")


def calls_of(host: HostProcess, search: str | None = None) -> list[dict[str, Any]]:
    calls: list[dict[str, Any]] = host.result("list_calls", limit=50, before=None, search=search)["calls"]
    return calls


def test_a_call_can_be_read_in_another_browser_and_a_private_one_nowhere(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    fields = placing()
    host.result("place_call", **fields)
    host.result("place_call", **placing("0412 345 678", "0412345678", private=True))
    (call,) = calls_of(start())

    assert 0 <= time.time() - call.pop("started") < 60
    assert call == {
        "number": 1, "attempt": fields["attempt"], "destination": "0299998888", "display": "(02) 9999 8888",
        "kind": "fixed_line", "country": "AU", "phone": "101", "outcome": "queued", "code": None,
    }  # fmt: skip
    assert len(maxo.calls) == 2


def test_calls_come_in_pages(host: HostProcess) -> None:
    for number in ("13 12 34", "13 22 68", "13 13 14"):
        host.result("place_call", **placing(number, number.replace(" ", "")))
    first = host.result("list_calls", limit=2, before=None, search=None)
    rest = host.result("list_calls", limit=2, before=first["calls"][-1]["number"], search=None)

    assert [call["destination"] for call in first["calls"]] == ["131314", "132268"]
    assert [call["destination"] for call in rest["calls"]] == ["131234"]
    assert (first["more"], rest["more"]) == (True, False)


def test_a_call_whose_host_was_killed_is_shown_as_unknown(
    host: HostProcess, start: Callable[..., HostProcess], maxo: StandIn
) -> None:
    maxo.behave("never_answer")
    host.post("place_call", **placing())
    until(lambda: maxo.calls)
    host.process.kill()
    host.process.wait()
    (call,) = calls_of(start())

    assert (call["outcome"], call["code"]) == ("unknown", "host_stopped")


def test_cleared_calls_are_gone_but_the_same_call_again_is_still_asked_about(
    host: HostProcess, maxo: StandIn
) -> None:
    fields = placing()
    host.result("place_call", **fields)

    assert host.result("clear_calls") == {"cleared": 1}
    assert calls_of(host) == []
    assert host.ask("place_call", **placing())["error"]["reasons"] == ["repeated"]
    assert host.result("place_call", **fields)["outcome"] == "queued"
    assert len(maxo.calls) == 1


def test_turning_the_record_off_forgets_it(host: HostProcess, desktop: Desktop) -> None:
    host.result("place_call", **placing())
    host.result("update_settings", settings={"history": "off"})

    assert calls_of(host) == []
    host.result("place_call", **placing("13 12 34", "131234"))
    assert calls_of(host) == []
    assert b"131234" not in (desktop.home / JOURNAL).read_bytes()


def test_a_damaged_record_is_set_aside_said_and_begun_anew(
    host: HostProcess, start: Callable[..., HostProcess], desktop: Desktop
) -> None:
    host.result("place_call", **placing())
    file = desktop.home / JOURNAL
    damaged = b"damaged" * 1000
    file.write_bytes(damaged)
    later = start()
    later.result("place_call", **placing())

    assert file.with_name(file.name + ".damaged-1").read_bytes() == damaged
    status = later.result("get_status")
    assert (status["journal"], [notice["code"] for notice in status["notices"]]) == (
        "ok",
        ["journal_set_aside"],
    )
    assert file.name + ".damaged-1" in status["notices"][0]["message"]
    assert len(calls_of(later)) == 1


@pytest.mark.parametrize("obstacle", ["a newer version's file", "a file where the folder should be"])
def test_without_a_usable_record_each_call_needs_a_confirmation(
    start: Callable[..., HostProcess], host: HostProcess, desktop: Desktop, maxo: StandIn, obstacle: str
) -> None:
    file = desktop.home / JOURNAL
    if obstacle == "a newer version's file":
        host.result("place_call", **placing("13 12 34", "131234"))
        content = bytearray(file.read_bytes())
        content[60:64] = (99).to_bytes(4, "big")  # PRAGMA user_version
        file.write_bytes(content)
    else:
        file.parent.rename(file.parent.with_name("away"))
        file.parent.write_text("")
    later, fields = start(), placing()

    assert later.result("get_status")["journal"] == "unusable"
    plan = later.result("plan_call", text="(02) 9999 8888", source="page", phone=None)
    assert (plan["decision"], plan["reasons"], plan["direct_click"]) == ("confirm", ["no_journal"], False)
    assert later.ask("place_call", **fields)["error"]["reasons"] == ["no_journal"]
    assert later.result("place_call", **{**fields, "confirmed": ["no_journal"]})["outcome"] == "queued"
    again = later.ask("place_call", **placing(confirmed=["no_journal"]))
    assert again["error"]["reasons"] == ["repeated", "no_journal"]
    assert [call["destination"] for call in calls_of(later)] == ["0299998888"]
    if file.is_file() and file.stat().st_size:
        assert file.read_bytes() == bytes(content)


@NEEDS_PRIVATE_MOUNTS
def test_a_full_disk_asks_for_a_confirmation_and_loses_no_record(
    start: Callable[..., HostProcess], host: HostProcess, desktop: Desktop, maxo: StandIn
) -> None:
    state = desktop.home / ".local" / "state"
    state.mkdir(parents=True, exist_ok=True)
    small = start(host_with(f"mount -t tmpfs -o size=256k none {state}"))
    small.result("place_call", **placing("13 12 34", "131234"))
    inside = Path(f"/proc/{small.process.pid}/root{state}")
    with contextlib.suppress(OSError), (inside / "filler").open("wb", buffering=0) as filler:
        while filler.write(b"x" * 4096):
            pass
    with contextlib.suppress(OSError), (inside / "rest").open("wb", buffering=0) as filler:
        while filler.write(b"x"):
            pass

    assert small.ask("place_call", **placing())["error"]["reasons"] == ["no_journal"]
    confirmed = placing(confirmed=["no_journal"])
    assert small.result("place_call", **confirmed)["outcome"] == "queued"
    assert small.result("get_status")["journal"] == "unusable"
    assert small.result("get_call", attempt=confirmed["attempt"])["outcome"] == "queued"

    (inside / "filler").unlink()
    later = start(host_with("true", namespace_of=small.process.pid))
    assert later.result("get_status")["journal"] == "ok"
    assert later.result("get_status")["notices"] == []
    assert [call["destination"] for call in calls_of(later)] == ["131234"]
    assert [call.body["destination"] for call in maxo.calls if call.body] == ["131234", "0299998888"]

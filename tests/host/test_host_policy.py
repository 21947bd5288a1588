"""The organisation's policy through the whole host, from the real place in /etc, seen by that host alone."""

import os
import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from native_host.admin_policy_source import user_name
from tests.host.host_process import HostProcess
from tests.host.placing import KEY, placing
from tests.host.private_mounts import NEEDS_PRIVATE_MOUNTS, etc_with_policy, host_with
from tests.maxo_stand_in import StandIn

pytestmark = NEEDS_PRIVATE_MOUNTS

LONDON = "+44 20 7946 0018"


@pytest.fixture
def start_under(start: Callable[..., HostProcess], tmp_path: Path) -> Callable[..., tuple[HostProcess, Path]]:
    def start_with(text: str, name: str = "policy.toml") -> tuple[HostProcess, Path]:
        policy = etc_with_policy(tmp_path, name, text)
        etc = shlex.quote(str(policy.parents[1]))
        host = start(host_with(f"mount --bind {etc} /etc"))
        assert host.result("set_api_key", api_key=KEY) == {"key": "stored"}
        return host, policy

    return start_with


def refusal(host: HostProcess, text: str = "(02) 9999 8888", destination: str = "0299998888") -> list[str]:
    """The reasons for which plan and call are refused, which must be the same."""
    plan = host.result("plan_call", text=text, source="page", phone=None)
    error = host.ask("place_call", **placing(text, destination))["error"]
    assert (plan["decision"], error["code"]) == ("refuse", "call_refused")
    assert plan["reasons"] == error["reasons"]
    reasons: list[str] = plan["reasons"]
    return reasons


def test_a_policy_in_etc_locks_settings_and_narrows_calls(
    start_under: Callable[..., tuple[HostProcess, Path]], maxo: StandIn
) -> None:
    host, _ = start_under(
        f"""
        destinations_refused = ["+44*"]
        destinations_confirmed = ["04*"]
        [settings]
        region = "AU"
        calls_per_minute = 5
        [limits]
        calls_per_day = 2
        [phones_by_user]
        {user_name()} = [{{ number = "107", label = "Front", auto_answer = false }}]
        """
    )
    status = host.result("get_status")

    assert (status["locked"], status["notices"]) == (["region", "calls_per_minute", "phones"], [])
    assert [phone["number"] for phone in status["settings"]["phones"]] == ["107"]
    assert host.error_code("update_settings", settings={"region": "NZ"}) == "setting_locked"
    assert (
        host.error_code("place_call", **placing()) == "plan_changed"
    )  # 101 is not this user's phone any more
    expected = {"destination": "0299998888", "phone": "107"}
    plan = host.result("plan_call", text=LONDON, source="page", phone=None)
    assert (plan["decision"], plan["reasons"]) == ("refuse", ["destination_not_allowed"])
    plan = host.result("plan_call", text="0412 345 678", source="page", phone=None)
    assert (plan["decision"], plan["reasons"], plan["direct_click"]) == (
        "confirm",
        ["destination_to_confirm"],
        False,
    )
    assert host.result("place_call", **placing(expected=expected))["outcome"] == "queued"
    mobile = placing("0412 345 678", expected={"destination": "0412345678", "phone": "107"})
    assert host.error_code("place_call", **mobile) == "confirmation_needed"
    confirmed = {**mobile, "confirmed": ["destination_to_confirm"]}
    assert host.result("place_call", **confirmed)["outcome"] == "queued"
    third = placing("13 12 34", expected={"destination": "131234", "phone": "107"})
    assert host.ask("place_call", **third)["error"]["reasons"] == ["limit_reached"]
    assert [call.body["destination"] for call in maxo.calls if call.body] == ["0299998888", "0412345678"]


def test_under_an_invalid_policy_every_call_is_refused_and_the_file_named_until_it_is_mended(
    start_under: Callable[..., tuple[HostProcess, Path]], maxo: StandIn
) -> None:
    host, policy = start_under("destinations_refussed = []")
    (notice,) = host.result("get_status")["notices"]

    assert refusal(host) == ["policy_invalid"]
    assert notice["code"] == "policy_invalid"
    assert "/etc/maxo-click-to-call/policy.toml" in notice["message"]
    assert host.ask("check_api_key")["error"]["reasons"] == ["policy_invalid"]
    assert maxo.calls == []
    policy.write_text('version = 2\ndestinations_refussed = ["+44*"]')
    assert [notice["code"] for notice in host.result("get_status")["notices"]] == ["policy_newer"]
    assert host.result("place_call", **placing())["outcome"] == "queued"


@pytest.mark.parametrize("fault", ["another owner", "writable by others"])
def test_under_a_policy_that_a_user_could_write_every_call_is_refused(
    start_under: Callable[..., tuple[HostProcess, Path]], maxo: StandIn, fault: str
) -> None:
    host, policy = start_under("{}", "policy.json")
    assert host.result("plan_call", text="13 12 34", source="page", phone=None)["decision"] == "allow"
    if fault == "another owner":
        os.chown(policy, 1000, 1000)
    else:
        policy.chmod(0o666)

    assert refusal(host) == ["policy_invalid"]
    assert maxo.calls == []


def test_the_organisations_address_gets_the_call_and_only_a_key_that_was_stored_for_it(
    start_under: Callable[..., tuple[HostProcess, Path]], host: HostProcess, maxo: StandIn
) -> None:
    assert host.result("get_status")["key"] == "stored"
    with StandIn() as own:
        own.valid_key = "key-of-the-organisation"
        under_policy, _ = start_under(f'api_base_url = "{own.url}"')
        status = under_policy.result("get_status")
        assert status["api_host"] == own.url.split("/")[2]
        assert under_policy.result("set_api_key", api_key="key-of-the-organisation") == {"key": "stored"}
        assert under_policy.result("place_call", **placing())["outcome"] == "queued"
        assert [call.body["key"] for call in own.calls if call.body] == ["key-of-the-organisation"]
    assert maxo.calls == []

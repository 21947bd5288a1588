"""The key in the whole host: when it is read, who gets it, and where it can never be found."""

from collections.abc import Callable
from pathlib import Path

from tests.e2e.desktop import Desktop
from tests.host.host_process import HostProcess
from tests.host.placing import KEY, SYDNEY, placing, until
from tests.maxo_stand_in import StandIn


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

"""The account: each API host gets only its own key, and a refused key is read anew."""

from collections.abc import Callable
from typing import cast

import pytest

from native_host import calls as calls_module
from native_host.account import KEYRING_TIMEOUT_S, WARM_UP_AGAIN_S, Account
from native_host.maxo_api import MaxoApi
from native_host.setting_values import DEFAULT_BASE_URL
from tests.host.desk import FakeKeys, FakeMaxo


def account(keys: FakeKeys, make: Callable[[str], FakeMaxo]) -> Account:
    return Account(lambda url: cast("MaxoApi", make(url)), keys)


def test_another_base_url_gets_another_client_and_only_its_own_key() -> None:
    made: dict[str, FakeMaxo] = {}
    keys = FakeKeys({"myapi.maxo.com.au": "one", "127.0.0.1:8080": "two"})
    both = account(keys, lambda url: made.setdefault(url, FakeMaxo()))

    for url in ("https://myapi.maxo.com.au/", "http://127.0.0.1:8080/"):
        key = both.key(url)
        both.call(url, key=key, origin="101", destination="131234", auto_answer=True, deadline_s=1)
    assert {url: maxo.asked[0]["api_key"] for url, maxo in made.items()} == {
        "https://myapi.maxo.com.au/": "one",
        "http://127.0.0.1:8080/": "two",
    }
    assert [maxo.closed for maxo in made.values()] == [True, False]


def test_a_client_that_cannot_be_prepared_is_a_matter_for_the_first_call(
    caplog: pytest.LogCaptureFixture,
) -> None:
    account(FakeKeys(), lambda _: FakeMaxo()).prepare(DEFAULT_BASE_URL)

    assert "the API client is not ready: no httpx" in caplog.text


def test_a_refused_key_check_forgets_the_key() -> None:
    keys = FakeKeys()
    account(keys, lambda _: FakeMaxo()).check_key(DEFAULT_BASE_URL)

    assert keys.forgotten == ["myapi.maxo.com.au"]


def test_the_time_for_the_keyring_fits_into_that_of_a_call_and_a_call_into_that_of_the_extension() -> None:
    assert KEYRING_TIMEOUT_S < calls_module.CALL_DEADLINE_S < 10
    assert WARM_UP_AGAIN_S < 30

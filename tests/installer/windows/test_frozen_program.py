"""The frozen programs for Windows: they call with the key of the Windows credential store."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path

import pytest

from native_host import __version__
from tests.e2e.installation import PHONES
from tests.installer.windows.wine import Wine
from tests.maxo_stand_in import StandIn


@pytest.fixture
def maxo() -> Generator[StandIn]:
    """The stand-in for MaxoTel's API."""
    with StandIn() as stand_in:
        yield stand_in


def test_the_command_calls_with_the_key_of_the_credential_store(
    wine: Wine, program: Path, maxo: StandIn
) -> None:
    maxo_call = str(program / "maxo-call.exe")
    wine.run(maxo_call, "settings", "set", "api_base_url", maxo.url)
    wine.run(maxo_call, "settings", "set", "phones", json.dumps(PHONES))
    wine.run(maxo_call, "key", "set", "--stdin", stdin=f"{maxo.valid_key}\n".encode())

    said = wine.run(maxo_call, "call", "(02) 5550 0195")

    assert "Queued: 101 is about to ring." in said
    (call,) = maxo.calls
    assert call.body is not None
    assert call.body["key"] == maxo.valid_key
    assert call.body["destination"] == "0255500195"
    wine.run(maxo_call, "key", "delete")


def test_the_programs_say_their_version(wine: Wine, program: Path) -> None:
    assert wine.run(str(program / "maxo-call.exe"), "--version").strip() == f"maxo-call {__version__}"


def test_only_the_keyring_of_windows_is_in_it(program: Path) -> None:
    internal = program / "_internal"
    backends = {one.stem for one in (internal / "keyring" / "backends").iterdir()}

    assert backends == {"__init__", "Windows", "fail", "null"}
    for name in ("cryptography", "secretstorage", "jeepney", "asyncio"):
        assert not (internal / name).exists(), name

"""A whole host for tests: a private session with a real keyring, and MaxoTel's stand-in on a real socket."""

import shutil
from collections.abc import Callable, Iterator

import pytest

from tests.e2e.desktop import Desktop
from tests.host.host_process import HostProcess
from tests.host.placing import KEY
from tests.maxo_stand_in import StandIn


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

"""Whatever breaks, and wherever: at most one request per attempt, and never an untrue word about it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator

import pytest

from tests.e2e.desktop import Desktop
from tests.host.host_process import HostProcess
from tests.host.placing import KEY
from tests.host.reliability.call_runs import DEADLINE_S, CallDesk
from tests.host.reliability.fault_plans import at_every_byte, sample
from tests.host.reliability.fault_proxy import Deed, FaultProxy
from tests.host.reliability.killed_hosts import steps_of, that_dies_at_step
from tests.maxo_stand_in import StandIn

SEED = 20261124
# How many runs of each kind, for http and for https: in `make test`, in `make soak`.
RUNS = {
    "end": (8, 250),
    "reset": (8, 250),
    "repeat": (6, 150),
    "hold": (4, 60),
    "kill": (4, 120),
}
LATE = (2, 30)  # each takes longer than a call may
LATE_S = 0.3  # for a slow machine to send what it should not
CLOSED_IDLE = (8, 200)
KILLED_AT_STEPS = (10, 500)
KILLED_AT_TIMES = (4, 150)


@pytest.fixture(scope="module", params=["http", "https"])
def desk(
    request: pytest.FixtureRequest, session: Desktop, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CallDesk]:
    """One set-up for all runs of a scheme; the hosts are new where a run kills them."""
    tls = request.param == "https"
    running: list[HostProcess] = []
    with (
        StandIn(tls_dir=tmp_path_factory.mktemp("tls") if tls else None) as maxo,
        FaultProxy(maxo.port) as proxy,
    ):
        maxo.valid_key = KEY
        environment = session.environment | ({"SSL_CERT_FILE": str(maxo.ca_file)} if tls else {})
        _set_up(session, f"{request.param}://127.0.0.1:{proxy.port}/")

        def start(code: str | None = None) -> HostProcess:
            running.append(HostProcess(session.home, environment=environment, code=code))
            return running[-1]

        observer = start()
        assert observer.result("set_api_key", api_key=KEY) == {"key": "stored"}
        yield CallDesk(session, maxo, proxy, start, observer, hides_bytes=tls)
        for host in running:
            host.__exit__()


def _set_up(session: Desktop, base_url: str) -> None:
    settings = session.home / ".config" / "maxo-click-to-call" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    phone = '{ number = "101", label = "Desk", auto_answer = true }'
    settings.write_text(f'api_base_url = "{base_url}"\nphones = [{phone}]\ncalls_per_minute = 60\n')


@pytest.mark.parametrize("kept", [False, True], ids=["new connection", "kept connection"])
@pytest.mark.parametrize("deed", RUNS)
def test_a_fault_at_any_byte_of_the_exchange(desk: CallDesk, deed: Deed, kept: bool, soak: bool) -> None:
    plan = at_every_byte(deed, desk.length(kept=kept), seconds=0.02)
    for fault in sample(plan, RUNS[deed][soak]):
        if kept:
            desk.keep_a_connection()
        else:
            desk.proxy.end_connections()
        desk.run(fault, what=f"{fault} on a {'kept' if kept else 'new'} connection")
        if not kept and deed != "kill":
            assert desk.proxy.happened or fault.at > 0, fault


@pytest.mark.parametrize(
    ("deed", "seconds"),
    [
        ("silence", 0.0),
        ("hold", 1.3 * DEADLINE_S),
        ("slow", 0.7 * DEADLINE_S),  # no part of it too late by itself, so that no time-out of a read ends it
    ],
)
def test_bytes_that_come_later_than_a_call_may_take(
    desk: CallDesk, deed: Deed, seconds: float, soak: bool
) -> None:
    plan = at_every_byte(deed, desk.length(kept=False), seconds)
    for fault in sample(plan, LATE[soak]):
        desk.proxy.end_connections()
        desk.run(fault, late_s=LATE_S)


@pytest.mark.parametrize("reset", [False, True], ids=["in order", "by a reset"])
def test_a_kept_connection_that_the_server_closes_at_any_moment(
    desk: CallDesk, reset: bool, soak: bool
) -> None:
    chance = random.Random(SEED)  # noqa: S311  (the same moments each time)
    for _ in range(CLOSED_IDLE[soak]):
        desk.keep_a_connection()
        seconds = chance.choice((0.0, chance.uniform(0, 0.004), chance.uniform(0, 0.03)))
        desk.run(
            None,
            what=f"closed {seconds * 1000:.2f} ms after the click",
            then=lambda _, seconds=seconds: desk.proxy.end_connections_in(seconds, reset=reset),  # type: ignore[misc]  # binds this turn's value
        )


def test_a_host_that_is_killed_at_any_step_of_placing_a_call(desk: CallDesk, soak: bool) -> None:
    steps = steps_of(desk)
    assert steps > 100, "the steps are counted"
    for step in sample(range(1, steps + 1), KILLED_AT_STEPS[soak]):
        host = that_dies_at_step(desk, step)
        desk.run(None, host=host, what=f"killed at step {step} of {steps}")


def test_a_host_that_is_killed_at_any_time(desk: CallDesk, soak: bool) -> None:
    chance = random.Random(SEED)  # noqa: S311  (the same times each time)
    for _ in range(KILLED_AT_TIMES[soak]):
        seconds = chance.uniform(0, 0.04)
        desk.run(None, what=f"killed after {seconds * 1000:.1f} ms", then=killing_after(seconds))


def killing_after(seconds: float) -> Callable[[HostProcess], None]:
    def wait_and_kill(host: HostProcess) -> None:
        time.sleep(seconds)
        host.process.kill()

    return wait_and_kill

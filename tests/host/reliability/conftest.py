"""`--soak` makes the long form of these tests: `make soak` gives it, `make test` does not."""

import pytest

from tests.host.reliability.call_runs import tally


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="the long form of the reliability tests")


@pytest.fixture(scope="session")
def soak(pytestconfig: pytest.Config) -> bool:
    return bool(pytestconfig.getoption("--soak", default=False))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say how the calls under faults ended: the long form is run for the figures."""
    if config.getoption("--soak", default=False) and tally:
        ends = ", ".join(f"{end} {number:,}" for end, number in tally.most_common())
        terminalreporter.write_line(f"{tally.total():,} calls under faults: {ends}")

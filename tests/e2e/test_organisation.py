"""What the organisation has set, as a person meets it: locked settings, refused calls, a broken policy."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from tests.e2e.browser import until
from tests.e2e.installation import Installation
from tests.e2e.pages import Pages
from tests.e2e.person import Person, sentence
from tests.e2e.received import assert_nothing_called
from tests.host.private_mounts import NEEDS_PRIVATE_MOUNTS, etc_with_policy
from tests.maxo_stand_in import StandIn

pytestmark = NEEDS_PRIVATE_MOUNTS

IS_DISABLED = "id => document.getElementById(id).disabled"
LONDON = "+44 20 7946 0018"


@pytest.fixture
def policy(installation: Installation, tmp_path: Path) -> Generator[Callable[[str], None]]:
    """Put a policy into the /etc that this host alone sees."""
    file = etc_with_policy(tmp_path, "policy.toml", "")
    enter = f"mount --bind {shlex.quote(str(file.parents[1]))} /etc"
    host = shlex.quote(installation.launcher())
    line = f'exec unshare -m sh -c \'{enter} && exec {host} "$@"\' sh "$@"'
    program = installation.program("host-under-policy", "#!/bin/sh", line)

    def write(text: str) -> None:
        file.write_text(text)

    with installation.broken(path=program):
        yield write


def test_a_locked_setting_is_shown_as_set_by_the_organisation(
    person: Person, policy: Callable[[str], None]
) -> None:
    policy('[settings]\nregion = "NZ"\nhistory = "off"\n')

    options = person.open_options()
    text = options.reads(sentence("options_locked"))
    until("the page to be filled", lambda: options.view.evaluate(IS_DISABLED, "region"))
    locked = {
        name: options.view.evaluate(IS_DISABLED, name) for name in ("region", "history", "calls_per_minute")
    }

    assert locked == {"region": True, "history": True, "calls_per_minute": False}
    assert text.count(sentence("options_locked")) == 2
    assert options.view.evaluate("() => document.getElementById('region').value") == "NZ"


def test_a_destination_that_the_organisation_refuses_is_not_called_and_the_card_says_why(
    person: Person, pages: Pages, policy: Callable[[str], None], maxo: StandIn
) -> None:
    policy('destinations_refused = ["+44*"]\n')

    person.page.open(pages.page(f"<p>{LONDON}</p>"))
    person.hover(LONDON, until_reads=sentence("refused_destination_not_allowed"))
    person.click(LONDON)

    assert_nothing_called(maxo)


def test_a_policy_in_disorder_stops_calls_and_the_options_name_its_file(
    person: Person, pages: Pages, policy: Callable[[str], None], maxo: StandIn
) -> None:
    policy("destinations_refussed = []\n")

    person.page.open(pages.page("<p>(02) 9999 8888</p>"))
    person.hover("(02) 9999 8888", until_reads=sentence("refused_policy_invalid"))
    person.click("(02) 9999 8888")
    assert_nothing_called(maxo)
    options = person.open_options()
    options.reads(sentence("notice_policy_invalid"))
    assert "/etc/maxo-click-to-call/policy.toml" in options.text()

"""Unregistering removes what is ours, and nothing of another program or installation."""

from __future__ import annotations

from pathlib import Path

import pytest

from native_host import HOST_NAME
from native_host.browsers.machine import Machine
from native_host.browsers.manifest_places import user_manifest
from native_host.browsers.registration import register, unregister
from native_host.browsers.table import BROWSERS
from tests.host.machines import (
    a_machine,
    write,
)

CHROMIUM, FIREFOX = BROWSERS["chromium"], BROWSERS["firefox"]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return a_machine(tmp_path)


def test_unregistering_removes_what_was_written_and_nothing_else(machine: Machine) -> None:
    [chromium, _] = register([CHROMIUM, FIREFOX], machine)
    neighbour = chromium.manifest.with_name("com.example.other.json")
    neighbour.write_text("{}")

    assert [one.state for one in unregister([CHROMIUM], machine)] == ["removed"]
    assert machine.host_program().exists()  # Firefox still starts it
    assert [one.state for one in unregister([CHROMIUM, FIREFOX], machine)] == ["absent", "removed"]
    assert not machine.host_program().exists()
    assert neighbour.exists()


@pytest.mark.parametrize("content", ["{", '{"name": "com.example.other"}'])
def test_unregistering_leaves_a_file_that_is_not_ours(machine: Machine, content: str) -> None:
    file = write(user_manifest(CHROMIUM, machine), content)

    assert [one.state for one in unregister([CHROMIUM], machine)] == ["foreign"]
    assert file.read_text() == content


def test_unregistering_leaves_the_manifest_of_another_installation(machine: Machine, tmp_path: Path) -> None:
    program = tmp_path / "maxo-host"
    program.touch()
    write(user_manifest(CHROMIUM, machine), {"name": HOST_NAME, "path": str(program)})

    assert [one.state for one in unregister([CHROMIUM], machine)] == ["foreign"]

    program.unlink()  # that installation is gone: its manifest only misleads
    assert [one.state for one in unregister([CHROMIUM], machine)] == ["removed"]

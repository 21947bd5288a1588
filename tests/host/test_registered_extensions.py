"""Which extensions may start the host: given ones, those of a package, and what an organisation allows."""

from __future__ import annotations

from pathlib import Path

import pytest

from native_host.browsers.machine import Machine
from native_host.browsers.manifest_places import user_manifest
from native_host.browsers.registration import register
from native_host.browsers.table import BROWSERS
from native_host.errors import InvalidSetting
from tests.host.machines import (
    COMPANY_ID,
    DEVELOPMENT_ID,
    STORE_ID,
    a_machine,
    installed_program,
    manifest_fields,
    write,
)

CHROMIUM, FIREFOX = BROWSERS["chromium"], BROWSERS["firefox"]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return a_machine(tmp_path)


def allowed(machine: Machine, *ids: str) -> list[str]:
    [done] = register([CHROMIUM], machine, extension_ids=ids)
    origins = manifest_fields(done.manifest)["allowed_origins"]
    return [one.removeprefix("chrome-extension://").removesuffix("/") for one in origins]


def test_given_ids_are_allowed_and_kept_when_it_is_repaired(machine: Machine) -> None:
    assert allowed(machine, STORE_ID, DEVELOPMENT_ID) == [STORE_ID, DEVELOPMENT_ID]
    assert allowed(machine) == [STORE_ID, DEVELOPMENT_ID]


def test_a_company_that_allows_its_own_extension_only_keeps_it_so(tmp_path: Path) -> None:
    machine = a_machine(tmp_path, frozen_folder=installed_program(tmp_path, chromium=[STORE_ID]))
    allowed(machine, COMPANY_ID)

    assert allowed(machine) == [COMPANY_ID]


def test_a_newer_package_adds_the_ids_of_new_stores(tmp_path: Path) -> None:
    programs = installed_program(tmp_path, chromium=[STORE_ID])
    machine = a_machine(tmp_path, frozen_folder=programs)
    assert allowed(machine) == [STORE_ID]

    write(programs / "extension-ids.json", {"chromium": [STORE_ID, COMPANY_ID], "firefox": []})

    assert allowed(machine) == [STORE_ID, COMPANY_ID]


def test_an_installed_program_drops_the_id_of_a_source_checkout(tmp_path: Path) -> None:
    assert allowed(a_machine(tmp_path)) == [DEVELOPMENT_ID]
    machine = a_machine(tmp_path, frozen_folder=installed_program(tmp_path, chromium=[STORE_ID]))

    assert allowed(machine) == [STORE_ID]


@pytest.mark.parametrize("ids", ["", "{", '{"chromium": ["*"]}', '{"firefox": []}'])
def test_a_package_without_an_id_leaves_chromium_alone_rather_than_allow_just_any(
    tmp_path: Path, ids: str
) -> None:
    programs = installed_program(tmp_path)
    write(programs / "extension-ids.json", ids)
    machine = a_machine(tmp_path, frozen_folder=programs)

    [done] = register([CHROMIUM], machine)

    assert done.state == "without_id"
    assert not done.manifest.exists()


def test_the_organisations_policy_names_the_only_extensions_that_may_call(tmp_path: Path) -> None:
    allowed(a_machine(tmp_path), STORE_ID)
    machine = a_machine(tmp_path, organisation_ids=(COMPANY_ID,))

    assert allowed(machine) == [COMPANY_ID]
    assert [one.state for one in register([FIREFOX], machine)] == ["without_id"]
    with pytest.raises(InvalidSetting, match="policy does not allow"):
        allowed(machine, STORE_ID)


def test_ids_go_to_the_browsers_that_they_are_of(machine: Machine) -> None:
    chromium, firefox = register([CHROMIUM, FIREFOX], machine, extension_ids=["other@example.com"])

    assert manifest_fields(chromium.manifest)["allowed_origins"] == [f"chrome-extension://{DEVELOPMENT_ID}/"]
    assert manifest_fields(firefox.manifest)["allowed_extensions"] == ["other@example.com"]


@pytest.mark.parametrize("wrong", ["", "*", "chrome-extension://*/", STORE_ID.upper(), "x" * 32, "a b@c"])
def test_an_id_that_is_none_is_refused_before_anything_is_written(machine: Machine, wrong: str) -> None:
    with pytest.raises(InvalidSetting, match="id of an extension"):
        register([CHROMIUM], machine, extension_ids=[wrong])

    assert not user_manifest(CHROMIUM, machine).exists()
    assert not machine.host_program().exists()

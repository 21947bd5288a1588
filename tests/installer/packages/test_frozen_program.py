"""The frozen programs: they work without this checkout, hold nothing that is not used, and are small."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import phonenumbers
import pytest

from native_host import __version__
from native_host.numbering import REGIONS
from tests.e2e.desktop import Desktop
from tests.e2e.installation import PHONES
from tests.installer.packages.building import ROOT, Built, build
from tests.installer.packages.installed_product import running_host, set_up
from tests.maxo_stand_in import StandIn

ON_DISK_MAX_BYTES = 40_000_000
COMPRESSED_MAX_BYTES = 12 * 1024 * 1024  # the archive has 9 MB; nfpm's xz makes deb and rpm a quarter larger
BLOCK_BYTES = 4096

# Every distribution that may be in it: what requirements.txt has, less what only other platforms need.
DISTRIBUTIONS = {
    *("backports", "certifi", "cryptography", "h11", "httpcore", "httpx", "idna", "importlib_metadata"),
    *("jaraco", "jeepney", "keyring", "lazy_importer", "more_itertools", "native_host", "phonenumbers"),
    *("platformdirs", "secretstorage", "tomli_w", "truststore", "zipp"),
}


@pytest.fixture
def program(packages: Built, tmp_path: Path) -> Path:
    """The frozen programs in a folder that is neither this checkout nor where they were built."""
    folder = tmp_path / "Zoë's programs"
    packages.copy_program(folder)
    return folder


def test_the_command_calls_over_tls_with_the_key_of_the_real_keyring(
    program: Path, desktop: Desktop, maxo_by_tls: StandIn
) -> None:
    desktop.environment["SSL_CERT_FILE"] = str(maxo_by_tls.ca_file)
    maxo_call = str(program / "maxo-call")
    set_up(desktop, maxo_call, maxo_by_tls)

    said = desktop.run(maxo_call, "call", "(02) 5550 0199")

    assert "Queued: 101 is about to ring." in said
    (call,) = maxo_by_tls.calls
    assert call.body is not None
    assert call.body["key"] == maxo_by_tls.valid_key
    assert call.body["destination"] == "0255500199"


def test_the_host_calls_over_tls_with_the_key_of_the_real_keyring(
    program: Path, desktop: Desktop, maxo_by_tls: StandIn
) -> None:
    desktop.environment["SSL_CERT_FILE"] = str(maxo_by_tls.ca_file)
    set_up(desktop, str(program / "maxo-call"), maxo_by_tls)
    attempt = "5d1bd2c6-7c2a-4f7e-9a53-0f0f6f0e4b11"
    expected = {"destination": "0255500198", "phone": "101"}

    with running_host(program / "maxo-host", desktop.environment) as host:
        assert host.hello()["result"]["host_version"] == __version__
        reply = host.ask(
            id=1,
            type="place_call",
            attempt=attempt,
            text="(02) 5550 0198",
            source="page",
            phone=None,
            expected=expected,
            confirmed=[],
            private=False,
        )

    assert reply.get("result", {}).get("outcome") == "queued", reply
    assert len(maxo_by_tls.calls) == 1


def test_a_call_to_a_server_that_nobody_vouches_for_is_not_sent(
    program: Path, desktop: Desktop, maxo_by_tls: StandIn
) -> None:
    maxo_call = str(program / "maxo-call")
    set_up(desktop, maxo_call, maxo_by_tls)

    with pytest.raises(RuntimeError, match="Not called"):
        desktop.run(maxo_call, "call", "(02) 5550 0197")
    assert maxo_by_tls.requests == []


def test_the_host_knows_the_number_plan_and_the_clock_of_every_country(
    program: Path, desktop: Desktop
) -> None:
    desktop.run(str(program / "maxo-call"), "settings", "set", "phones", json.dumps(PHONES))
    examples = {}
    for region in sorted(REGIONS):
        example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.FIXED_LINE)
        if example:
            examples[region] = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)

    with running_host(program / "maxo-host", desktop.environment) as host:
        host.hello()
        unplanned = {}
        zoned = 0
        for number, (region, text) in enumerate(examples.items(), start=1):
            reply = host.ask(id=number, type="plan_call", text=text, source="typed", phone=None)
            if not reply["ok"]:
                unplanned[region] = reply
            else:
                zoned += bool(reply["result"]["time_zones"])

    assert unplanned == {}
    assert zoned > 150, "time zones are missing"


def test_no_file_tells_where_it_was_built(packages: Built) -> None:
    places = [os.fsencode(place) for place in (ROOT, Path.home(), sys.base_prefix)]
    telling = [
        str(file)
        for file in packages.program.rglob("*")
        if file.is_file() and any(place in file.read_bytes() for place in places)
    ]

    assert telling == []


def test_no_library_is_looked_for_in_a_folder_of_the_build_machine(packages: Built) -> None:
    for file in [packages.program / "maxo-host", *packages.program.rglob("*.so*")]:
        said = subprocess.run(["readelf", "-d", file], capture_output=True, text=True, check=True).stdout
        assert "RUNPATH" not in said, file
        assert "RPATH" not in said, file


def test_nothing_is_in_it_that_is_not_used(packages: Built) -> None:
    internal = packages.program / "_internal"
    standard = sys.stdlib_module_names | {"python3.11"}
    folders = {one.name for one in internal.iterdir() if one.is_dir()} - standard
    backends = {one.stem for one in (internal / "keyring" / "backends").iterdir()}

    assert folders == DISTRIBUTIONS
    assert backends == {"__init__", "SecretService", "fail", "null"}
    assert not (internal / "phonenumbers" / "geodata").exists()
    assert not (internal / "phonenumbers" / "carrierdata").exists()


def test_it_is_small(packages: Built) -> None:
    sizes = [file.stat().st_size for file in packages.program.rglob("*") if file.is_file()]
    on_disk = sum(-(-size // BLOCK_BYTES) * BLOCK_BYTES for size in sizes)

    assert on_disk <= ON_DISK_MAX_BYTES
    for ending in (".tar.xz", ".deb", ".rpm"):
        assert packages.package(ending).stat().st_size <= COMPRESSED_MAX_BYTES, ending


def test_a_second_build_gives_the_same_bytes(packages: Built, tmp_path: Path) -> None:
    digests = packages.digests()
    (tmp_path / "again").mkdir()

    again = build(tmp_path / "again", "--extension-id", "mekckcfhcmacbbccnadgbbpiclkfnopo")

    assert again.digests() == digests


def test_the_licences_of_all_that_is_in_it_come_along(packages: Built) -> None:
    licences = (packages.program / "THIRD-PARTY-LICENCES.txt").read_text()

    for name in ("httpx", "cryptography", "phonenumbers", "keyring", "OpenSSL", "Python 3"):
        assert name in licences

"""Policies of administrators that stand in the way: read where each browser has them, and named."""

from __future__ import annotations

import json
import plistlib
from pathlib import Path
from typing import Any

import pytest

from native_host import HOST_NAME
from native_host.browsers.policies import read_policies
from native_host.browsers.policy_obstacles import PERMISSIONS, obstacles, user_level_hosts
from native_host.browsers.table import BROWSERS
from tests.host.machines import GECKO_ID, STORE_ID, FakeRegistry, a_machine, write

EDGE_ID = "ponmlkjihgfedcbaponmlkjihgfedcba"
BLOCKS = {"NativeMessagingBlocklist": ["*"]}

LINUX = {
    "chrome": "etc/opt/chrome/policies/managed/company.json",
    "chromium": "etc/chromium/policies/managed/company.json",
    "edge": "etc/opt/edge/policies/managed/company.json",
    "brave": "etc/brave/policies/managed/company.json",
    "vivaldi": "etc/vivaldi/policies/managed/company.json",
}
MACOS = {
    "chrome": "com.google.Chrome",
    "chromium": "org.chromium.Chromium",
    "edge": "com.microsoft.Edge",
    "brave": "com.brave.Browser",
    "vivaldi": "com.vivaldi.Vivaldi",
    "firefox": "org.mozilla.firefox",
}
WINDOWS = {
    "chrome": r"Software\Policies\Google\Chrome",
    "chromium": r"Software\Policies\Chromium",
    "edge": r"Software\Policies\Microsoft\Edge",
    "brave": r"Software\Policies\BraveSoftware\Brave",
    "vivaldi": r"Software\Policies\Vivaldi",
    "firefox": r"Software\Policies\Mozilla\Firefox",
}
FIREFOX_FILES = [
    "etc/firefox/policies",
    "usr/lib/firefox-esr/distribution",
    "usr/lib/firefox/distribution",
    "usr/lib64/firefox/distribution",
    "opt/firefox/distribution",
]


# -- reading


@pytest.mark.parametrize("name", LINUX)
def test_policies_are_read_from_every_file_of_a_browsers_folder_on_linux(name: str, tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    write(machine.root / LINUX[name], BLOCKS)
    write((machine.root / LINUX[name]).with_name("more.json"), {"HomepageLocation": "about:blank"})
    write((machine.root / LINUX[name]).with_name("notes.txt"), "{")
    write(machine.root / LINUX[name].replace("managed", "recommended"), {"BrowserSignin": 0})

    found = read_policies(BROWSERS[name], machine)

    assert found.values == BLOCKS | {"HomepageLocation": "about:blank"}
    assert found.unreadable == ()


@pytest.mark.parametrize("name", MACOS)
def test_policies_are_read_from_the_managed_preferences_of_macos(name: str, tmp_path: Path) -> None:
    machine = a_machine(tmp_path, "darwin")
    managed = machine.root / "Library" / "Managed Preferences"
    (managed / machine.home.name).mkdir(parents=True)
    (managed / f"{MACOS[name]}.plist").write_bytes(plistlib.dumps(BLOCKS, fmt=plistlib.FMT_BINARY))
    (managed / machine.home.name / f"{MACOS[name]}.plist").write_bytes(plistlib.dumps({"Own": True}))

    assert read_policies(BROWSERS[name], machine).values == BLOCKS | {"Own": True}


@pytest.mark.parametrize("name", WINDOWS)
def test_policies_are_read_from_the_registry_of_windows(name: str, tmp_path: Path) -> None:
    registry = FakeRegistry()
    settings = {"*": {"installation_mode": "blocked"}}
    registry.trees["user", WINDOWS[name]] = {"NativeMessagingUserLevelHosts": 1}
    registry.trees["machine", WINDOWS[name]] = {
        "NativeMessagingBlocklist": {"1": "*"},
        "NativeMessagingUserLevelHosts": 0,
        "ExtensionSettings": json.dumps(settings),
    }

    found = read_policies(BROWSERS[name], a_machine(tmp_path, "win32", registry=registry))

    assert found.values == BLOCKS | {"NativeMessagingUserLevelHosts": 0, "ExtensionSettings": settings}
    assert not user_level_hosts(found.values)


def test_extension_settings_may_be_keys_of_the_registry(tmp_path: Path) -> None:
    registry = FakeRegistry()
    registry.trees["machine", WINDOWS["edge"]] = {
        "ExtensionSettings": {STORE_ID: {"runtime_blocked_hosts": {"1": "*://*/*"}}}
    }

    found = read_policies(BROWSERS["edge"], a_machine(tmp_path, "win32", registry=registry))

    assert found.values["ExtensionSettings"] == {STORE_ID: {"runtime_blocked_hosts": ["*://*/*"]}}


@pytest.mark.parametrize("folder", FIREFOX_FILES)
def test_firefoxs_policies_are_read_from_every_place_of_its_file(folder: str, tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    write(machine.root / folder / "policies.json", {"policies": {"DisableTelemetry": True}})

    assert read_policies(BROWSERS["firefox"], machine).values == {"DisableTelemetry": True}


def test_a_file_that_cannot_be_read_is_named_and_takes_no_other_with_it(tmp_path: Path) -> None:
    machine = a_machine(tmp_path)
    broken = write(machine.root / LINUX["chromium"], "{")
    write(broken.with_name("whole.json"), BLOCKS)

    found = read_policies(BROWSERS["chromium"], machine)

    assert found.values == BLOCKS
    assert found.unreadable == (broken,)


# -- what stands in the way


def found(values: dict[str, Any], *ids: str) -> list[tuple[str, str]]:
    return [(one.policy, one.state) for one in obstacles("chromium", values, ids or (STORE_ID,))]


def settings(**own: object) -> dict[str, Any]:
    return {"ExtensionSettings": {STORE_ID: own}}


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"NativeMessagingBlocklist": "*"}, []),  # not a list: the browser ignores it
        ({"NativeMessagingBlocklist": ["com.example.other"]}, []),
        (BLOCKS, [("NativeMessagingBlocklist", "fault")]),
        ({"NativeMessagingBlocklist": [HOST_NAME]}, [("NativeMessagingBlocklist", "fault")]),
        (BLOCKS | {"NativeMessagingAllowlist": [HOST_NAME]}, []),
        (BLOCKS | {"NativeMessagingAllowlist": ["*"]}, [("NativeMessagingBlocklist", "fault")]),
        ({"ExtensionInstallBlocklist": ["*"]}, [("ExtensionInstallBlocklist", "fault")]),
        ({"ExtensionInstallBlocklist": ["*"], "ExtensionInstallAllowlist": [STORE_ID]}, []),
        ({"ExtensionInstallBlocklist": ["*"], "ExtensionInstallForcelist": [f"{STORE_ID};https://x/"]}, []),
        (
            {"ExtensionInstallBlocklist": [STORE_ID], "ExtensionInstallAllowlist": [STORE_ID]},
            [("ExtensionInstallBlocklist", "fault")],
        ),
        ({"ExtensionInstallBlocklist": ["*"]} | settings(installation_mode="allowed"), []),
        (settings(installation_mode="removed"), [("ExtensionSettings", "fault")]),
        ({"ExtensionSettings": {"*": {"installation_mode": "blocked"}}}, [("ExtensionSettings", "fault")]),
        (
            {
                "ExtensionSettings": {
                    "*": {"installation_mode": "blocked"},
                    f"{EDGE_ID}, {STORE_ID}": {"installation_mode": "force_installed"},
                }
            },
            [],
        ),
        ({"ExtensionAllowedTypes": ["theme"]}, [("ExtensionAllowedTypes", "fault")]),
        (settings(blocked_permissions=["nativeMessaging", "usb"]), [("ExtensionSettings", "fault")]),
        (settings(blocked_permissions=["usb"]), []),
        (settings(runtime_blocked_hosts=["<all_urls>"]), [("ExtensionSettings", "fault")]),
        (
            settings(runtime_blocked_hosts=["*://*"], runtime_allowed_hosts=["https://crm.example"]),
            [("ExtensionSettings", "warning")],
        ),
        (settings(runtime_blocked_hosts=["*://*.bank.example"]), [("ExtensionSettings", "warning")]),
    ],
)
def test_each_policy_of_the_chromium_family_that_blocks_is_named(
    values: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert found(values) == expected


def test_what_blocks_one_stores_extension_only_is_no_obstacle_where_another_may_be_used() -> None:
    assert found(settings(installation_mode="blocked"), STORE_ID, EDGE_ID) == []
    assert found(BLOCKS, STORE_ID, EDGE_ID) == [("NativeMessagingBlocklist", "fault")]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, []),
        ({"ExtensionSettings": {"*": {"installation_mode": "blocked"}}}, [("ExtensionSettings", "fault")]),
        (
            {"ExtensionSettings": {GECKO_ID: {"installation_mode": "blocked"}}},
            [("ExtensionSettings", "fault")],
        ),
        (
            {
                "ExtensionSettings": {
                    "*": {"installation_mode": "blocked"},
                    GECKO_ID: {"installation_mode": "force_installed"},
                }
            },
            [],
        ),
        ({"ExtensionSettings": {"*": {"allowed_types": ["theme"]}}}, [("ExtensionSettings", "fault")]),
        ({"ExtensionSettings": {"*": {"restricted_domains": ["a.au"]}}}, [("ExtensionSettings", "warning")]),
        ({"Extensions": {"Uninstall": [GECKO_ID]}}, [("Extensions", "fault")]),
        ({"InstallAddonsPermission": {"Default": False}}, [("InstallAddonsPermission", "warning")]),
        (BLOCKS, []),  # Firefox knows no such policy
    ],
)
def test_each_policy_of_firefox_that_blocks_is_named(
    values: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    assert [(one.policy, one.state) for one in obstacles("firefox", values, [GECKO_ID])] == expected


def test_each_obstacle_is_one_sentence_on_what_it_does_and_one_on_what_to_ask_for() -> None:
    for values in (BLOCKS, settings(installation_mode="blocked", runtime_blocked_hosts=["*://*"])):
        for one in obstacles("chromium", values, [STORE_ID]):
            assert one.policy in one.sentence
            assert "Ask your administrator to " in one.sentence


def test_the_permissions_that_no_policy_may_take_are_those_of_the_manifest() -> None:
    static = Path(__file__).parents[2] / "extension" / "static" / "manifest.json"

    assert set(json.loads(static.read_text())["permissions"]) == PERMISSIONS

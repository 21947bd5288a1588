"""The lives of the installers: silent, found by every browser, upgraded, gone without a trace."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator

import pytest

from native_host import HOST_NAME, __version__
from tests.e2e.browser import CHROMIUM_ID, GECKO_ID, until
from tests.host.host_process import HELLO, encoded, framed
from tests.installer.packages.building import EARLIER_VERSION, Built
from tests.installer.windows.wine import Wine

FOLDER = r"C:\users\root\AppData\Local\Programs\Maxo click-to-call"
SHARED_FOLDER = r"C:\Program Files\Maxo click-to-call"
UNINSTALL_KEY = r"Software\Microsoft\Windows\CurrentVersion\Uninstall\MaxoClickToCall"
BROWSER_KEYS = (r"Google\Chrome", "Chromium", r"Microsoft\Edge", "Mozilla")  # Brave and Vivaldi read Chrome's
HELLO_FRAME = framed(encoded({"id": 0, **HELLO}))


@pytest.fixture(autouse=True)
def clean_windows(wine: Wine) -> Generator[None]:
    """Nothing installed, before and after."""
    yield
    for folder in (FOLDER, SHARED_FOLDER, r"C:\Zoë日本"):
        if wine.unix_path(folder).exists():
            uninstall(wine, folder)


def uninstall(wine: Wine, folder: str) -> None:
    """Run the uninstaller silently, and wait: it goes on in a copy of itself."""
    wine.run(f"{folder}\\uninstall.exe", "/S")
    until(f"{folder} to be gone", lambda: not wine.unix_path(folder).exists(), patience_s=60)


def manifest_of(wine: Wine, root: str, browser: str) -> dict[str, object]:
    """The host manifest that a browser finds by its registry key."""
    key = rf"{root}\Software\{browser}\NativeMessagingHosts\{HOST_NAME}"
    (file,) = wine.registry(key).values()
    manifest: dict[str, object] = json.loads(wine.unix_path(file).read_bytes())
    return manifest


def version_behind(wine: Wine, program: str) -> str:
    """The version that a host says when a browser starts it and says hello."""
    host = wine.start(program, f"chrome-extension://{CHROMIUM_ID}/", "--parent-window=0")
    with host:
        assert host.stdin
        assert host.stdout
        host.stdin.write(HELLO_FRAME)
        host.stdin.flush()
        length = int.from_bytes(host.stdout.read(4), "little")
        reply = json.loads(host.stdout.read(length))
        host.stdin.close()
        host.wait(30)
    version: str = reply["result"]["host_version"]
    return version


def test_every_browser_finds_the_host_of_one_user(wine: Wine, for_one_user: str) -> None:
    wine.run(for_one_user, "/S")

    for browser in BROWSER_KEYS:
        manifest = manifest_of(wine, "HKCU", browser)
        program = str(manifest["path"])
        assert program == rf"{FOLDER}\{__version__}\maxo-host.exe"
        assert version_behind(wine, program) == __version__
        if browser == "Mozilla":
            assert manifest["allowed_extensions"] == [GECKO_ID]
        else:
            assert manifest["allowed_origins"] == [f"chrome-extension://{CHROMIUM_ID}/"]
    assert wine.registry(rf"HKLM\{UNINSTALL_KEY}") == {}


def test_every_browser_finds_the_host_of_all_users(wine: Wine, for_all_users: str) -> None:
    wine.run(for_all_users, "/S")

    for browser in BROWSER_KEYS:
        program = str(manifest_of(wine, "HKLM", browser)["path"])
        assert program == rf"{SHARED_FOLDER}\{__version__}\maxo-host.exe"
    assert version_behind(wine, program) == __version__
    assert wine.registry(rf"HKCU\{UNINSTALL_KEY}") == {}


@pytest.mark.parametrize(("root", "setup"), [("HKCU", "for_one_user"), ("HKLM", "for_all_users")])
def test_it_is_removed_without_a_trace(
    wine: Wine, root: str, setup: str, request: pytest.FixtureRequest
) -> None:
    wine.run(request.getfixturevalue(setup), "/S")
    shown = wine.registry(rf"{root}\{UNINSTALL_KEY}")
    assert any(name.endswith("DisplayVersion") and value == __version__ for name, value in shown.items())

    uninstall(wine, FOLDER if root == "HKCU" else SHARED_FOLDER)

    assert wine.registry(rf"{root}\{UNINSTALL_KEY}") == {}
    for browser in BROWSER_KEYS:
        assert wine.registry(rf"{root}\Software\{browser}\NativeMessagingHosts") == {}
    assert list(wine.c_drive.rglob(f"{HOST_NAME}.json")) == []
    assert list(wine.c_drive.rglob("host-manifests")) == []


def test_an_upgrade_replaces_the_earlier_version(
    wine: Wine, for_one_user: str, installers: Callable[[str], Built]
) -> None:
    wine.run(str(installers(EARLIER_VERSION).package("-setup.exe")), "/S")
    assert manifest_of(wine, "HKCU", "Chromium")["path"] == rf"{FOLDER}\{EARLIER_VERSION}\maxo-host.exe"

    wine.run(for_one_user, "/S")

    assert manifest_of(wine, "HKCU", "Chromium")["path"] == rf"{FOLDER}\{__version__}\maxo-host.exe"
    assert versions_in(wine, FOLDER) == {__version__}
    said = wine.run("cmd", "/c", rf"{FOLDER}\maxo-call.cmd", "--version")
    assert __version__ in said


def test_an_upgrade_leaves_a_running_host_its_files(
    wine: Wine, for_one_user: str, installers: Callable[[str], Built]
) -> None:
    earlier = str(installers(EARLIER_VERSION).package("-setup.exe"))
    wine.run(earlier, "/S")
    running = wine.start(rf"{FOLDER}\{EARLIER_VERSION}\maxo-host.exe")
    with running:
        assert running.stdin
        assert running.stdout
        running.stdin.write(HELLO_FRAME)
        running.stdin.flush()
        running.stdout.read(4)  # it has started

        wine.run(for_one_user, "/S")

        assert versions_in(wine, FOLDER) == {EARLIER_VERSION, __version__}
        assert (wine.unix_path(FOLDER) / EARLIER_VERSION / "_internal" / "os.pyc").exists()
        running.stdin.close()
        running.wait(30)

    wine.run(for_one_user, "/S")
    assert versions_in(wine, FOLDER) == {__version__}


def test_a_folder_with_any_name_will_do(wine: Wine, for_one_user: str) -> None:
    wine.run(for_one_user, "/S", r"/D=C:\Zoë日本")

    program = str(manifest_of(wine, "HKCU", "Chromium")["path"])
    assert program == rf"C:\Zoë日本\{__version__}\maxo-host.exe"
    assert version_behind(wine, program) == __version__


def versions_in(wine: Wine, folder: str) -> set[str]:
    """The versions that are installed in a folder."""
    return {path.name for path in wine.unix_path(folder).iterdir() if path.is_dir()}

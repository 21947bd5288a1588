"""Installs what `installer/build.py` has put into dist/, uses it, and removes it, on Windows and macOS.

`python -m tests.installer.smoke_installed`; on macOS it becomes root by sudo. For CI, never for a person's
machine: it takes the product away at the end. It has not run anywhere yet.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from native_host import HOST_NAME, __version__
from tests.e2e.installation import PHONES
from tests.host.host_process import HELLO, encoded, framed
from tests.maxo_stand_in import StandIn

DIST = Path(__file__).resolve().parents[2] / "dist"
PATIENCE_S = 120
MACOS_FOLDER = Path("/Library/Application Support/maxo-click-to-call")
MACOS_MANIFESTS = (
    Path("/Library/Google/Chrome/NativeMessagingHosts"),
    Path("/Library/Microsoft/Edge/NativeMessagingHosts"),
    Path("/Library/Application Support/Chromium/NativeMessagingHosts"),
    Path("/Library/Application Support/Mozilla/NativeMessagingHosts"),
)
WINDOWS_KEYS = (r"Google\Chrome", "Chromium", r"Microsoft\Edge", "Mozilla")


def run(*words: str | Path, stdin: str = "") -> str:
    """Run a program to its end and return what it said."""
    done = subprocess.run(
        [str(word) for word in words],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
    return done.stdout


def package(ending: str) -> Path:
    """The one package in dist/ whose name ends so."""
    (found,) = DIST.glob(f"*{ending}")
    return found


def manifest_files() -> list[Path]:
    """The host manifests that browsers find, each of which must be there."""
    if sys.platform == "win32":
        import winreg

        found = []
        for key in WINDOWS_KEYS:
            name = rf"Software\{key}\NativeMessagingHosts\{HOST_NAME}"
            try:
                found.append(Path(winreg.QueryValue(winreg.HKEY_CURRENT_USER, name)))
            except FileNotFoundError:
                continue
        return found
    return [file for file in (folder / f"{HOST_NAME}.json" for folder in MACOS_MANIFESTS) if file.exists()]


def say_hello(program: Path) -> dict[str, Any]:
    """Start the host as a browser does, and return its reply to hello."""
    frame = framed(encoded({"id": 0, **HELLO}))
    with subprocess.Popen([program, "test"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as host:
        assert host.stdin
        assert host.stdout
        host.stdin.write(frame)
        host.stdin.flush()
        reply: dict[str, Any] = json.loads(host.stdout.read(int.from_bytes(host.stdout.read(4), "little")))
        host.stdin.close()
        assert host.wait(PATIENCE_S) == 0
    return reply


def install() -> None:
    """Install the package silently."""
    if sys.platform == "win32":
        run(package("-setup.exe"), "/S")
    else:
        run("sudo", "installer", "-pkg", package(".pkg"), "-target", "/")


def remove(program: Path) -> None:
    """Remove the product, and wait until it is gone."""
    if sys.platform == "win32":
        folder = program.parents[1]
        run(folder / "uninstall.exe", "/S")
        deadline = time.monotonic() + PATIENCE_S
        while folder.exists():  # the uninstaller goes on in a copy of itself
            assert time.monotonic() < deadline, f"{folder} is still there"
            time.sleep(0.5)
    else:
        run("sudo", MACOS_FOLDER / "uninstall.sh")
        assert not MACOS_FOLDER.exists()


def main() -> None:
    """Install, use, remove; raises at the first thing that is not as it should be."""
    assert manifest_files() == [], "the product is installed here already"
    install()
    files = manifest_files()
    assert len(files) == len(WINDOWS_KEYS), files
    programs = {Path(json.loads(file.read_bytes())["path"]) for file in files}
    (program,) = programs
    assert say_hello(program)["result"]["host_version"] == __version__
    maxo_call = program.with_name(program.name.replace("maxo-host", "maxo-call"))
    with StandIn() as maxo:
        run(maxo_call, "settings", "set", "api_base_url", maxo.url)
        run(maxo_call, "settings", "set", "phones", json.dumps(PHONES))
        run(maxo_call, "key", "set", "--stdin", stdin=f"{maxo.valid_key}\n")
        assert "Queued" in run(maxo_call, "call", "(02) 5550 0194")
        assert len(maxo.calls) == 1
        run(maxo_call, "key", "delete")
    remove(program)
    assert manifest_files() == []
    print("Installed, used and removed.")


if __name__ == "__main__":
    main()

"""A host in a mount namespace of its own, where a full disk or a policy in /etc is nobody else's."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.host.host_process import ROOT

_NEEDED_OF_ETC = ("passwd", "group", "nsswitch.conf", "ld.so.cache", "localtime", "machine-id")


def _works() -> bool:
    if os.name != "posix" or shutil.which("unshare") is None:
        return False
    tried = subprocess.run(
        ["unshare", "-m", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False
    )
    return tried.returncode == 0


NEEDS_PRIVATE_MOUNTS = pytest.mark.skipif(
    not _works(), reason="only root on Linux can mount something for one process"
)


def host_with(mount: str, *, namespace_of: int | None = None) -> str:
    """The code of a HostProcess that first runs the shell command `mount` where only it sees the effect.

    With `namespace_of` it joins the one of that process.
    """
    host = [sys.executable, "-I", str(ROOT / "native_host/__main__.py"), "test"]
    script = f"{mount} && exec {shlex.join(host)}"
    enter = ["unshare", "-m"] if namespace_of is None else ["nsenter", "-t", str(namespace_of), "-m"]
    return f"import os; os.execvp({enter[0]!r}, {[*enter, 'sh', '-c', script]!r})"


def etc_with_policy(folder: Path, name: str, text: str) -> Path:
    """A folder to be mounted over /etc: what every program needs of it, and a policy."""
    etc = folder / "etc"
    policy = etc / "maxo-click-to-call" / name
    policy.parent.mkdir(parents=True)
    for needed in _NEEDED_OF_ETC:
        if (Path("/etc") / needed).exists():
            shutil.copy(Path("/etc") / needed, etc / needed)
    policy.write_text(text)
    for path in (etc, policy.parent):
        path.chmod(0o755)
    policy.chmod(0o644)
    return policy

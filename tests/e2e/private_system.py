"""A private view of the system's folders, for tests that write where only root may: policies, registrations.

What is written in it is seen by the programs that are started in it, and by nobody else; it ends with them.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.e2e.desktop import ENDS_WITH_PARENT

FOLDERS = ("/etc", "/usr/lib/mozilla", "/usr/local/lib")
END_S = 10

VIEW = """
mount -t tmpfs tmpfs "$1"
number=0
for folder in {folders}; do
    number=$((number + 1))
    mkdir -p "$1/$number/new" "$1/$number/work"
    mount -t overlay overlay -o "lowerdir=$folder,upperdir=$1/$number/new,workdir=$1/$number/work" "$folder"
done
echo ready
exec sleep infinity
"""


def is_possible() -> bool:
    """Whether this user may make such a view."""
    return os.geteuid() == 0


class PrivateSystem:
    """Made on construction; `close` ends it."""

    def __init__(self, folder: Path) -> None:
        """Make the view; what is written goes to memory, mounted on `folder` within it."""
        self._folder = folder
        folder.mkdir()
        script = VIEW.format(folders=" ".join(FOLDERS))
        command = (
            "unshare",
            "--mount",
            "--propagation",
            "private",
            "sh",
            "-eu",
            "-c",
            script,
            "sh",
            str(folder),
        )
        self._holder = subprocess.Popen(
            [*ENDS_WITH_PARENT, *command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE
        )
        assert self._holder.stdout
        assert self._holder.stdout.readline() == b"ready\n", "the view of the system could not be made"

    def command(self, *words: str) -> list[str]:
        """A command that starts a program in the view."""
        # Entering a view loses the working directory.
        enter = ("nsenter", f"--target={self._holder.pid}", "--mount", f"--wd={Path.cwd()}")
        return [*enter, "--", *words]

    def program(self, name: str, target: str) -> str:
        """Write a program that is `target` in the view, and return its path."""
        file = self._folder.with_name(f"{self._folder.name}-{name}")
        enter = " ".join(self.command(target))
        file.write_text(f'#!/bin/sh\nexec {enter} "$@"\n')
        file.chmod(0o755)
        return str(file)

    def write(self, file: str, text: str) -> None:
        """Write a file in the view, and the folders above it."""
        script = 'mkdir -p "$(dirname "$1")" && cat > "$1"'
        subprocess.run(self.command("sh", "-c", script, "sh", file), input=text.encode(), check=True)

    def close(self) -> None:
        """End the view; programs in it keep theirs until they end."""
        self._holder.terminate()
        self._holder.wait(END_S)
        assert self._holder.stdout
        self._holder.stdout.close()

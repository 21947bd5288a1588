"""One computer and user as registration and doctor see them: folders, registry, and this very program.

Everything that these read or write goes through it, so that tests can give them another computer. Nothing of
it is taken from a variable of this product: it would say where browsers find a program to start.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from native_host.admin_policy_source import load_admin_policy
from native_host.browsers.host_manifest import own_ids, valid_ids
from native_host.browsers.table import Browser, Family, Platform
from native_host.browsers.windows_registry import NO_REGISTRY, Registry, this_registry
from native_host.places import APP_NAME

PROGRAM_NAME = "maxo-host"
SOURCE_ROOT = Path(__file__).resolve().parents[2]  # the source checkout, or an installation's site-packages

# Where `register --system` puts the launcher of a program that is not installed as a package.
_SHARED_FOLDERS: dict[Platform, str] = {
    "linux": f"/usr/local/lib/{APP_NAME}",
    "darwin": f"/Library/Application Support/{APP_NAME}",
}


@dataclass(frozen=True)
class Machine:
    """`root` is put before the paths of the system; `frozen_folder` is where installed programs are.

    `organisation_ids`: if there are any, the only extensions that may start the host, by its policy.
    """

    platform: Platform
    home: Path
    config_home: Path  # XDG_CONFIG_HOME, which browsers on Linux follow
    data_dir: Path  # of this product
    root: Path = Path("/")
    registry: Registry = NO_REGISTRY
    environment: Mapping[str, str] = field(default_factory=dict)
    frozen_folder: Path | None = None
    organisation_ids: tuple[str, ...] = ()
    interpreter: Path = Path(sys.executable)
    source_root: Path = SOURCE_ROOT

    def in_home(self, path: str) -> Path:
        """A path of the user, as browser tables write it, such as `~/.mozilla`."""
        if path.startswith("~/.config/"):
            return self.config_home / path.removeprefix("~/.config/")
        return self.home / path.removeprefix("~/")

    def in_system(self, path: str) -> Path:
        """A path of the system, such as `/etc/chromium`."""
        return self.root / path.lstrip("/")

    def own_ids(self, family: Family) -> tuple[str, ...]:
        """The extensions of this family that the host is for: the organisation's, else this program's own."""
        if self.organisation_ids:
            return valid_ids(family, self.organisation_ids)
        return own_ids(family, self.frozen_folder)

    def profiles_folder(self, browser: Browser) -> Path:
        """The folder with the browser's profiles, which may not exist."""
        return self.in_home(browser.marks[self.platform][0])

    def is_used(self, browser: Browser) -> bool:
        """Whether this user has ever started the browser, as far as its folders tell."""
        return any(self.in_home(mark).is_dir() for mark in browser.marks[self.platform])

    def host_program(self, *, for_all_users: bool = False) -> Path:
        """What a manifest's `path` has to be: the installed program, or a launcher of this checkout."""
        if self.frozen_folder is not None:
            return self.frozen_folder / (PROGRAM_NAME + (".exe" if self.platform == "win32" else ""))
        folder = self.in_system(_SHARED_FOLDERS[self.platform]) if for_all_users else self.data_dir
        return folder / (PROGRAM_NAME + (".bat" if self.platform == "win32" else ""))


def this_machine() -> Machine:
    """The computer and user that run this."""
    home = Path.home()
    config_home = Path(os.environ.get("XDG_CONFIG_HOME", ""))
    frozen = Path(sys.executable).parent if getattr(sys, "frozen", False) else None
    return Machine(
        platform=_platform(),
        home=home,
        config_home=config_home if config_home.is_absolute() else home / ".config",
        data_dir=Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)),
        registry=this_registry(),
        environment=os.environ,
        frozen_folder=frozen,
        organisation_ids=load_admin_policy().extension_ids,
        # Not resolved: a virtual environment's python is a link, and finds its packages by that link's place.
        interpreter=Path(sys.executable).absolute(),
    )


def _platform() -> Platform:
    """The platform in the words of the table; every Unix but macOS follows Linux."""
    platform: Platform = "linux"
    if sys.platform == "win32":
        platform = "win32"
    elif sys.platform == "darwin":
        platform = "darwin"
    return platform

"""Where the host keeps its files: a folder each for settings, state and logs. Reads and writes none.

Only the platform's own rules (HOME, XDG_*, LOCALAPPDATA) move them. No variable of this product does:
it could point the host at another address for the key.
"""

from pathlib import Path

import platformdirs

APP_NAME = "maxo-click-to-call"
_OWNER_ONLY = 0o700


def settings_dir() -> Path:
    """The folder of settings.toml. It may not exist yet."""
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))


def state_dir() -> Path:
    """The folder of the journal: local to this machine. It may not exist yet."""
    return Path(platformdirs.user_state_dir(APP_NAME, appauthor=False))


def log_dir() -> Path:
    """The folder of the log files. It may not exist yet."""
    return Path(platformdirs.user_log_dir(APP_NAME, appauthor=False))


def make_private(folder: Path) -> None:
    """Create the folder for its owner only; one that exists keeps its rights. Raises OSError."""
    folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)


def free_name(path: Path, word: str) -> Path:
    """The first of `path.word-1`, `path.word-2`, … that does not exist."""
    number = 1
    while (candidate := path.with_name(f"{path.name}.{word}-{number}")).exists():
        number += 1
    return candidate

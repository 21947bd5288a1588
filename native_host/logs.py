"""The host's log: small, rotating, for its owner only. Phone numbers are masked to their last three digits.

Keys and page addresses are never given to it; masking is for numbers that come along in a message.
"""

import logging
import os
import re
import time
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from native_host import places

FILE_NAME = "host.log"
MAX_BYTES = 256 * 1024
KEPT_FILES = 3
SHOWN_DIGITS = 3
MASKED_FROM_DIGITS = 6  # shorter runs are extensions, counts and line numbers

_NUMBER = re.compile(rf"\+?\d(?:[ ().\-/]{{0,2}}\d){{{MASKED_FROM_DIGITS - 1},}}")
_OWNER_ONLY = 0o600

_log = logging.getLogger(__name__)


def mask_numbers(text: str) -> str:
    """The text with `•` for all but the last three digits of whatever could be a phone number."""
    return _NUMBER.sub(_masked, text)


def start_log() -> None:
    """Log to the file from now on; to stderr where the file cannot be written."""
    root = logging.getLogger("native_host")
    root.setLevel(logging.INFO)
    root.propagate = False
    try:
        places.make_private(places.log_dir())
        handler: logging.Handler = _PrivateFileHandler(
            places.log_dir() / FILE_NAME, maxBytes=MAX_BYTES, backupCount=KEPT_FILES, encoding="utf-8"
        )
    except OSError as error:
        handler = logging.StreamHandler()
        root.addHandler(handler)
        _log.warning("no log file: %s", error)
    handler.setFormatter(_MaskingFormatter(f"%(levelname)s {os.getpid()} %(name)s: %(message)s"))
    root.handlers[:] = [handler]


class _PrivateFileHandler(RotatingFileHandler):
    def _open(self) -> TextIOWrapper:
        """Open the file, also each one after a rotation, for its owner only."""
        Path(self.baseFilename).touch(mode=_OWNER_ONLY)
        return super()._open()


class _MaskingFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(record.created))
        return f"{at} {mask_numbers(super().format(record))}"


def _masked(number: re.Match[str]) -> str:
    text = number[0]
    hidden = sum(character.isdigit() for character in text) - SHOWN_DIGITS
    shown = []
    for character in text:
        if character.isdigit() and hidden > 0:
            hidden -= 1
            shown.append("•")
        else:
            shown.append(character)
    return "".join(shown)

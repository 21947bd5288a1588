"""The words that `maxo-call` takes. Runs nothing: each command is given as a function."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from native_host import __version__

MOST = 1_000_000_000

Command = Callable[[argparse.Namespace], int]

EXIT_CODES = (
    "Ends with 0 when done, 1 when not, 2 when misused, 3 when it is not known whether the phone rings."
)


def _count(text: str) -> int:
    """A number from 1 on, as a word of the command line. Raises ArgumentTypeError."""
    if not text.isascii() or not text.isdecimal() or not 0 < int(text) < MOST:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 1 to {MOST - 1}")
    return int(text)


def build_parser(
    commands: Mapping[str, Command], *, browsers: Iterable[str], settings: Iterable[str]
) -> argparse.ArgumentParser:
    """A parser whose result has `run`, one of `commands`: `call`, `key set`, `settings get`, `register` …"""
    parser = argparse.ArgumentParser(prog="maxo-call", description="Call by MaxoTel.", epilog=EXIT_CODES)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    words = parser.add_subparsers(metavar="COMMAND", required=True)

    def command(
        group: argparse._SubParsersAction[argparse.ArgumentParser], name: str, about: str
    ) -> argparse.ArgumentParser:
        added = group.add_parser(name.split()[-1], help=about, description=about)
        added.set_defaults(run=commands[name])
        return added

    def group(name: str, about: str) -> argparse._SubParsersAction[argparse.ArgumentParser]:
        return words.add_parser(name, help=about, description=about).add_subparsers(
            metavar="WHAT", required=True
        )

    call = command(words, "call", "ring your phone, then dial a number")
    call.add_argument("number", help="as written, such as '(02) 9999 8888' or '1300 FLOWERS'")
    call.add_argument(
        "--phone", metavar="NUMBER", help="the extension that rings (default: the default phone)"
    )
    call.add_argument("--dry-run", action="store_true", help="only say what would be dialled")
    call.add_argument("--yes", action="store_true", help="confirm a call that needs it")

    key = group("key", "the MaxoTel API key in the keyring")
    key_set = command(key, "key set", "store the key; it is typed unseen, never an argument")
    key_set.add_argument("--stdin", action="store_true", help="read it from standard input")
    command(key, "key delete", "remove the key")
    command(key, "key check", "ask MaxoTel about the key; no phone rings")

    names = sorted(settings)
    group_of_settings = group("settings", "how calls are placed")
    command(group_of_settings, "settings show", "show all, as JSON")
    command(group_of_settings, "settings get", "show one").add_argument("name", choices=names)
    setting = command(group_of_settings, "settings set", "change one")
    setting.add_argument("name", choices=names)
    setting.add_argument("value", help="a text; JSON for phones and counts; null for none")

    history = command(words, "history", "show the calls placed, latest first")
    form = history.add_mutually_exclusive_group()
    form.add_argument("--json", dest="form", action="store_const", const="json", help="all of them, as JSON")
    form.add_argument("--csv", dest="form", action="store_const", const="csv", help="all of them, as CSV")
    form.add_argument("--clear", action="store_true", help="forget them")
    history.set_defaults(form="text")
    history.add_argument("--search", metavar="NUMBER", help="only those with this in their number")
    about = "at most so many (default: 20 as text)"
    history.add_argument("--limit", metavar="COUNT", type=_count, help=about)

    register = command(words, "register", "make the host known to browsers")
    register.add_argument(
        "--extension-id", metavar="ID", action="append", default=[], help="allow this extension"
    )
    unregister = command(words, "unregister", "undo `register`")
    for chosen in (register, unregister):
        chosen.add_argument("--browser", action="append", default=[], choices=sorted(browsers))
        about = "for all users of this computer; needs administrator rights"
        chosen.add_argument("--system", action="store_true", help=about)
    examine = command(words, "doctor", "say what is right and what is not, and how to mend it")
    examine.add_argument("--json", action="store_true", help="for scripts")
    examine.add_argument("--repair", action="store_true", help="register again where that mends something")
    about = "write all of it into a new zip file, redacted, for whoever helps"
    examine.add_argument("--bundle", metavar="FILE", type=Path, help=about)
    for chosen in (register, unregister, examine):
        about = "a Chromium browser's own profile folder"
        chosen.add_argument("--user-data-dir", metavar="DIR", type=Path, help=about)
    return parser

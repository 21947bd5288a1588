"""`maxo-call`: the extension's use cases from a terminal. Each failure is one sentence, never a traceback.

The API key is never an argument, as other programs can read those: it is typed unseen, or read from stdin.
"""

from __future__ import annotations

import argparse
import getpass
import json
import logging
import sys
import uuid

from native_host import wire
from native_host.account import Account
from native_host.browsers.table import BROWSERS
from native_host.calls import Calls
from native_host.cli_browsers import run_doctor, run_register, run_unregister
from native_host.cli_parser import MOST, Command, build_parser
from native_host.doctor.key_lines import ask_about_key
from native_host.english_texts import NOTES, OUTCOMES, REASONS, UNKNOWN_HINT
from native_host.errors import HostError, InvalidSetting
from native_host.history_output import formatted
from native_host.journal import Journal
from native_host.logs import start_log
from native_host.protocol import PlaceCall, Plan, PlanCall, SetApiKey
from native_host.setting_values import SETTING_NAMES, to_json_values
from native_host.settings import change_base_url, load_settings, update_settings

DONE, FAILED, UNCLEAR, INTERRUPTED = 0, 1, 3, 130
JSON_SETTINGS = frozenset({"phones", "extension_digits", "calls_per_minute"})
SHOWN_CALLS = 20
BASE_URL = "api_base_url"  # only here and in policy: it says where the key goes

_log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return the exit code: see EXIT_CODES in cli_parser."""
    names = (BASE_URL, *SETTING_NAMES)
    options = build_parser(COMMANDS, browsers=BROWSERS, settings=names).parse_args(arguments)
    start_log()
    run: Command = options.run
    try:
        return run(options)
    except HostError as error:
        _complain(" ".join([str(error), *(REASONS[reason] for reason in error.reasons if reason in REASONS)]))
    except OSError as error:
        _complain(f"{error.filename or 'A file'} could not be used: {error.strerror or error}.")
    except KeyboardInterrupt:
        _complain("Interrupted.")
        return INTERRUPTED
    except Exception:  # noqa: BLE001 -- a person gets a sentence; the log gets the rest
        _log.exception("fault in maxo-call")
        _complain("maxo-call made a mistake. It is in its log.")
    return FAILED


def _call(options: argparse.Namespace) -> int:
    calls = Calls(Journal(), Account())
    plan = calls.plan(PlanCall(options.number, "typed", options.phone))
    print(_described(plan))
    if plan.decision == "refuse" or plan.phone is None:
        _complain("Not called. " + _sentences(REASONS, plan.reasons))
        return FAILED
    if options.dry_run:
        print("Not called (--dry-run).", _sentences(REASONS, plan.reasons))
        return DONE
    if plan.decision == "confirm" and not _is_confirmed(plan, options):
        return FAILED
    outcome = calls.place(
        PlaceCall(
            attempt=str(uuid.uuid4()),
            text=options.number,
            source="typed",
            phone=options.phone,
            expected_destination=plan.destination,
            expected_phone=plan.phone["number"],
            confirmed=frozenset(plan.reasons),
            private=False,
        )
    )
    if outcome.outcome == "queued":
        print(f"Queued: {outcome.phone} is about to ring.")
        return DONE
    sentence = OUTCOMES.get(outcome.code or "", "The call ended in a way that is not known here.")
    if outcome.outcome == "failed":
        _complain(f"Not called. {sentence}")
        return FAILED
    _complain(f"{sentence} {UNKNOWN_HINT}")
    return UNCLEAR


def _described(plan: Plan) -> str:
    about = ", ".join(filter(None, [plan.display, plan.area or plan.country]))
    then = f", then {plan.extension} by hand" if plan.extension else ""
    notes = _sentences(NOTES, tuple(note for note in plan.notes if note != "then_extension"))
    dials = f"{plan.phone['number']} rings, then dials" if plan.phone else "This would dial"
    return f"{dials} {plan.destination} ({about}){then}. {notes}".rstrip()


def _is_confirmed(plan: Plan, options: argparse.Namespace) -> bool:
    why = _sentences(REASONS, plan.reasons)
    if options.yes:
        return True
    if not sys.stdin.isatty():
        _complain(f"Not called. {why} Add --yes to call all the same.")
        return False
    if input(f"{why} Call? [y/N] ").strip().lower() in {"y", "yes"}:
        return True
    _complain("Not called.")
    return False


def _key_set(options: argparse.Namespace) -> int:
    typed = sys.stdin.readline() if options.stdin else getpass.getpass("MaxoTel API key: ")
    request = wire.parse_request({"id": 0, "type": "set_api_key", "api_key": typed}).body
    assert isinstance(request, SetApiKey)  # noqa: S101 -- that is what was parsed
    Account().store_key(load_settings().api_base_url, request.api_key)
    print("The key is stored in the keyring.")
    return DONE


def _key_delete(_: argparse.Namespace) -> int:
    Account().delete_key(load_settings().api_base_url)
    print("No key is stored any more.")
    return DONE


def _key_check(_: argparse.Namespace) -> int:
    found = ask_about_key(Account(), load_settings().api_base_url)
    if found.state == "ok":
        print(found.text)
        return DONE
    _complain(found.text)
    return FAILED


def _settings_show(_: argparse.Namespace) -> int:
    loaded = load_settings()
    print(json.dumps({BASE_URL: loaded.api_base_url, **to_json_values(loaded.settings)}, indent=2))
    for notice in loaded.notices:
        _complain(notice.message)
    return DONE


def _settings_get(options: argparse.Namespace) -> int:
    loaded = load_settings()
    value = {BASE_URL: loaded.api_base_url, **to_json_values(loaded.settings)}[options.name]
    print(value if isinstance(value, str) else json.dumps(value))
    return DONE


def _settings_set(options: argparse.Namespace) -> int:
    if options.name == BASE_URL:
        change_base_url(options.value)
        return DONE
    value = options.value
    if options.name in JSON_SETTINGS:
        try:
            value = json.loads(value)
        except ValueError as error:
            raise InvalidSetting(f"The value of {options.name} is not JSON.") from error
    update_settings({options.name: None if value == "null" else value})
    return DONE


def _history(options: argparse.Namespace) -> int:
    journal = Journal()
    if options.clear:
        print(f"{journal.clear_calls()} calls were forgotten.")
        return DONE
    limit = options.limit or (SHOWN_CALLS if options.form == "text" else MOST)
    history = load_settings().settings.history
    calls = journal.calls(history=history, limit=limit, search=options.search)
    print(formatted(calls, options.form), end="")
    return DONE


def _sentences(texts: dict[str, str], codes: tuple[str, ...]) -> str:
    return " ".join(texts.get(code, code) for code in codes)


def _complain(sentence: str) -> None:
    print(sentence, file=sys.stderr)


COMMANDS: dict[str, Command] = {
    "call": _call,
    "key set": _key_set,
    "key delete": _key_delete,
    "key check": _key_check,
    "settings show": _settings_show,
    "settings get": _settings_get,
    "settings set": _settings_set,
    "history": _history,
    "register": run_register,
    "unregister": run_unregister,
    "doctor": run_doctor,
}

if __name__ == "__main__":
    sys.exit(main())

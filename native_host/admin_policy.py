"""The organisation's policy: its one schema, and what it means for one user. Reads nothing; its source does.

It only narrows: nothing in it lifts a rule of policy.py. A policy that is not wholly understood stops every
call, because a rule that is left out in silence is worse. installer/policies/policy.schema.json mirrors it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cache
from typing import Any, NoReturn

from native_host.errors import HostError, UnusablePolicyError
from native_host.protocol import Notice
from native_host.setting_values import SETTING_NAMES, Settings, changed, checked_policy_base_url

SCHEMA_VERSION = 1  # raised with every entry that is added, so that older hosts know that they lack it
EVERYONE_ELSE = "*"  # in phones_by_user
MAX_LISTED = 10_000
MAX_LIMIT = 100_000

_PATTERN = re.compile(r"(?=.)\+?[0-9?]{0,18}\*?")
_PHONE = re.compile(r"[0-9]{2,10}")
_EXTENSION_ID = re.compile(r"[A-Za-z0-9._@{}-]{1,128}")


@dataclass(frozen=True)
class Limits:
    """How many calls may be placed; the next one is refused. None is no limit. A day is the last 24 hours."""

    calls_per_minute: int | None = None
    calls_per_day: int | None = None
    international_calls_per_day: int | None = None  # without the costly ones
    costly_calls_per_day: int | None = None  # premium, satellite, shared cost abroad


@dataclass(frozen=True)
class AdminPolicy:
    """What the organisation has set for one user; as it stands here, nothing. `fault` stops every call."""

    settings: Mapping[str, Any] = field(default_factory=dict)  # locked, with their values
    api_base_url: str | None = None
    allowed_base_urls: tuple[str, ...] | None = None
    destinations_allowed: tuple[str, ...] | None = None
    destinations_refused: tuple[str, ...] = ()
    destinations_confirmed: tuple[str, ...] = ()
    phones_allowed: frozenset[str] | None = None
    limits: Limits = Limits()
    extension_ids: tuple[str, ...] = ()
    fault: str | None = None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True)
class FoundPolicy:
    """A policy where it was found. Two are the same when their content is, whatever it means."""

    place: str  # as a sentence names it
    content: object
    values: Callable[[], Mapping[str, Any]] = field(compare=False)  # raises UnusablePolicyError


ENTRIES = frozenset(
    {"version", "settings", "api_base_url", "allowed_base_urls", "destinations_allowed",
     "destinations_refused", "destinations_confirmed", "phones_allowed", "phones_by_user", "limits",
     "extension_ids"}
)  # fmt: skip
LIMITS = tuple(limit.name for limit in fields(Limits))


def policy_of(values: Mapping[str, Any], *, user: str, place: str) -> AdminPolicy:
    """What these values mean for the user. Raises UnusablePolicyError for what is not in the schema.

    Entries that this version does not know are left out, with a notice, when the policy says that it is of a
    newer schema; else they are faults, as a rule with a slip in its name would not hold.
    """
    version = values.get("version", SCHEMA_VERSION)
    if type(version) is not int or version < 1:
        _refuse("version", "is not a number from 1")
    reader = _Reader(is_newer=version > SCHEMA_VERSION)
    entries = reader.known(values, ENTRIES, "")
    locked = reader.known(_table(entries, "settings"), frozenset(SETTING_NAMES), "settings.")
    limits = reader.known(_table(entries, "limits"), frozenset(LIMITS), "limits.")
    phones_allowed = _numbers(entries, "phones_allowed")
    if "phones_by_user" in entries:
        if "phones" in locked:
            _refuse("phones_by_user", "and settings.phones both set the phones")
        phones = _phones_of(user, _table(entries, "phones_by_user"))
        if phones is None:
            phones_allowed = frozenset()
        else:
            locked = {**locked, "phones": phones}
    return AdminPolicy(
        settings=_checked(locked),
        api_base_url=_base_url("api_base_url", entries["api_base_url"])
        if "api_base_url" in entries
        else None,
        allowed_base_urls=_base_urls(entries),
        destinations_allowed=_patterns(entries, "destinations_allowed"),
        destinations_refused=_patterns(entries, "destinations_refused") or (),
        destinations_confirmed=_patterns(entries, "destinations_confirmed") or (),
        phones_allowed=phones_allowed,
        limits=Limits(**{name: _limit(name, value) for name, value in limits.items()}),
        extension_ids=_texts(entries, "extension_ids", _EXTENSION_ID, "the id of an extension") or (),
        notices=reader.notices(place),
    )


def unusable_policy(sentence: str) -> AdminPolicy:
    """The policy that refuses every call, because the one that was found cannot be used."""
    whole = f"{sentence} Every call is refused until an administrator has put it right."
    return AdminPolicy(fault=whole, notices=(Notice("policy_invalid", whole),))


def matches(patterns: Iterable[str], destinations: Iterable[str]) -> bool:
    """Whether one of the patterns is that of one of these spellings of a destination.

    A pattern is the digits, with a `+` before them or not; `?` is any one digit, `*` at its end anything.
    """
    spellings = tuple(destinations)
    return any(_compiled(pattern).fullmatch(spelling) for pattern in patterns for spelling in spellings)


class _Reader:
    """Sorts entries into known and unknown ones, by whether the policy may have the latter."""

    def __init__(self, *, is_newer: bool) -> None:
        self._is_newer = is_newer
        self._unknown: list[str] = []

    def known(self, table: Mapping[str, Any], names: frozenset[str], prefix: str) -> dict[str, Any]:
        unknown = [f"{prefix}{str(name)[:40]}" for name in table if name not in names]
        if unknown and not self._is_newer:
            _refuse(unknown[0], "is not an entry of the policy's schema")
        self._unknown += unknown
        return {name: value for name, value in table.items() if name in names}

    def notices(self, place: str) -> tuple[Notice, ...]:
        if not self._unknown:
            return ()
        sentence = (
            f"The organisation's policy {place} is for a newer version of this program. "
            f"Not in force: {', '.join(self._unknown)}. Update the program."
        )
        return (Notice("policy_newer", sentence),)


def _checked(locked: dict[str, Any]) -> dict[str, Any]:
    """The locked settings in the protocol's forms, checked together by the settings' own rules."""
    try:
        settings = asdict(changed(Settings(), locked))
    except HostError as error:
        raise UnusablePolicyError(str(error)) from error
    return {name: settings[name] for name in locked}


def _phones_of(user: str, table: Mapping[str, Any]) -> list[Any] | None:
    """The user's phones; None for a user that is not named. Every user's are checked."""
    for phones in table.values():
        _checked({"phones": _whole_phones(phones)})
    mine = table.get(user, table.get(EVERYONE_ELSE))
    return None if mine is None else _whole_phones(mine)


def _whole_phones(phones: object) -> list[Any]:
    if not isinstance(phones, list):
        _refuse("phones_by_user", "has a user without a list of phones")
    return [
        {"number": phone, "label": "", "auto_answer": True} if isinstance(phone, str) else phone
        for phone in phones
    ]


def _table(entries: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    table = entries.get(name, {})
    if not isinstance(table, Mapping) or len(table) > MAX_LISTED:
        _refuse(name, "is not a table")
    return table


def _texts(
    entries: Mapping[str, Any], name: str, pattern: re.Pattern[str], what: str
) -> tuple[str, ...] | None:
    """The list of that name; None where there is none, which is not the same as an empty one."""
    if name not in entries:
        return None
    listed = entries[name]
    if not isinstance(listed, list) or len(listed) > MAX_LISTED:
        _refuse(name, "is not a list")
    for text in listed:
        if not isinstance(text, str) or not pattern.fullmatch(text):
            _refuse(name, f"holds {str(text)[:40]!r}, which is not {what}")
    return tuple(listed)


def _patterns(entries: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
    return _texts(entries, name, _PATTERN, "a pattern such as 190* or +61*")


def _numbers(entries: Mapping[str, Any], name: str) -> frozenset[str] | None:
    numbers = _texts(entries, name, _PHONE, "an extension number")
    return None if numbers is None else frozenset(numbers)


def _base_urls(entries: Mapping[str, Any]) -> tuple[str, ...] | None:
    if "allowed_base_urls" not in entries:
        return None
    urls = entries["allowed_base_urls"]
    if not isinstance(urls, list) or not urls:
        _refuse("allowed_base_urls", "is not a list of addresses")
    return tuple(_base_url("allowed_base_urls", url) for url in urls)


def _base_url(name: str, url: object) -> str:
    try:
        return checked_policy_base_url(url)
    except HostError as error:
        raise UnusablePolicyError(f"The entry {name} cannot be used. {error}") from error


def _limit(name: str, value: object) -> int:
    if type(value) is not int or not 0 <= value <= MAX_LIMIT:
        _refuse(f"limits.{name}", f"is not a number from 0 to {MAX_LIMIT}")
    return value


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(re.escape(pattern).replace(r"\?", "[0-9]").replace(r"\*", ".*"))


def _refuse(name: str, why: str) -> NoReturn:
    raise UnusablePolicyError(f"The entry {name} {why}.")

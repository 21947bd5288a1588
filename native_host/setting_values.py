"""The calling settings and the rules of their values. Knows no file and no message; settings.py keeps them.

Each setting belongs to the host alone; the extension shows and caches them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal, NoReturn
from urllib.parse import urlsplit

from native_host.errors import BadRequest, InvalidSetting
from native_host.numbering import AUSTRALIAN_AREA_CODES, REGIONS

ALLOWED_BASE_URLS = (
    "https://myapi.maxo.com.au/",
    "https://myapi.voipportal.com.au/",  # the same platform under a reseller's name
)
DEFAULT_BASE_URL = ALLOWED_BASE_URLS[0]

MAX_PHONES = 50
MAX_LABEL_CHARS = 60
MAX_CALLS_PER_MINUTE = 60
EXTENSION_DIGITS_BOUNDS = (2, 5)  # from six digits on, a 13 number could be taken for an extension

_LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "::1"})
_EXTENSION_NUMBER = re.compile(r"[0-9]{2,10}")
_URL = re.compile(r"https?://[A-Za-z0-9.:\[\]/_-]{1,200}")
_PREFIX = re.compile(r"[0-9]{0,3}")
_AREA_CODE = re.compile(r"0?[1-9][0-9]{0,4}")


@dataclass(frozen=True)
class Phone:
    """A phone of the person: the PBX extension that rings first."""

    number: str
    label: str
    auto_answer: bool


@dataclass(frozen=True)
class Settings:
    """How calls are placed. The defaults are what a new user has."""

    phones: tuple[Phone, ...] = ()
    default_phone: str | None = None
    region: str = "AU"
    area_code: str | None = None
    national_form: Literal["national", "e164"] = "national"
    international_form: Literal["idd", "plus"] = "idd"
    outside_line_prefix: str = ""
    extension_digits: tuple[int, int] = (3, 4)
    premium_calls: Literal["confirm", "refuse"] = "confirm"
    international_calls: Literal["confirm_first", "confirm_always", "allow", "refuse"] = "confirm_first"
    calls_per_minute: int = 10
    history: Literal["off", "session", "30_days", "for_ever"] = "30_days"

    def phone(self, number: str | None) -> Phone | None:
        """The phone of that number, or the default (else the first) one for None. None if there is none."""
        wanted = number if number is not None else self.default_phone
        if wanted is None:
            return self.phones[0] if self.phones else None
        return next((phone for phone in self.phones if phone.number == wanted), None)


SETTING_NAMES = tuple(field.name for field in fields(Settings))


def changed(settings: Settings, changes: Mapping[str, Any]) -> Settings:
    """The settings with these changes (values as in JSON).

    What a change makes meaningless goes too: a default phone with its phone, an area code with its region.
    Raises BadRequest for a name that is no setting, InvalidSetting for a value that it cannot have.
    """
    for name in changes:
        if name not in _RULES:
            raise BadRequest(f"{name[:40]} is not a setting that can be changed this way.")
    values = {name: _RULES[name](value) for name, value in changes.items()}
    result = replace(settings, **values)
    if result.default_phone is not None and result.phone(result.default_phone) is None:
        if changes.get("default_phone") is not None:
            _refuse("default_phone", "is not one of the phones")
        result = replace(result, default_phone=None)
    if result.area_code is not None and not _area_code_fits(result.area_code, result.region):
        if changes.get("area_code") is not None:
            _refuse("area_code", f"is no area code of {result.region}")
        result = replace(result, area_code=None)
    return result


def to_json_values(settings: Settings) -> dict[str, Any]:
    """The settings as plain values, in the names and forms of the protocol."""
    return asdict(settings)


def checked_base_url(url: object, allowed: tuple[str, ...] | None = None) -> str:
    """The base URL in its one spelling, ending in a slash.

    Raises InvalidSetting unless it is one of those that the organisation allows; where it says nothing, one
    of ALLOWED_BASE_URLS or http(s) to this very machine (for tests, the demonstration): the key goes there.
    """
    spelt = _spelt_base_url(url)
    if spelt not in (ALLOWED_BASE_URLS if allowed is None else allowed) and not (
        allowed is None and _is_loopback(spelt)
    ):
        _refuse("api_base_url", f"must be one of {', '.join(allowed or ALLOWED_BASE_URLS)}")
    return spelt


def checked_policy_base_url(url: object) -> str:
    """The same for an address that the organisation names: https, or local. Raises InvalidSetting."""
    spelt = _spelt_base_url(url)
    if not _is_loopback(spelt) and not (spelt.startswith("https://") and _host_of(spelt)):
        _refuse("api_base_url", f"must begin with https://, as in {DEFAULT_BASE_URL}")
    return spelt


def api_host(base_url: str) -> str:
    """Host and port of the base URL: what a key is stored for."""
    return urlsplit(base_url).netloc


def _spelt_base_url(url: object) -> str:
    if not isinstance(url, str) or not _URL.fullmatch(url):
        _refuse("api_base_url", "is not an address such as " + DEFAULT_BASE_URL)
    return url if url.endswith("/") else url + "/"


def _is_loopback(url: str) -> bool:
    return _host_of(url) in _LOOPBACK_HOSTS


def _host_of(url: str) -> str | None:
    """The host name of an address; None when it has none, or no port that can be."""
    try:
        parts = urlsplit(url)
        return None if parts.port == 0 else parts.hostname
    except ValueError:
        return None


def _refuse(name: str, why: str) -> NoReturn:
    raise InvalidSetting(f"The setting {name} {why}.")


def _phones(value: Any) -> tuple[Phone, ...]:
    if not isinstance(value, list | tuple) or len(value) > MAX_PHONES:
        _refuse("phones", f"is not a list of at most {MAX_PHONES} phones")
    phones = tuple(_phone(phone) for phone in value)
    if len({phone.number for phone in phones}) != len(phones):
        _refuse("phones", "names a phone twice")
    return phones


def _phone(value: Any) -> Phone:
    if not isinstance(value, dict) or value.keys() != {"number", "label", "auto_answer"}:
        _refuse("phones", "holds something other than number, label and auto_answer")
    number, label, auto_answer = value["number"], value["label"], value["auto_answer"]
    if not isinstance(number, str) or not _EXTENSION_NUMBER.fullmatch(number):
        _refuse("phones", "has a number that is no extension: two to ten digits")
    if not isinstance(label, str) or len(label) > MAX_LABEL_CHARS or not label.isprintable():
        _refuse("phones", f"has a label that is not a text of at most {MAX_LABEL_CHARS} characters")
    if type(auto_answer) is not bool:
        _refuse("phones", "has an auto_answer that is not true or false")
    return Phone(number, label, auto_answer)


def _text(name: str, pattern: re.Pattern[str], what: str) -> Callable[[Any], str]:
    def rule(value: Any) -> str:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            _refuse(name, f"is not {what}")
        return value

    return rule


def _none_or(rule: Callable[[Any], str]) -> Callable[[Any], str | None]:
    return lambda value: None if value is None else rule(value)


def _choice(name: str) -> Callable[[Any], str]:
    choices = Settings.__annotations__[name].__args__

    def rule(value: Any) -> str:
        if value not in choices or not isinstance(value, str):
            _refuse(name, f"is none of {', '.join(choices)}")
        return value

    return rule


def _region(value: Any) -> str:
    if not isinstance(value, str) or value not in REGIONS:
        _refuse("region", "is not a country code of two capital letters, such as AU")
    return value


def _area_code_fits(area_code: str, region: str) -> bool:
    return region != "AU" or area_code in AUSTRALIAN_AREA_CODES


def _extension_digits(value: Any) -> tuple[int, int]:
    lowest, highest = EXTENSION_DIGITS_BOUNDS
    if not isinstance(value, list | tuple) or [type(count) for count in value] != [int, int]:
        _refuse("extension_digits", "is not a pair of numbers")
    fewest, most = value
    if not lowest <= fewest <= most <= highest:
        _refuse("extension_digits", f"must rise and lie between {lowest} and {highest}")
    return fewest, most


def _calls_per_minute(value: Any) -> int:
    if type(value) is not int or not 1 <= value <= MAX_CALLS_PER_MINUTE:
        _refuse("calls_per_minute", f"is not a number from 1 to {MAX_CALLS_PER_MINUTE}")
    return value


_RULES: dict[str, Callable[[Any], Any]] = {
    "phones": _phones,
    "default_phone": _none_or(_text("default_phone", _EXTENSION_NUMBER, "an extension number")),
    "region": _region,
    "area_code": _none_or(_text("area_code", _AREA_CODE, "an area code such as 02")),
    "national_form": _choice("national_form"),
    "international_form": _choice("international_form"),
    "outside_line_prefix": _text("outside_line_prefix", _PREFIX, "at most three digits"),
    "extension_digits": _extension_digits,
    "premium_calls": _choice("premium_calls"),
    "international_calls": _choice("international_calls"),
    "calls_per_minute": _calls_per_minute,
    "history": _choice("history"),
}

"""Brings every spelling of a number to the digits that are dialled, so that spellings can be compared.

It judges nothing: whether the digits are a number at all is the labels' business.
"""

import re
import unicodedata
from dataclasses import dataclass

INVISIBLE = dict.fromkeys(
    [0x00AD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF]
)
"""Soft hyphen, zero-width and direction characters: no eye sees them."""

_SCHEME = re.compile(r"^(?:tel|callto|sip):/*", re.IGNORECASE)
_EXTENSION = re.compile(r"(?:[;,#~]|(?<![a-z])(?:ext(?:n|ension)?\.?|x)\s*(?=\d)).*$", re.IGNORECASE)
_AU_SERVICE = re.compile(r"13\d{4}|1[38]00\d{6,9}|180\d{4}|190\d{3,7}")
_KEYS = {2: "ABC", 3: "DEF", 4: "GHI", 5: "JKL", 6: "MNO", 7: "PQRS", 8: "TUV", 9: "WXYZ"}
_KEYPAD = {letter: key for key, letters in _KEYS.items() for letter in letters}


@dataclass(frozen=True, slots=True)
class DiallingPlan:
    """How a number of one country is dialled at home.

    `trunk` is what is left off after the country code, `abroad` what stands for "+", and `lengths` are
    the numbers of digits, without trunk prefix, that make a whole national number.
    """

    country_code: str
    trunk: str
    abroad: tuple[str, ...]
    lengths: range


PLANS = {
    "AU": DiallingPlan("61", "0", ("0011",), range(9, 10)),
    "NZ": DiallingPlan("64", "0", ("00",), range(8, 11)),
    "GB": DiallingPlan("44", "0", ("00",), range(9, 11)),
    "IE": DiallingPlan("353", "0", ("00",), range(7, 10)),
    "US": DiallingPlan("1", "1", ("011",), range(10, 11)),
    "CA": DiallingPlan("1", "1", ("011",), range(10, 11)),
    "DE": DiallingPlan("49", "0", ("00",), range(6, 13)),
    "FR": DiallingPlan("33", "0", ("00",), range(9, 10)),
    "IN": DiallingPlan("91", "0", ("00",), range(10, 11)),
    "SG": DiallingPlan("65", "", ("001", "008", "019"), range(8, 9)),
}
"""ITU-T E.164 country codes and the national access prefixes of each country's numbering plan."""

_SHORTEST_ABROAD = 7


def dialled_digits(number: str, region: str) -> str:
    """Return the digits dialled for `number` in `region`: country code first where the number has one.

    Australian service numbers stay as they are keyed ("131114"), an extension is left off, letters become
    keys. A zero left in after a country code is kept: such a number does not ring.
    """
    text = _SCHEME.sub("", unicodedata.normalize("NFKC", number).translate(INVISIBLE).strip())
    text = _EXTENSION.sub("", text)
    digits = "".join(_key(character) for character in text)
    plan = PLANS[region]
    international = text.lstrip(" (").startswith("+")
    if not international:
        far = (p for p in plan.abroad if digits.startswith(p) and len(digits) > len(p) + _SHORTEST_ABROAD)
        prefix = next(far, "")
        digits, international = digits[len(prefix) :], bool(prefix)
    if not international:
        digits = _with_country_code(digits, plan)
    service = digits.removeprefix("61")
    return service if region == "AU" and _AU_SERVICE.fullmatch(service) else digits


def _key(character: str) -> str:
    key = _KEYPAD.get(character.upper()) if character.isascii() else None
    digit = key if key is not None else unicodedata.digit(character, None)
    return "" if digit is None else str(digit)


def _with_country_code(digits: str, plan: DiallingPlan) -> str:
    if plan.trunk == "1" and len(digits) in plan.lengths:
        return plan.country_code + digits
    national = digits.removeprefix(plan.trunk)
    trunk_is_there = digits.startswith(plan.trunk) and plan.trunk != "1"
    return plan.country_code + national if trunk_is_there and len(national) in plan.lengths else digits

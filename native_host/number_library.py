"""libphonenumber as the dial rules need it: parse, kind, place, forms. The only file that imports it.

It corrects what the library calls by another name than a bill does (numbering.py), and decides nothing else.
"""

import re

import phonenumbers
from phonenumbers import PhoneNumber as PhoneNumber  # the type of what parsed() gives
from phonenumbers import PhoneNumberFormat, PhoneNumberType, timezone

from native_host import numbering
from native_host.protocol import Kind

MAX_TIME_ZONES = 4  # more than these do not help a person to guess the hour

_KINDS: dict[int, Kind] = {
    PhoneNumberType.FIXED_LINE: "fixed_line",
    PhoneNumberType.FIXED_LINE_OR_MOBILE: "fixed_line",
    PhoneNumberType.MOBILE: "mobile",
    PhoneNumberType.TOLL_FREE: "toll_free",
    PhoneNumberType.PREMIUM_RATE: "premium",
    PhoneNumberType.SHARED_COST: "shared_cost",
    PhoneNumberType.VOIP: "voip",
    PhoneNumberType.PERSONAL_NUMBER: "personal",
    PhoneNumberType.PAGER: "pager",
}


def parsed(digits: str, region: str) -> PhoneNumber | None:
    """The number that `digits` (a `+` may lead them) are when dialled in the region, or None."""
    try:
        return phonenumbers.parse(digits, region)
    except phonenumbers.NumberParseException:
        return None


def is_valid(number: PhoneNumber | None) -> bool:
    """Whether the number lies in a range that its plan has given out."""
    return number is not None and bool(phonenumbers.is_valid_number(number))


def is_possible(number: PhoneNumber | None) -> bool:
    """Whether the number has a length that its plan knows."""
    return number is not None and bool(phonenumbers.is_possible_number(number))


def is_local_only(digits: str, region: str) -> bool:
    """Whether the digits are a subscriber number that lacks its area code."""
    number = parsed(digits, region)
    reason = phonenumbers.is_possible_number_with_reason(number) if number else None
    return reason == phonenumbers.ValidationResult.IS_POSSIBLE_LOCAL_ONLY


def short_number_kind(digits: str, region: str) -> Kind | None:
    """Short code or premium, when the region has such a short number."""
    dear = numbering.PREMIUM_SHORT_NUMBERS.get(calling_code_of(region))
    if dear is not None and dear.fullmatch(digits):
        return "premium"
    number = parsed(digits, region)
    # The parser drops an international prefix: 001 65 999 is no short code of Singapore.
    if number is None or significant_digits(number) != digits:
        return None
    if not phonenumbers.is_valid_short_number_for_region(number, region):
        return None
    cost = phonenumbers.expected_cost_for_region(number, region)
    return "premium" if cost == phonenumbers.ShortNumberCost.PREMIUM_RATE else "short_code"


def is_emergency(digits: str, region: str) -> bool:
    """Whether these very digits are an emergency number of the region."""
    return bool(phonenumbers.is_emergency_number(digits, region))


def is_emergency_abroad(digits: str) -> bool:
    """Whether these digits are a calling code and an emergency number of its country: 49 112."""
    for length in (1, 2, 3):
        code, rest = digits[:length], digits[length:]
        country = phonenumbers.region_code_for_country_code(int(code)) if code.isdecimal() else None
        if country in numbering.REGIONS and phonenumbers.is_emergency_number(rest, country):
            return True
    return False


def connects_to_emergency(digits: str, region: str) -> bool:
    """Whether a network of the region that heeds only their beginning connects them to emergency."""
    return bool(phonenumbers.connects_to_emergency_number(digits, region))


def calling_code_of(region: str) -> int:
    """The calling code of a region, such as 61."""
    return int(phonenumbers.country_code_for_region(region))


def idd_of(region: str) -> str:
    """The digits dialled before a country code, or "" where there is no usual one."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    if metadata is None:
        return ""
    usual = metadata.preferred_international_prefix or metadata.international_prefix or ""
    return only_digits(usual) if re.fullmatch(r"[0-9~]+", usual) else ""


def after_idd(digits: str, region: str) -> str | None:
    """The digits after an international prefix of the region, of which some have many; None without one."""
    metadata = phonenumbers.PhoneMetadata.metadata_for_region(region)
    prefix = re.match(metadata.international_prefix or "$^", digits) if metadata else None
    return digits[prefix.end() :] if prefix else None


def country_of(number: PhoneNumber) -> str | None:
    """The region of the number; None for numbers of no country, such as satellite ones."""
    country = phonenumbers.region_code_for_number(number)
    return country if country in numbering.REGIONS else None


def kind_of(number: PhoneNumber) -> Kind:
    """What the number is on a bill."""
    code, significant = number.country_code or 0, significant_digits(number)
    if code in numbering.SATELLITE_CALLING_CODES:
        return "satellite"
    if significant.startswith(numbering.SATELLITE_PREFIXES.get(code, ())):
        return "satellite"
    if significant.startswith(numbering.PREMIUM_PREFIXES.get(code, ())):
        return "premium"
    exchange = numbering.PREMIUM_EXCHANGES.get(code)
    if exchange is not None and exchange.fullmatch(significant):
        return "premium"
    return _KINDS.get(phonenumbers.number_type(number), "unknown")


def time_zones_of(number: PhoneNumber, kind: Kind) -> tuple[str, ...]:
    """The zones of a number that belongs to a place; of others only where the country has a single zone."""
    zones = timezone.time_zones_for_number(number)
    zones = tuple(zone for zone in zones if zone != timezone.UNKNOWN_TIMEZONE)
    return zones if len(zones) <= (MAX_TIME_ZONES if kind == "fixed_line" else 1) else ()


def significant_digits(number: PhoneNumber) -> str:
    """The digits after the country code."""
    return str(phonenumbers.national_significant_number(number))


def national_digits(number: PhoneNumber) -> str:
    """The digits as dialled at home."""
    return only_digits(national_form(number))


def national_form(number: PhoneNumber) -> str:
    """The number as written at home: (02) 9999 8888."""
    return str(phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))


def international_form(number: PhoneNumber) -> str:
    """The number as written for abroad: +44 20 7946 0018."""
    return str(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL))


def e164(number: PhoneNumber) -> str:
    """`+` and digits."""
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def dialled_abroad(number: PhoneNumber, region: str) -> str:
    """The digits dialled from the region; E.164 where the region has no usual international prefix."""
    dialled = phonenumbers.format_out_of_country_calling_number(number, region)
    return e164(number) if dialled.startswith("+") else only_digits(dialled)


def can_be_called_from_abroad(number: PhoneNumber) -> bool:
    """Whether the number exists in E.164 form at all: 13, 1300 and 1800 do not."""
    return bool(phonenumbers.can_be_internationally_dialled(number))


def only_digits(text: str) -> str:
    """The ASCII digits of the text."""
    return re.sub(r"[^0-9]", "", text)

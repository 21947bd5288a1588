"""Text and settings to a DialPlan: what will be dialled, its kind, and where it is. Allows nothing.

The rules are ours (Australia first); number_library.py knows the numbering plans of the world.
"""

import re
from dataclasses import dataclass, replace

from native_host import number_library as library
from native_host import numbering
from native_host.errors import InvalidNumber
from native_host.number_library import PhoneNumber
from native_host.number_text import Written, read_number
from native_host.protocol import Kind, Source
from native_host.setting_values import Settings


@dataclass(frozen=True)
class DialPlan:
    """What a call of this text would dial. `destination` is the exact string that MaxoTel receives."""

    display: str
    destination: str
    kind: Kind
    country: str | None = None
    area: str | None = None  # of Australian numbers; of a known short code, what it is
    time_zones: tuple[str, ...] = ()
    extension: str | None = None
    notes: tuple[str, ...] = ()
    calling_code: int = 0
    international: bool = False
    spellings: tuple[str, ...] = ()  # other ways to write the destination, for an organisation's patterns
    dial_on_phone: bool = False  # a network might take it for an emergency call; a PBX perhaps not


def plan_number(text: str, source: Source, settings: Settings) -> DialPlan:
    """What calling this text would dial. An emergency number is planned as one, so that policy refuses it.

    Raises InvalidNumber when the text is not a number that can be called from such a source.
    """
    written = read_number(text, source)
    rules = _Rules(settings, source)
    plan = (
        rules.emergency(written)
        or (rules.short_number(written) if source == "typed" else None)
        or rules.whole_number(written)
    )
    if written.extension is not None:
        plan = replace(plan, extension=written.extension, notes=(*plan.notes, "then_extension"))
    return rules.finished(plan)


class _Rules:
    """The dial rules of one region under one person's settings, for a text of one source."""

    def __init__(self, settings: Settings, source: Source) -> None:
        self.settings = settings
        self.source = source
        self.region = settings.region
        self.calling_code = library.calling_code_of(self.region)
        self.idd = library.idd_of(self.region)

    def emergency(self, written: Written) -> DialPlan | None:
        """The plan of an emergency number as such: `000`, `+61 000`, and `0000`, which connects as well."""
        dialled = ("+" if written.plus else "") + written.digits
        forms = self._forms(dialled)
        if dialled.startswith("00"):
            forms += self._forms("+" + dialled[2:])  # the common slip: 00 61 000
        known = any(
            library.is_emergency(form, self.region) or form in numbering.EMERGENCY_EVERYWHERE
            for form in forms
        )
        abroad = any(library.is_emergency_abroad(form) for form in forms[1:])
        if not known and not abroad and not dialled.startswith("000"):
            return None
        return self._emergency(self._short(dialled, "emergency"))

    def short_number(self, written: Written) -> DialPlan | None:
        """The plan of typed digits that are a known short code or a colleague's extension."""
        digits = written.digits
        if written.plus or written.word_digits:
            return None
        kind = library.short_number_kind(digits, self.region)
        australian = self.calling_code == numbering.AUSTRALIA
        name = numbering.AUSTRALIAN_SHORT_CODES.get(digits) if australian else None
        if name is not None or kind == "premium":  # a colleague with that number costs one confirmation
            return replace(self._short(digits, kind or "short_code"), area=name)
        if self._is_extension(digits):
            return replace(self._short(digits, "extension"), country=None)
        return self._short(digits, kind) if kind else None

    def whole_number(self, written: Written) -> DialPlan:
        """The plan of a number with nothing left out but perhaps its area code. Raises InvalidNumber."""
        if written.word_digits:
            written = self._cut_word(written)
        number, notes = self._parse(written)
        if number is not None and library.is_valid(number):
            if self.source == "page" and not self._is_written_in_full(written, number):
                raise InvalidNumber("Digits without their leading zero are more often no phone number.")
            return self._known(number, notes)
        if not written.plus and library.short_number_kind(written.digits, self.region) is not None:
            raise InvalidNumber("A short number, which may be a dear one, is called only when it is typed.")
        if not written.plus and self._is_local(written.digits):
            return self._local(written.digits)
        if self.source == "page" or number is None or not library.is_possible(number):
            raise InvalidNumber
        return self._not_in_tables(number, written)

    def finished(self, plan: DialPlan) -> DialPlan:
        """The plan with the outside line, checked as the string that leaves. Raises InvalidNumber."""
        prefix, bare = self.settings.outside_line_prefix, plan.destination
        if plan.kind == "emergency" or self._connects_to_emergency(bare):
            return self._emergency(plan)
        if prefix and plan.kind != "extension" and not bare.startswith("+"):
            notes, spellings = (*plan.notes, "outside_line_prefix"), (*plan.spellings, bare)
            plan = replace(plan, destination=prefix + bare, notes=notes, spellings=spellings)
            plan = replace(plan, dial_on_phone=self._connects_to_emergency(plan.destination))
        if not re.fullmatch(rf"(\+|{self.idd})?[0-9]{{2,18}}", plan.destination):
            raise InvalidNumber("What would be dialled is longer than any phone number.")
        return plan

    def _is_extension(self, digits: str) -> bool:
        fewest, most = self.settings.extension_digits
        return self.source == "typed" and fewest <= len(digits) <= most

    def _emergency(self, plan: DialPlan) -> DialPlan:
        """The plan as refused; typed 106 or 1120 may also be meant as a colleague's extension."""
        australian = self.region == "AU"
        foremost = plan.destination.startswith("000") if australian else plan.kind == "emergency"
        colleague = not foremost and plan.destination.isdecimal() and self._is_extension(plan.destination)
        return replace(plan, kind="emergency", country=self.region, dial_on_phone=colleague)

    def _connects_to_emergency(self, dialled: str) -> bool:
        return any(
            library.connects_to_emergency(form, self.region) or form in numbering.EMERGENCY_EVERYWHERE
            for form in self._forms(dialled)
        )

    def _forms(self, dialled: str) -> list[str]:
        """The digits, and what a network sees of them after +, international prefix and own country."""
        digits = dialled.removeprefix("+")
        abroad = digits if dialled.startswith("+") else library.after_idd(digits, self.region)
        if abroad is None:
            return [digits]
        return [digits, abroad, abroad.removeprefix(str(self.calling_code))]

    def _has_idd(self, digits: str) -> bool:
        return library.after_idd(digits, self.region) is not None

    def _short(self, digits: str, kind: Kind) -> DialPlan:
        return DialPlan(digits, digits, kind, self.region, calling_code=self.calling_code)

    def _cut_word(self, written: Written) -> Written:
        """A phone word's digits, cut to the length of the plan: 1300 FLOWERS has one letter too many."""
        national = written.digits.removesuffix(written.word_digits)
        if written.plus:
            national = national.removeprefix(str(self.calling_code))
        if self.calling_code == 1:  # where a leading 1 is the trunk prefix, not part of the number
            national = national.removeprefix("1")
        length = numbering.WORD_NUMBERS.get(self.calling_code, {}).get(national)
        digits = national + written.word_digits
        if length is None or len(digits) < length:
            raise InvalidNumber("Letters can only follow 13, 1300 or 1800, and must fill the number.")
        return replace(written, digits=digits[:length], plus=False, word_digits="")

    def _parse(self, written: Written) -> tuple[PhoneNumber | None, tuple[str, ...]]:
        """The first valid reading: as written, without its "(0)", with "00" read as "+"; else as written."""
        plus, spellings = "+" if written.plus else "", [written.digits]
        if written.without_bracket_zero is not None:
            spellings.append(written.without_bracket_zero)
        for digits in spellings:
            if library.is_valid(number := library.parsed(plus + digits, self.region)):
                return number, ()
        slips = [digits[2:] for digits in spellings if digits.startswith("00") and not written.plus]
        for digits in slips:
            if library.is_valid(number := library.parsed("+" + digits, self.region)):
                return number, ("double_zero",)
        return library.parsed(plus + written.digits, self.region), ()

    def _is_written_in_full(self, written: Written, number: PhoneNumber) -> bool:
        """Whether the number came with its country code, or exactly as its plan writes it."""
        code, national = str(number.country_code), library.national_digits(number)
        in_full = (national, code + national, code + library.significant_digits(number))
        return written.plus or written.digits.startswith(("00", *in_full)) or self._has_idd(written.digits)

    def _known(self, number: PhoneNumber, notes: tuple[str, ...] = ()) -> DialPlan:
        country = library.country_of(number)
        apart = number.country_code in numbering.CALLING_CODES_OF_APART_COUNTRIES and country != self.region
        international = number.country_code != self.calling_code or apart
        kind = library.kind_of(number)
        if kind == "shared_cost" and number.country_code == numbering.AUSTRALIA and not international:
            kind = "local_rate"  # 13 and 1300: the price of a local call
        area = library.significant_digits(number)[:1] if country == "AU" and kind == "fixed_line" else ""
        usual = (
            library.dialled_abroad(number, self.region) if international else library.national_digits(number)
        )
        return DialPlan(
            display=library.international_form(number) if international else library.national_form(number),
            destination=self._dialled_abroad(number) if international else self._dialled_at_home(number),
            spellings=(usual, library.e164(number)),
            kind=kind,
            country=country,
            area=numbering.AUSTRALIAN_AREAS.get(area),
            time_zones=library.time_zones_of(number, kind),
            notes=notes,
            calling_code=number.country_code or 0,
            international=international,
        )

    def _dialled_at_home(self, number: PhoneNumber) -> str:
        in_e164 = self.settings.national_form == "e164" and not self.settings.outside_line_prefix
        if in_e164 and library.can_be_called_from_abroad(number):
            return library.e164(number)
        return library.national_digits(number)

    def _dialled_abroad(self, number: PhoneNumber) -> str:
        with_plus = self.settings.international_form == "plus" and not self.settings.outside_line_prefix
        return library.e164(number) if with_plus else library.dialled_abroad(number, self.region)

    def _is_local(self, digits: str) -> bool:
        if self.calling_code == numbering.AUSTRALIA:
            return bool(numbering.AUSTRALIAN_LOCAL.fullmatch(digits))
        return library.is_local_only(digits, self.region)

    def _local(self, digits: str) -> DialPlan:
        """The plan of a number without area code: with that of the settings, else as written and said so."""
        if self.settings.area_code is not None:
            number = library.parsed(self.settings.area_code + digits, self.region)
            if number is None or not library.is_valid(number):
                raise InvalidNumber
            return self._known(number)
        exchange = numbering.PREMIUM_EXCHANGES.get(self.calling_code)
        is_premium = exchange is not None and exchange.fullmatch(digits)
        plan = self._short(digits, "premium" if is_premium else "fixed_line")
        return replace(plan, display=f"{digits[:-4]} {digits[-4:]}".strip(), notes=("no_area_code",))

    def _not_in_tables(self, number: PhoneNumber, written: Written) -> DialPlan:
        """The plan of a number that the tables do not have (yet): at home dialled as it was written."""
        if number.country_code != self.calling_code:
            return replace(self._known(number), area=None, time_zones=())
        australian = self.calling_code == numbering.AUSTRALIA
        if written.plus or self._has_idd(written.digits):
            raise InvalidNumber  # how it is dialled at home is not known
        if australian and not numbering.AUSTRALIAN_WHOLE.fullmatch(written.digits):
            raise InvalidNumber("This has too few or too many digits for a phone number.")
        return self._short(written.digits, library.kind_of(number))

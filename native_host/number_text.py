"""Text to the digits that a person wrote. Knows no numbering plan: dialling.py decides what the digits mean.

What could make a phone do more than call (`*`, `#`, `;`, pauses: `*21*…` diverts a phone) is refused with a
sentence, never stripped; the only exception is an extension written as `ext 12` or `;ext=12`.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import unquote

from native_host.errors import InvalidNumber
from native_host.protocol import Source

MAX_WRITTEN_DIGITS = 22  # 15 of E.164, an international prefix of up to 5, a trunk zero, an outside line

_SCHEME = re.compile(r"\s*(?:tel|callto):/{0,2}", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:tel|telephone|phone|ph|mob|mobile|cell|call|office|t|p|m)\b[.:]?\s*(?=[+(\d])",
    re.IGNORECASE,
)
_EXTENSION = re.compile(
    r"(?<=[\d)\s;,])[;,]?\s*(?:extension|extn|ext|x)\s*[.:=]?\s*(\d{1,7})$",
    re.IGNORECASE,
)
_PAUSE_LETTER = re.compile(r"\d\s*[pw]+\s*\d", re.IGNORECASE)
_BODY = re.compile(r"[(\[ ]*(\+?)[\d ()\[\].\-/]*")
_WORD = re.compile(r"(\+?[\d ()-]*\d)[ -]*([a-z][a-z0-9 -]*)", re.IGNORECASE)
_BRACKET_ZERO = re.compile(r"[(\[]\s*0\s*[)\]]")
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")


@dataclass(frozen=True)
class Written:
    """What was written: ASCII digits, whether a `+` led them, and what may not be dialled with them."""

    digits: str
    plus: bool
    extension: str | None  # dialled by hand after the call is up
    without_bracket_zero: str | None  # the digits without a "(0)", where one was written
    word_digits: str  # the tail of `digits` that was written in letters; empty without a phone word


def read_number(text: str, source: Source) -> Written:
    """The digits written in the text. Raises InvalidNumber, with the reason, for what is no plain number."""
    scheme = _SCHEME.match(text)
    plain = _plain(unquote(text[scheme.end() :]) if scheme else text)
    if source in ("typed", "selection"):
        label = _LABEL.match(plain)
        plain = plain[label.end() :] if label else plain
        plain = plain.rstrip(" .,:;!?")  # a selection often takes the end of its sentence along
    plain, extension = _split_extension(plain)
    _refuse_control(plain)
    if word := _WORD.fullmatch(plain):
        return _read_word(word, source, extension)
    body = _BODY.fullmatch(plain)
    if body is None:
        _refuse("The text has characters that no phone number has.")
    digits = _digits(plain)
    if not 2 <= len(digits) <= MAX_WRITTEN_DIGITS:
        _refuse("A phone number has between 2 and 18 digits.")
    without_zero = _digits(_BRACKET_ZERO.sub("", plain, count=1))
    return Written(digits, bool(body[1]), extension, without_zero if without_zero != digits else None, "")


def _plain(text: str) -> str:
    """The text in ASCII where that loses nothing: digits of all scripts, full-width signs, spaces."""
    return "".join(_plain_character(character) for character in text).strip()


def _plain_character(character: str) -> str:
    if character.isascii() and character.isprintable():
        return character
    category = unicodedata.category(character)
    if category == "Nd":
        return str(int(character))
    if category == "No":
        _refuse("The text has a raised or circled figure, which may be a footnote.")  # 9999 8888² is not …82
    if category == "Cf":
        return ""  # direction marks and soft hyphens, which copying from a page brings along
    if character.isspace():
        return " "
    if category == "Pd" or character == "\N{MINUS SIGN}":
        return "-"
    return unicodedata.normalize("NFKC", character)


def _split_extension(plain: str) -> tuple[str, str | None]:
    found = _EXTENSION.search(plain)
    if found is None:
        return plain, None
    return plain[: found.start()].rstrip(" ,;"), found[1]


def _refuse_control(plain: str) -> None:
    for sign, what in (("*", "a star"), ("#", "a hash"), (";", "a semicolon"), (",", "a pause")):
        if sign in plain:
            _refuse(f"The number has {what} ({sign}), which could do more than call. Dial it on the phone.")
    if _PAUSE_LETTER.search(plain):
        _refuse("The number has a pause (p or w), which could do more than call. Dial it on the phone.")


def _read_word(word: re.Match[str], source: Source, extension: str | None) -> Written:
    if source == "link":
        _refuse("A link with letters is not a number that can be called.")
    letters = _digits(word[2].upper().translate(_KEYPAD))
    digits = _digits(word[1]) + letters
    if not 2 <= len(digits) <= MAX_WRITTEN_DIGITS:
        _refuse("A phone number has between 2 and 18 digits.")
    return Written(digits, word[1].startswith("+"), extension, None, letters)


def _digits(plain: str) -> str:
    return re.sub(r"[^0-9]", "", plain)


def _refuse(sentence: str) -> NoReturn:
    raise InvalidNumber(sentence)

"""Frames as a page, a bug or an attacker could have them sent, from right to wild; the same for each seed."""

import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.host.host_process import encoded, framed

CONTRACT = json.loads((Path(__file__).parents[2] / "contract" / "messages.json").read_text("utf-8"))
REQUESTS: list[dict[str, Any]] = [case["request"] for case in CONTRACT["exchanges"]]
MEBIBYTE = 1024 * 1024

_TEXTS = (
    "", "0", "000", "+", "(02) 9999 8888", "+61 (0)2 9999 8888", "*21*0299998888#", "1300 FLOWERS", "101",
    "\x00", "\ud800", "\ufeff\u0660\u0661\uff12", "0299998888;ext=12", "a" * 1001, "9" * 1000,
    "__proto__", "NaN", "💣" * 40,
)  # fmt: skip
_SCALARS: tuple[object, ...] = (
    None, True, False, 0, -1, 1, 2**53 - 1, 2**53, 2**64, -(2**63), 10**400, 0.5, 1e308, -0.0,
)  # fmt: skip
_ALL_FIELDS = sorted({name for request in REQUESTS for name in request})


class GeneratedFrames:
    """An endless iterator of whole frames, length included, each of which must get exactly one reply."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311  (repeatable, not secret)
        self._kinds: dict[Callable[[], bytes], int] = {
            self._right: 150,
            self._with_damaged_bytes: 350,
            self._with_another_field: 300,
            self._with_fields_of_another: 100,
            self._any_json: 60,
            self._any_bytes: 60,
            self._deep: 2,
            self._long: 1,
            self._oversized: 1,
        }

    def __iter__(self) -> Iterator[bytes]:
        kinds, weights = list(self._kinds), list(self._kinds.values())
        while True:
            for kind in self._chance.choices(kinds, weights, k=256):
                yield framed(kind())

    def _request(self) -> dict[str, Any]:
        request = dict(self._chance.choice(REQUESTS))
        request["id"] = self._chance.randrange(2**53)
        if "attempt" in request and self._chance.random() < 0.5:
            request["attempt"] = str(self._uuid())
        return request

    def _uuid(self) -> str:
        digits = f"{self._chance.getrandbits(128):032x}"
        return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))

    def _right(self) -> bytes:
        return encoded(self._request())

    def _with_damaged_bytes(self) -> bytes:
        """A request with some bytes changed, cut or repeated."""
        chance, body = self._chance, bytearray(encoded(self._request()))
        for _ in range(chance.randrange(1, 5)):
            at = chance.randrange(len(body))
            match chance.randrange(3):
                case 0:
                    body[at] = chance.randrange(256)
                case 1:
                    del body[at : at + chance.randrange(1, 9)]
                case _:
                    body[at:at] = body[at : at + chance.randrange(1, 9)]
            if not body:
                break
        return bytes(body)

    def _with_another_field(self) -> bytes:
        """A request in which one field has another value, is gone, or is one too many."""
        request = self._request()
        name = self._chance.choice([*request, *_ALL_FIELDS, "__proto__", "", "api_base_url"])
        if self._chance.random() < 0.2:
            request.pop(name, None)
        else:
            request[name] = self._value(3)
        return encoded(request)

    def _with_fields_of_another(self) -> bytes:
        return encoded({**self._request(), **self._request()})

    def _any_json(self) -> bytes:
        return encoded(self._value(5))

    def _any_bytes(self) -> bytes:
        return self._chance.randbytes(self._chance.randrange(300))

    def _deep(self) -> bytes:
        depth = self._chance.randrange(1, 200_000)
        return (self._chance.choice((b"[", b'{"id":', b'{"id":1,"type":'))) * depth

    def _long(self) -> bytes:
        """Nearly as long as a request may be, in one text or in many fields."""
        size = self._chance.randrange(MEBIBYTE // 2, MEBIBYTE - 200)
        if self._chance.random() < 0.5:
            return encoded(
                {"id": 1, "type": "plan_call", "text": "9" * size, "source": "page", "phone": None}
            )
        return encoded(
            {"id": 1, "type": "update_settings", "settings": {str(n): n for n in range(size // 20)}}
        )

    def _oversized(self) -> bytes:
        return b" " * (MEBIBYTE + self._chance.randrange(1, MEBIBYTE))

    def _value(self, depth: int) -> object:
        chance = self._chance
        match chance.randrange(7 if depth else 4):
            case 0 | 1:
                return chance.choice(_TEXTS)
            case 2 | 3:
                return chance.choice(_SCALARS)
            case 4:
                return [self._value(depth - 1) for _ in range(chance.randrange(4))]
            case 5:
                return {chance.choice(_TEXTS): self._value(depth - 1) for _ in range(chance.randrange(4))}
            case _:
                return chance.choice(list(chance.choice(REQUESTS).values()))

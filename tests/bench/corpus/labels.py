"""Reads the labels of the corpus as typed cases; it neither checks nor scores them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

CORPUS = Path(__file__).parent
SETS: tuple["SetName", ...] = ("dev", "held_out")
GROUPS: tuple["Group", ...] = ("pages-positive", "pages-negative", "markup")

SetName = Literal["dev", "held_out"]
Group = Literal["pages-positive", "pages-negative", "markup"]


@dataclass(frozen=True, slots=True)
class Label:
    """One mention of a number: as the eye reads it, and what is dialled for it.

    `kind` is empty for a mention that must be found, and says why for one that counts neither way.
    """

    as_seen: str
    number: str
    accept: tuple[str, ...]
    tags: tuple[str, ...]
    kind: str
    only_in_href: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One page with its labels. `page` is the file, `dynamic` says that script makes or changes the text."""

    id: str
    page: Path
    group: Group
    set: SetName
    region: str
    kind: str
    dynamic: bool
    settle_ms: int
    expected: tuple[Label, ...]
    ambiguous: tuple[Label, ...]


def load_cases(corpus: Path = CORPUS, sets: tuple[SetName, ...] = SETS) -> list[Case]:
    """Return the cases of `sets`, in the order of the labels; raises OSError or KeyError when broken."""
    cases: list[Case] = []
    for name in sets:
        for part in ("pages", "markup"):
            labels = json.loads((corpus / name / part / "labels.json").read_text(encoding="utf-8"))
            cases += [_case(entry, corpus / name) for entry in labels["cases"]]
    return cases


def _case(entry: dict[str, Any], folder: Path) -> Case:
    return Case(
        id=entry["id"],
        page=folder / entry["file"],
        group=entry["group"],
        set=entry["set"],
        region=entry["region"],
        kind=entry["kind"],
        dynamic=entry.get("dynamic", False),
        settle_ms=entry.get("settle_ms", 0),
        expected=tuple(_label(label) for label in entry["expected"]),
        ambiguous=tuple(_label(label) for label in entry["ambiguous"]),
    )


def _label(entry: dict[str, Any]) -> Label:
    return Label(
        as_seen=entry["as_seen"],
        number=entry["number"],
        accept=tuple(entry.get("accept", ())),
        tags=tuple(entry.get("tags", ())),
        kind=entry.get("kind", ""),
        only_in_href=entry.get("from") == "href",
    )

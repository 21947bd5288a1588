"""Looks for contradictions between the labels and the pages of the corpus, and prints each.

It cannot say whether a label is wise; that took two readings by a person.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.bench.corpus.dialled_number import INVISIBLE, PLANS, dialled_digits
from tests.bench.corpus.labels import CORPUS, GROUPS, SETS, Case, Label, load_cases
from tests.bench.corpus.visible_text import visible_lines

_DIAL_STRING = re.compile(r"\+[1-9]\d{6,14}|\d{2,11}")
_TAKEN = "\x00"
_LONG_ENOUGH_TO_BE_ITSELF = 8
_COMPARED_DIGITS = 6
_DEV_SHARE = range(55, 66)


def faults(corpus: Path = CORPUS) -> list[str]:
    """Return one sentence for each contradiction in `corpus`, none when it is sound."""
    cases = load_cases(corpus)
    found = [f"{case.id}: {fault}" for case in cases for fault in _faults_of(case, corpus)]
    uses = Counter(case.id for case in cases)
    found += [f"{name}: this id is used {n} times" for name, n in uses.items() if n > 1]
    unlabelled = set(corpus.rglob("*.html")) - {case.page for case in cases}
    found += [f"{page.name}: has no labels" for page in sorted(unlabelled)]
    for group in GROUPS:
        dev = [case.set == "dev" for case in cases if case.group == group]
        if dev and round(100 * sum(dev) / len(dev)) not in _DEV_SHARE:
            found.append(f"{group}: {sum(dev)} of {len(dev)} cases are in dev, which is not about 60 %")
    return found


def seen(text: str) -> str:
    """Return `text` as the eye reads it: any white space as one space, no invisible characters."""
    return " ".join(text.translate(INVISIBLE).split())


def _faults_of(case: Case, corpus: Path) -> Iterator[str]:
    if not case.page.is_file():
        yield f"there is no page {case.page}"
        return
    part = "markup" if case.group == "markup" else "pages"
    if case.set not in SETS or case.page.parent != corpus / case.set / part or case.page.stem != case.id:
        yield "set, group, id and place of the page do not agree"
    if case.region not in PLANS:
        yield f"region {case.region} has no dialling plan here"
        return
    if case.group == "pages-negative" and case.expected:
        yield "a page without numbers may not expect any"
    if case.group == "pages-positive" and not case.expected:
        yield "a page with numbers must expect one"
    for label in (*case.expected, *case.ambiguous):
        yield from _faults_of_label(label, case.region)
    yield from _faults_of_places(case)


def _faults_of_label(label: Label, region: str) -> Iterator[str]:
    if not _DIAL_STRING.fullmatch(label.number):
        yield f"{label.number!r} is neither E.164 nor a dial string"
    if not (label.tags or label.kind):
        yield f"{label.as_seen!r} has neither tags nor a kind"
    written = dialled_digits(label.as_seen, region)
    wanted = {dialled_digits(number, region) for number in (label.number, *label.accept)}
    tail = written[-_COMPARED_DIGITS:]
    if not label.only_in_href and not any(number.endswith(tail) for number in wanted):
        yield f"{label.as_seen!r} does not end as {label.number} does"


def _faults_of_places(case: Case) -> Iterator[str]:
    html = case.page.read_text(encoding="utf-8")
    text = seen(html) if case.dynamic else "\n".join(seen(line) for line in visible_lines(html))
    if case.group == "markup" and not case.dynamic:
        text += "\n" + " ".join(re.findall(r"<style>.*?</style>|<text.*?</text>", html))
    labels = sorted((*case.expected, *case.ambiguous), key=lambda label: -len(label.as_seen))
    for label in labels:
        # the longest first, each place once: "000" may not be found inside "1800 333 000"
        place = _standing_alone(label.as_seen, text) or re.search(re.escape(label.as_seen), text)
        if place is None:
            yield f"{label.as_seen!r} is labelled more often than it is seen"
        else:
            text = text[: place.start()] + _TAKEN * len(label.as_seen) + text[place.end() :]
    if case.group == "markup":
        return  # a number that must not be found may stand there in the very same form
    for as_seen in {label.as_seen for label in labels if len(label.as_seen) >= _LONG_ENOUGH_TO_BE_ITSELF}:
        if _standing_alone(as_seen, text):
            yield f"{as_seen!r} is seen more often than it is labelled"


def _standing_alone(as_seen: str, text: str) -> re.Match[str] | None:
    return re.search(rf"(?<!\d){re.escape(as_seen)}(?!\d)", text)


def main() -> int:
    """Print each fault; the exit status is 1 when there is one."""
    found = faults()
    print("\n".join(found) or "the corpus is sound")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())

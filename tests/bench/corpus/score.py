"""Scores what was made clickable on the pages of the corpus: precision, recall, F1, false alarms.

    python -m tests.bench.corpus.score predictions.json [--set dev|held_out] [--list N] [--json FILE]

predictions.json is {case id: [{"raw": text as found, "number": what would be dialled}, …]}, one entry for
every number made clickable; a case left out found nothing. How pages are opened is the runner's business.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NotRequired, TypedDict

from tests.bench.corpus.dialled_number import dialled_digits
from tests.bench.corpus.labels import CORPUS, GROUPS, SETS, Case, Label, SetName, load_cases


class Prediction(TypedDict):
    """One number made clickable: as found on the page, and as it would be dialled."""

    raw: str
    number: NotRequired[str]


Predictions = Mapping[str, Sequence[Prediction]]


@dataclass(frozen=True, slots=True)
class CaseScore:
    """What became of one case's labels and predictions; `neutral` predictions met an ambiguous label."""

    case: Case
    found: tuple[Label, ...]
    missed: tuple[Label, ...]
    false_alarms: tuple[Prediction, ...]
    neutral: tuple[Prediction, ...]


@dataclass(slots=True)
class Tally:
    """Sums over cases. Ratios are None where there is nothing to divide by."""

    cases: int = 0
    found: int = 0
    missed: int = 0
    false_alarms: int = 0
    neutral: int = 0
    clean: int = 0
    recall_by_tag: dict[str, Counter[str]] = field(default_factory=dict)

    def add(self, score: CaseScore) -> None:
        """Count one more case; it is clean when nothing is missed and nothing false."""
        self.cases += 1
        self.found += len(score.found)
        self.missed += len(score.missed)
        self.false_alarms += len(score.false_alarms)
        self.neutral += len(score.neutral)
        self.clean += not score.missed and not score.false_alarms
        for outcome, labels in (("found", score.found), ("missed", score.missed)):
            for tag in (tag for label in labels for tag in label.tags):
                self.recall_by_tag.setdefault(tag, Counter())[outcome] += 1

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right."""
        return _ratio(self.found, self.found + self.false_alarms)

    @property
    def recall(self) -> float | None:
        """Share of what should be found that was."""
        return _ratio(self.found, self.found + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall."""
        return _ratio(2 * self.found, 2 * self.found + self.false_alarms + self.missed)


def score_case(case: Case, predictions: Sequence[Prediction]) -> CaseScore:
    """Match predictions to labels by dialled digits, one to one: a third find of two mentions is false.

    Main numbers are matched before the accepted ones, ambiguous labels take whatever is left that fits them.
    """
    left = [(p, dialled_digits(p.get("number") or p["raw"], case.region)) for p in predictions]
    found: list[Label] = []
    missed = list(case.expected)
    for with_accepted in (False, True):
        for label in tuple(missed):
            wanted = _digits_of(label, case.region, with_accepted)
            hit = next((entry for entry in left if entry[1] in wanted), None)
            if hit is not None:
                left.remove(hit)
                missed.remove(label)
                found.append(label)
    fits = frozenset().union(*(_digits_of(label, case.region, True) for label in case.ambiguous))
    neutral = tuple(p for p, digits in left if digits in fits)
    false_alarms = tuple(p for p, digits in left if digits not in fits)
    return CaseScore(case, tuple(found), tuple(missed), false_alarms, neutral)


def tallies(scores: Iterable[CaseScore]) -> dict[tuple[str, str], Tally]:
    """Return sums by (set or "all", group or "pages (both)" or "pages+markup")."""
    sums: dict[tuple[str, str], Tally] = {}
    for score in scores:
        group = score.case.group
        groups = [group, "pages+markup"] if group == "markup" else [group, "pages (both)", "pages+markup"]
        for set_name in (score.case.set, "all"):
            for name in groups:
                sums.setdefault((set_name, name), Tally()).add(score)
    return sums


def report(scores: Sequence[CaseScore], listed: int | None = None) -> str:
    """Return the table, recall by kind of number, and at most `listed` misses and false alarms each."""
    sums = tallies(scores)
    head = f"{'set':9}{'group':16}{'cases':>6}{'found':>6}{'missed':>7}{'false':>6}{'neutral':>8}"
    lines = [head + f"{'P%':>7}{'R%':>7}{'F1%':>7}{'clean%':>8}"]
    for set_name in (*SETS, "all"):
        for group in (*GROUPS, "pages (both)", "pages+markup"):
            if (set_name, group) in sums:
                lines.append(_row(set_name, group, sums[set_name, group]))
    everything = sums.get(("all", "pages+markup"), Tally())
    lines += ["", "recall by kind of number"]
    for tag, outcome in sorted(everything.recall_by_tag.items(), key=lambda item: -item[1].total()):
        lines.append(f"  {tag:13}{outcome['found']:5} of {outcome.total():4}")
    missed = [_miss(score.case, label) for score in scores for label in score.missed]
    alarms = [_alarm(score.case, p) for score in scores for p in score.false_alarms]
    return "\n".join([*lines, "", *missed[:listed], "", *alarms[:listed]])


def load_predictions(path: Path, cases: Iterable[Case]) -> Predictions:
    """Read predictions; raises ValueError when they name a case that is not in the corpus at all."""
    predictions: Predictions = json.loads(path.read_text(encoding="utf-8"))
    unknown = sorted(set(predictions) - {case.id for case in cases})
    if unknown:
        raise ValueError(f"No such cases: {', '.join(unknown)}. Give predictions by the ids of labels.json.")
    return predictions


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the report for the predictions named on the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--set", choices=SETS, dest="set_name", help="only this part of the corpus")
    parser.add_argument(
        "--list", type=int, dest="listed", help="at most so many misses and as many false alarms"
    )
    parser.add_argument("--json", type=Path, help="write the sums here as well")
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args(arguments)
    cases = load_cases(options.corpus)
    try:
        predictions = load_predictions(options.predictions, cases)
    except (OSError, ValueError) as error:
        print(f"The predictions cannot be used: {error}", file=sys.stderr)
        return 2
    chosen: tuple[SetName, ...] = (options.set_name,) if options.set_name else SETS
    scores = [score_case(case, predictions.get(case.id, ())) for case in cases if case.set in chosen]
    print(report(scores, options.listed))
    if options.json:
        options.json.write_text(json.dumps(_summary(scores), indent=1) + "\n", encoding="utf-8")
    return 0


def _digits_of(label: Label, region: str, with_accepted: bool) -> frozenset[str]:
    numbers = (label.number, *label.accept) if with_accepted else (label.number,)
    return frozenset(dialled_digits(number, region) for number in numbers)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percent(ratio: float | None) -> str:
    return f"{'-':>7}" if ratio is None else f"{100 * ratio:7.1f}"


def _row(set_name: str, group: str, sums: Tally) -> str:
    counts = f"{sums.cases:6}{sums.found:6}{sums.missed:7}{sums.false_alarms:6}{sums.neutral:8}"
    no_ratio = group == "pages-negative"  # nothing is right there, only false alarms mean something
    ratios = (None, None, None) if no_ratio else (sums.precision, sums.recall, sums.f1)
    clean = _percent(_ratio(sums.clean, sums.cases))
    return f"{set_name:9}{group:16}{counts}{''.join(map(_percent, ratios))} {clean}"


def _miss(case: Case, label: Label) -> str:
    return f"MISS  {case.set:8} {case.id:24} {label.as_seen!r:26} {label.number} {' '.join(label.tags)}"


def _alarm(case: Case, prediction: Prediction) -> str:
    return f"FALSE {case.set:8} {case.id:24} {prediction['raw']!r:26} {prediction.get('number', '')}"


def _summary(scores: Sequence[CaseScore]) -> dict[str, dict[str, float | None]]:
    return {
        f"{set_name}/{group}": {
            "cases": sums.cases,
            "found": sums.found,
            "missed": sums.missed,
            "false_alarms": sums.false_alarms,
            "neutral": sums.neutral,
            "precision": sums.precision,
            "recall": sums.recall,
            "f1": sums.f1,
        }
        for (set_name, group), sums in tallies(scores).items()
    }


if __name__ == "__main__":
    sys.exit(main())

"""Writes what libphonenumber's own matcher finds in the corpus: the figure that the product must beat.

    python -m tests.bench.corpus.library_baseline predictions.json

It reads text only: link targets, and numbers which script writes, are lost to it.
"""

import json
import sys
from pathlib import Path

import phonenumbers

from tests.bench.corpus.labels import Case, load_cases
from tests.bench.corpus.score import Prediction
from tests.bench.corpus.visible_text import visible_lines


def library_predictions(case: Case) -> list[Prediction]:
    """Return the matches of the Python port at leniency VALID, block by block, in the case's region."""
    found: list[Prediction] = []
    for line in visible_lines(case.page.read_text(encoding="utf-8")):
        for match in phonenumbers.PhoneNumberMatcher(line, case.region, phonenumbers.Leniency.VALID):
            number = phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
            found.append({"raw": match.raw_string, "number": number})
    return found


def main() -> int:
    """Write the predictions to the file named on the command line."""
    predictions = {case.id: library_predictions(case) for case in load_cases()}
    Path(sys.argv[1]).write_text(json.dumps(predictions, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The corpus agrees with itself, its checks catch a broken label, and the scorer counts as people would."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.bench.corpus.check_corpus import faults
from tests.bench.corpus.dialled_number import dialled_digits
from tests.bench.corpus.labels import CORPUS, Case, Label, load_cases
from tests.bench.corpus.library_baseline import library_predictions
from tests.bench.corpus.score import Prediction, Tally, main, score_case, tallies
from tests.bench.corpus.visible_text import visible_lines


def label(as_seen: str, number: str, *accept: str, kind: str = "") -> Label:
    return Label(as_seen, number, accept, () if kind else ("au-landline",), kind, only_in_href=False)


def case(*expected: Label, ambiguous: tuple[Label, ...] = ()) -> Case:
    return Case("one", Path("one.html"), "pages-positive", "dev", "AU", "mail", False, 0, expected, ambiguous)


def predicted(*numbers: str) -> list[Prediction]:
    return [{"raw": number, "number": number} for number in numbers]


def counts(of: Case, *numbers: str) -> tuple[int, int, int, int]:
    score = score_case(of, predicted(*numbers))
    return len(score.found), len(score.missed), len(score.false_alarms), len(score.neutral)


def test_labels_and_pages_do_not_contradict_each_other() -> None:
    assert faults() == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for name in ("dev", "held_out"):
        shutil.copytree(CORPUS / name, tmp_path / name)
    return tmp_path


def first_case(copy: Path) -> tuple[Path, dict[str, Any], dict[str, Any]]:
    file = copy / "dev" / "pages" / "labels.json"
    labels: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return file, labels, next(entry for entry in labels["cases"] if entry["id"] == "au-council-contact")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"as_seen": "(03) 5550 9999"}, "labelled more often than it is seen"),
        ({"number": "+61355509999"}, "does not end as"),
        ({"number": "03 5550 2217"}, "neither E.164 nor a dial string"),
        ({"tags": []}, "neither tags nor a kind"),
    ],
)
def test_a_wrong_label_is_named(copy: Path, change: dict[str, Any], complaint: str) -> None:
    file, labels, entry = first_case(copy)
    entry["expected"][1].update(change)
    file.write_text(json.dumps(labels), encoding="utf-8")
    assert [fault for fault in faults(copy) if "au-council-contact" in fault and complaint in fault]


def test_a_mention_without_label_is_named(copy: Path) -> None:
    file, labels, entry = first_case(copy)
    del entry["expected"][0]
    file.write_text(json.dumps(labels), encoding="utf-8")
    assert faults(copy) == ["au-council-contact: '1300 975 707' is seen more often than it is labelled"]


def test_a_page_without_labels_or_in_the_wrong_set_is_named(copy: Path) -> None:
    (copy / "dev" / "pages" / "stray.html").write_text("<p>02 5550 1234</p>", encoding="utf-8")
    file, labels, entry = first_case(copy)
    entry["set"] = "held_out"
    file.write_text(json.dumps(labels), encoding="utf-8")
    assert set(faults(copy)) == {
        "stray.html: has no labels",
        "au-council-contact: set, group, id and place of the page do not agree",
    }


@pytest.mark.parametrize(
    ("written", "region", "digits"),
    [
        ("(02) 5550 1234", "AU", "61255501234"),
        ("+61 2 5550 1234 ext 12", "AU", "61255501234"),
        ("tel:+61255501234;ext=12", "AU", "61255501234"),
        ("0011 44 20 7946 0018", "AU", "442079460018"),
        ("+61 13 11 14", "AU", "131114"),
        ("13 CABS", "AU", "132227"),
        ("1300 975 707", "AU", "1300975707"),
        ("5550 1234", "AU", "55501234"),
        ("000", "AU", "000"),
        ("+61 (0)2 5550 1234", "AU", "610255501234"),
        ("\N{ARABIC-INDIC DIGIT ZERO}\u0664\u0669\u0661 570 156", "AU", "61491570156"),
        ("\N{FULLWIDTH DIGIT ZERO}\uff12\u30005550\u30001234", "AU", "61255501234"),
        ("0491\u200b570\u00ad156", "AU", "61491570156"),
        ("(415) 555-0132 x210", "US", "14155550132"),
        ("011 44 20 7946 0018", "US", "442079460018"),
        ("020 7946 0018", "GB", "442079460018"),
        ("6555 0131", "SG", "6565550131"),
        ("01 99 00 12 34", "FR", "33199001234"),
    ],
)
def test_every_spelling_comes_to_the_digits_that_are_dialled(written: str, region: str, digits: str) -> None:
    assert dialled_digits(written, region) == digits


def test_each_mention_wants_a_find_of_its_own() -> None:
    twice = case(label("a", "+61255501234"), label("b", "02 5550 1234"))
    assert counts(twice, "0255501234") == (1, 1, 0, 0)
    assert counts(twice, "0255501234", "+61255501234") == (2, 0, 0, 0)
    assert counts(twice, "0255501234", "+61255501234", "0255501234") == (2, 0, 1, 0)


def test_an_accepted_number_never_takes_the_place_of_a_main_one() -> None:
    local_first = case(label("local", "55501234", "+61255501234"), label("whole", "+61255501234"))
    assert counts(local_first, "+61255501234") == (1, 1, 0, 0)
    assert counts(local_first, "+61255501234", "55501234") == (2, 0, 0, 0)
    assert counts(local_first, "+61255501234", "+61255501234") == (2, 0, 0, 0)


def test_an_ambiguous_number_counts_neither_way_however_often() -> None:
    fax = case(label("a", "+61255501234"), ambiguous=(label("f", "+61255501235", kind="fax"),))
    assert counts(fax, "0255501234", "0255501235", "0255501235") == (1, 0, 0, 2)
    assert counts(fax) == (0, 1, 0, 0)


def test_right_answers_score_everything_and_none_score_nothing() -> None:
    cases = load_cases()
    right = [score_case(c, predicted(*(one.number for one in c.expected))) for c in cases]
    nothing = [score_case(c, ()) for c in cases]
    assert tallies(right)["all", "pages+markup"].f1 == 1.0
    empty = tallies(nothing)["all", "pages+markup"]
    assert (empty.found, empty.false_alarms, empty.precision, empty.recall) == (0, 0, None, 0.0)


def test_precision_and_recall_are_told_apart() -> None:
    sums = Tally()
    sums.add(
        score_case(case(label("a", "+61255501234"), label("b", "131114")), predicted("131114", "131115"))
    )
    assert (sums.precision, sums.recall, sums.f1, sums.clean) == (0.5, 0.5, 0.5, 0)


def test_predictions_for_unknown_cases_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "predictions.json"
    file.write_text('{"no-such-case": []}', encoding="utf-8")
    assert main([str(file)]) == 2
    assert "no-such-case" in capsys.readouterr().err


def test_the_report_covers_one_set_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "predictions.json"
    file.write_text('{"neg-supermarket": [{"raw": "131450", "number": "131450"}]}', encoding="utf-8")
    assert main([str(file), "--set", "dev", "--json", str(tmp_path / "sums.json")]) == 0
    out = capsys.readouterr().out
    assert "FALSE dev      neg-supermarket" in out
    assert "held_out" not in out
    assert (
        json.loads((tmp_path / "sums.json").read_text(encoding="utf-8"))["dev/pages-negative"]["false_alarms"]
        == 1
    )


def test_text_of_a_page_leaves_out_what_nobody_sees() -> None:
    seen_text = "<p>a<b>b</b><br>c<script>d</script></p>{}<td>g</td><td>h</td>"
    html = seen_text.format("<p hidden>e</p><template><i>f</i></template>")
    assert visible_lines(html) == ["ab", "c", "g", "h"]


def test_the_baseline_reads_blocks_one_by_one() -> None:
    registry = next(c for c in load_cases() if c.id == "au-magistrates-registry")
    assert {"raw": "07 5550 0161", "number": "+61755500161"} in library_predictions(registry)

"""The log: numbers are masked to their last three digits, also in tracebacks; it never grows large."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from native_host import logs, places


@pytest.fixture
def log_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(places, "log_dir", lambda: tmp_path / "log")
    root = logging.getLogger("native_host")
    before = (root.handlers[:], root.propagate, root.level)
    yield tmp_path / "log"
    for handler in root.handlers:
        handler.close()
    root.handlers[:], root.propagate = before[0], before[1]
    root.setLevel(before[2])


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("0299998888", "•••••••888"),
        ("called (02) 9999 8888 twice", "called (••) •••• •888 twice"),
        ("+61 2 9999-8888", "+•• • ••••-•888"),
        ("0011442079460018", "•••••••••••••018"),
        ("ext 12 of 101, line 1234", "ext 12 of 101, line 1234"),
        ("131234", "•••234"),
    ],
)
def test_numbers_are_masked_to_their_last_three_digits(written: str, kept: str) -> None:
    assert logs.mask_numbers(written) == kept


def test_a_number_in_a_traceback_is_masked_as_well(log_folder: Path) -> None:
    logs.start_log()
    try:
        int("0299998888x")
    except ValueError:
        logging.getLogger("native_host.calls").exception("could not call %s", "0412 345 678")

    text = (log_folder / "host.log").read_text("utf-8")
    assert "could not call •••• ••• 678" in text
    assert "ValueError: invalid literal" in text
    assert "0299998888" not in text


def test_the_log_is_small_rotating_and_for_its_owner_only(log_folder: Path) -> None:
    logs.start_log()
    for _ in range(20_000):
        logging.getLogger("native_host.test").info("x" * 80)

    files = list(log_folder.iterdir())
    assert len(files) == 1 + logs.KEPT_FILES
    assert sum(file.stat().st_size for file in files) <= len(files) * logs.MAX_BYTES
    assert (log_folder / "host.log").stat().st_mode & 0o777 == 0o600


def test_where_no_file_can_be_written_the_host_works_on(
    log_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    log_folder.write_text("a file where the folder should be")
    logs.start_log()
    logging.getLogger("native_host.test").warning("still said")

    assert "still said" in capsys.readouterr().err

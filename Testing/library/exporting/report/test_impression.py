"""The physician's lines: kept when edited, renewed when not, never silently stale."""

from pathlib import Path

import pytest

from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.exporting.report.impression import (
    MARK,
    Impression,
    impression_text,
    read_impression,
)

LINES = ("2 findings.", "Focal uptake in the left chest.")
OTHERS = ("3 findings.",)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "impression.txt"
    path.write_text(impression_text(LINES), "utf-8")
    return path


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_without_a_file_the_programs_lines_stand(tmp_path: Path):
    assert read_impression(tmp_path / "none.txt", LINES) == Impression(LINES)


def test_an_untouched_file_follows_the_findings(file: Path):
    assert read_impression(file, LINES) == Impression(LINES)
    assert read_impression(file, OTHERS) == Impression(OTHERS)


def test_edited_lines_stand_as_they_are(file: Path):
    edit(file, "2 findings.", "Two new lesions – Prüfung.")
    edited = ("Two new lesions – Prüfung.", LINES[1])
    assert read_impression(file, LINES) == Impression(edited, edited=True)


def test_edited_lines_are_stale_once_the_findings_change(file: Path):
    edit(file, "2 findings.", "Two lesions.")
    assert read_impression(file, OTHERS).stale


def test_without_the_mark_the_lines_count_as_checked(file: Path):
    edit(file, "2 findings.", "Two lesions.")
    mark = next(line for line in file.read_text("utf-8").splitlines() if line.startswith(MARK))
    edit(file, mark, "")
    assert read_impression(file, OTHERS) == Impression(("Two lesions.", LINES[1]), edited=True)


def test_other_editors_line_ends_and_byte_order_mark(file: Path):
    text = file.read_text("utf-8").replace("\n", "\r\n")
    file.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_impression(file, OTHERS) == Impression(OTHERS)


def test_a_file_without_lines_is_no_impression(file: Path):
    file.write_text("# nothing\n\n", "utf-8")
    assert read_impression(file, LINES) == Impression(LINES)


def test_what_is_no_text_is_refused(file: Path):
    file.write_bytes(b"\xff\xfe\x00\xd8")
    with pytest.raises(FileRefused, match="UTF-8"):
        read_impression(file, LINES)


def test_a_folder_of_that_name_is_refused(tmp_path: Path):
    (tmp_path / "impression.txt").mkdir()
    with pytest.raises(FileRefused, match=r"impression\.txt is a text file"):
        read_impression(tmp_path / "impression.txt", LINES)

"""The widths against Adobe's own metrics, which matplotlib brings along."""

from pathlib import Path

import matplotlib
import pytest

from BMLesionSegLib.exporting.report.helvetica import (
    BOLD,
    FIRST,
    REGULAR,
    character_width,
    is_latin,
    text_width,
    wrapped,
)

METRICS = Path(matplotlib.get_data_path()) / "fonts" / "pdfcorefonts"
GLYPHS = {"'": "quotesingle", "`": "grave", "-": "hyphen"}


@pytest.mark.parametrize(("file", "widths"), [("Helvetica", REGULAR), ("Helvetica-Bold", BOLD)])
def test_every_width_is_that_of_the_standard_font(file: str, widths: tuple[int, ...]):
    lines = (METRICS / f"{file}.afm").read_text("latin-1").splitlines()
    rows = [line.split() for line in lines if line.startswith("C ")]
    by_code = {int(row[1]): int(row[4]) for row in rows}
    by_name = {row[7]: int(row[4]) for row in rows}
    for place, width in enumerate(widths):
        character = chr(FIRST + place)
        expected = by_name.get(GLYPHS.get(character, ""), by_code.get(FIRST + place))
        assert width == expected, character
    for letter, name in (("ü", "udieresis"), ("É", "Eacute")):
        assert character_width(letter, bold="Bold" in file) == by_name[name]


def test_letters_of_other_scripts_take_a_full_square():
    assert not is_latin("张")
    assert text_width("张伟", 10) == 20


def test_lines_keep_within_their_width_and_lose_no_word():
    text = "Focal intense uptake in the midline of the lumbar region, 45 mm, ratio 17.5"
    lines = wrapped(text, 120, 9.5)
    assert len(lines) > 1
    assert all(text_width(line, 9.5) <= 120 for line in lines)
    assert " ".join(lines) == text


def test_a_word_that_is_too_long_is_broken():
    lines = wrapped("see " + "W" * 40 + " end", 100, 10)
    assert all(text_width(line, 10) <= 100 for line in lines)
    assert "".join(lines).replace(" ", "") == "see" + "W" * 40 + "end"


def test_a_first_word_that_is_too_long_leaves_no_empty_line():
    # A W of 10 points is 9.44 wide: two in 20 points, not three.
    assert wrapped("WWWWW", 20, 10) == ["WW", "WW", "W"]


def test_nothing_is_one_empty_line():
    assert wrapped("", 100, 10) == [""]

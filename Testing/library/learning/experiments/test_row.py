"""Rows on disk."""

import pytest

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.experiments.row import read_row, row_name, write_row
from Testing.library.learning.experiments.rows import row


def test_what_was_written_is_read(tmp_path):
    write_row(tmp_path / "row.json", row("a"))
    assert read_row(tmp_path / "row.json", {"network": "a", "seed": 1}) == row("a")
    assert RESEARCH_USE in (tmp_path / "row.json").read_text("utf-8")


def test_without_settings_any_row_is_read(tmp_path):
    write_row(tmp_path / "row.json", row("a", seed=7))
    assert read_row(tmp_path / "row.json") == row("a", seed=7)


def test_a_row_of_other_settings_is_refused_by_name(tmp_path):
    write_row(tmp_path / "row.json", row("a"))
    with pytest.raises(TrainingRefused, match="seed was 1 and is 2"):
        read_row(tmp_path / "row.json", {"network": "a", "seed": 2})


@pytest.mark.parametrize("text", ["", "[]", '{"label": "a"}', '{"research_use": 1, "label": 2}'])
def test_a_damaged_row_is_refused(tmp_path, text):
    (tmp_path / "row.json").write_text(text)
    with pytest.raises(TrainingRefused, match="cannot be read"):
        read_row(tmp_path / "row.json")


def test_names_are_plain():
    assert row_name("1, 2, 4 (ours)", 1e-4, 2) == "1-2-4-ours-rate-0.0001-seed-2"

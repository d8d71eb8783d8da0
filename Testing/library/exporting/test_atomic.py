"""A file appears whole, or what was there before stays."""

from pathlib import Path

import pytest

from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.exporting.atomic import atomic_path


def test_a_finished_block_leaves_the_file_and_nothing_else(tmp_path: Path):
    final = tmp_path / "новая папка" / "lesions.csv"
    with atomic_path(final) as temporary:
        temporary.write_text("whole")
        assert not final.exists()
    assert final.read_text() == "whole"
    assert list(final.parent.iterdir()) == [final]


def test_the_temporary_name_keeps_the_suffixes_and_the_folder(tmp_path: Path):
    with atomic_path(tmp_path / "anterior.seg.nrrd") as temporary:
        temporary.touch()
        assert temporary.parent == tmp_path
        assert temporary.suffixes[-2:] == [".seg", ".nrrd"]


def test_a_failed_block_keeps_the_old_file_and_removes_the_half(tmp_path: Path):
    final = tmp_path / "run.json"
    final.write_text("old")
    with pytest.raises(UnicodeEncodeError), atomic_path(final) as temporary:
        temporary.write_text("half \udfff", encoding="utf-8")
    assert final.read_text() == "old"
    assert list(tmp_path.iterdir()) == [final]


def test_a_folder_that_is_a_file_is_refused_with_a_remedy(tmp_path: Path):
    (tmp_path / "taken").touch()
    with (
        pytest.raises(OutputRefused, match="Choose a folder"),
        atomic_path(tmp_path / "taken" / "run.json"),
    ):
        pytest.fail("the block must not start")


def test_a_block_that_writes_nothing_is_refused(tmp_path: Path):
    with pytest.raises(OutputRefused), atomic_path(tmp_path / "run.json"):
        pass


def test_a_disk_error_inside_the_block_is_refused(tmp_path: Path):
    with pytest.raises(OutputRefused, match="No space left"), atomic_path(tmp_path / "run.json"):
        raise OSError(28, "No space left on device")

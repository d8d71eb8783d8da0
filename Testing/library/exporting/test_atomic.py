"""A file appears whole, or what was there before stays."""

from pathlib import Path

import pytest

from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.exporting.atomic import atomic_folder, atomic_path, files_together


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


def test_files_that_belong_together_come_together_and_others_stay(tmp_path: Path):
    (tmp_path / "own.txt").write_text("mine")
    (tmp_path / "a.txt").write_text("old")
    with files_together(tmp_path) as temporary:
        (temporary / "a.txt").write_text("new")
        (temporary / "b.txt").write_text("new")
        assert (tmp_path / "a.txt").read_text() == "old"
    held = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert held == {"own.txt": "mine", "a.txt": "new", "b.txt": "new"}


def test_a_failure_among_several_changes_nothing_and_leaves_no_folder(tmp_path: Path):
    def write_half() -> None:
        with files_together(tmp_path / "new") as temporary:
            (temporary / "a.txt").write_text("new")
            raise ValueError("halfway")

    with pytest.raises(ValueError, match="halfway"):
        write_half()
    assert list(tmp_path.iterdir()) == []


def test_a_failed_move_takes_back_those_before_it(tmp_path: Path):
    (tmp_path / "a.txt").write_text("old")
    (tmp_path / "c.txt").mkdir()

    def write_three() -> None:
        with files_together(tmp_path) as temporary:
            for name in ("a.txt", "b.txt", "c.txt"):
                (temporary / name).write_text("new")

    with pytest.raises(OutputRefused):
        write_three()
    assert (tmp_path / "a.txt").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt", "c.txt"]


def test_several_files_where_none_can_be_written_are_refused(tmp_path: Path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(OutputRefused), files_together(tmp_path / "file"):
        pass


def test_a_folder_takes_the_place_of_another_when_it_is_whole(tmp_path: Path):
    final = tmp_path / "model"
    for text, before in (("old", []), ("new", [final])):
        with atomic_folder(final) as new:
            new.mkdir()
            (new / text).write_text(text)
            assert [path for path in tmp_path.iterdir() if path != new] == before
        assert [path.name for path in final.iterdir()] == [text]
    assert list(tmp_path.iterdir()) == [final]


def test_a_folder_that_does_not_become_whole_leaves_the_old_one(tmp_path: Path):
    final = tmp_path / "model"
    final.mkdir()
    (final / "old").write_text("old")
    # Nothing was written, so the second move fails.
    with pytest.raises(OutputRefused), atomic_folder(final):
        pass
    assert [path.name for path in final.iterdir()] == ["old"]
    assert list(tmp_path.iterdir()) == [final]


def test_a_new_folder_that_does_not_become_whole_leaves_nothing(tmp_path: Path):
    with pytest.raises(OutputRefused), atomic_folder(tmp_path / "model"):
        pass
    assert list(tmp_path.iterdir()) == []

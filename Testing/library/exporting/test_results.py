"""A scan's folder: all of it, or what was there before."""

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from BMLesionSegLib.errors import FileRefused, OutputRefused
from BMLesionSegLib.exporting import results
from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.results import OUR_FILES, restore_interrupted, write_results
from BMLesionSegLib.exporting.segmentation_import import read_segmentation_dicom
from BMLesionSegLib.exporting.segmentation_nrrd import read_segmentation, write_segmentation
from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import ViewName
from Testing.library.doll import Block, Doll
from Testing.library.exporting_results import result_of
from Testing.library.nm_files import nm_file

RIB = Block(250, 262, 50, 70, 0.9)


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_every_file_is_there_and_they_agree(segmentation: Segmentation, tmp_path: Path):
    folder = write_results(tmp_path / "out", segmentation)
    assert folder == tmp_path / "out" / "doll"
    assert names(folder) == OUR_FILES
    with (folder / "lesions.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    for view in ("anterior", "posterior"):
        stored = read_segmentation(folder / f"{view}.seg.nrrd")
        pixels = sum(int(row["pixels"]) for row in table if row["view"] == view)
        assert (stored.labels > 0).sum() == pixels == record["views"][view]["lesion_pixels"]
        ids = [row["segment_id"] for row in table if row["view"] == view]
        assert [segment.segment_id for segment in stored.segments] == ids


def test_nothing_found_is_written_too(nothing_found: Segmentation, tmp_path: Path):
    folder = write_results(tmp_path, nothing_found)
    assert read_segmentation(folder / "posterior.seg.nrrd").segments == ()


def test_one_view_writes_one_segmentation(one_view: Segmentation, tmp_path: Path):
    folder = write_results(tmp_path, one_view)
    assert names(folder) == OUR_FILES - {"anterior.seg.nrrd"}


def test_a_second_run_gives_the_same_bytes_and_replaces_the_first(
    segmentation: Segmentation, tmp_path: Path
):
    folder = write_results(tmp_path, segmentation)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert write_results(tmp_path, segmentation) == folder
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert names(tmp_path) == {"doll"}


@pytest.fixture
def from_dicom(tmp_path: Path) -> Segmentation:
    counts = {name: Doll().view(name).counts.astype(np.uint16) for name in ViewName}
    scan = load_scan(nm_file(tmp_path / "scan.dcm", counts=counts, spacing=(2.0, 2.0)))
    return result_of(scan, {ViewName.ANTERIOR: [], ViewName.POSTERIOR: [RIB]})


DICOM_OF_POSTERIOR = {
    "posterior.seg.dcm",
    "anterior.gsps.dcm",
    "posterior.gsps.dcm",
    "measurements.sr.dcm",
}


def test_a_scan_from_dicom_gives_dicom_too_and_replaces_it_whole(
    from_dicom: Segmentation, tmp_path: Path
):
    folder = write_results(tmp_path / "out", from_dicom)
    assert names(folder) == OUR_FILES | DICOM_OF_POSTERIOR
    stored = read_segmentation(folder / "posterior.seg.nrrd")
    back = read_segmentation_dicom(folder / "posterior.seg.dcm", from_dicom.scan)
    np.testing.assert_array_equal(back[ViewName.POSTERIOR].labels, stored.labels)
    empty = result_of(from_dicom.scan, {name: [] for name in ViewName})
    assert write_results(tmp_path / "out", empty) == folder
    assert names(folder) == OUR_FILES | DICOM_OF_POSTERIOR - {"posterior.seg.dcm"}


def test_a_scan_whose_file_has_gone_writes_nothing(from_dicom: Segmentation, tmp_path: Path):
    (tmp_path / "scan.dcm").unlink()
    with pytest.raises(FileRefused):
        write_results(tmp_path / "out", from_dicom)
    assert names(tmp_path / "out") == set()


def test_a_corrected_file_is_exported_as_it_was_written(from_dicom: Segmentation, tmp_path: Path):
    folder = write_results(tmp_path / "out", from_dicom)
    result = corrected(from_dicom.scan, [read_segmentation(folder / "posterior.seg.nrrd")])
    (lesion,) = result.views[1].lesions
    assert (lesion.origin, lesion.model) == ("AUTOMATIC", "small 1")
    before = from_dicom.views[1].lesions.lesions[0]
    assert lesion.lesion == replace(before, mean_probability=0.0)


@pytest.mark.parametrize("record", ["kept", "lost", "damaged"])
def test_a_corrected_segmentation_is_never_replaced(
    segmentation: Segmentation, tmp_path: Path, record: str
):
    folder = write_results(tmp_path, segmentation)
    mine = folder / "posterior.seg.nrrd"
    stored = read_segmentation(mine)
    write_segmentation(mine, stored.labels * 0, stored.geometry, stored.segments)
    if record == "lost":
        (folder / "run.json").unlink()
    elif record == "damaged":
        (folder / "run.json").write_text("[]")
    before = mine.read_bytes()
    with pytest.raises(OutputRefused, match=r"corrected .*posterior\.seg\.nrrd"):
        write_results(tmp_path, segmentation)
    assert mine.read_bytes() == before


def test_another_name_can_be_given(segmentation: Segmentation, tmp_path: Path):
    assert write_results(tmp_path, segmentation, "doll-2").name == "doll-2"


def test_a_failure_keeps_the_old_result_and_leaves_nothing_else(
    segmentation: Segmentation,
    nothing_found: Segmentation,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):
    folder = write_results(tmp_path, segmentation)
    before = (folder / "lesions.csv").read_bytes()

    def full_disk(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(results, "write_run_record", full_disk)
    with pytest.raises(OutputRefused, match="No space left"):
        write_results(tmp_path, nothing_found)
    assert names(tmp_path) == {"doll"}
    assert (folder / "lesions.csv").read_bytes() == before
    assert names(folder) == OUR_FILES


def test_a_failed_move_puts_the_old_result_back(
    segmentation: Segmentation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    write_results(tmp_path, segmentation)
    replace_path = Path.replace

    def move(self: Path, target: Path) -> Path:
        if self.name.endswith("-doll") and target.name == "doll":
            raise PermissionError(13, "Permission denied")
        return replace_path(self, target)

    monkeypatch.setattr(Path, "replace", move)
    with pytest.raises(OutputRefused, match="Permission denied"):
        write_results(tmp_path, segmentation)
    assert names(tmp_path) == {"doll"}
    assert names(tmp_path / "doll") == OUR_FILES


def test_a_folder_with_other_things_is_not_touched(segmentation: Segmentation, tmp_path: Path):
    (tmp_path / "doll").mkdir()
    (tmp_path / "doll" / "thesis.docx").touch()
    with pytest.raises(OutputRefused, match="other files"):
        write_results(tmp_path, segmentation)
    assert names(tmp_path / "doll") == {"thesis.docx"}


def test_a_file_in_the_way_is_refused(segmentation: Segmentation, tmp_path: Path):
    (tmp_path / "doll").write_text("mine")
    with pytest.raises(OutputRefused, match="it is a file"):
        write_results(tmp_path, segmentation)
    assert (tmp_path / "doll").read_text() == "mine"


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "../up"])
def test_a_name_that_leaves_the_folder_is_refused(
    segmentation: Segmentation, tmp_path: Path, name: str
):
    with pytest.raises(OutputRefused, match="one folder name"):
        write_results(tmp_path, segmentation, name)


def test_an_output_that_is_a_file_is_refused(segmentation: Segmentation, tmp_path: Path):
    (tmp_path / "out").touch()
    with pytest.raises(OutputRefused):
        write_results(tmp_path / "out", segmentation)


def test_an_interrupted_result_comes_back(segmentation: Segmentation, tmp_path: Path):
    folder = write_results(tmp_path, segmentation)
    folder.rename(tmp_path / ".0-doll-old")
    restore_interrupted(folder)
    assert names(tmp_path) == {"doll"}
    assert names(folder) == OUR_FILES


def test_an_interrupted_result_that_cannot_come_back_stays_where_it_is(
    segmentation: Segmentation, tmp_path: Path
):
    aside = tmp_path / ".0-doll-old"
    write_results(tmp_path, segmentation).rename(aside)
    (tmp_path / "doll").symlink_to(tmp_path / "nowhere")
    with pytest.raises(OutputRefused, match="doll was to be written"):
        write_results(tmp_path, segmentation)
    assert names(aside) == OUR_FILES

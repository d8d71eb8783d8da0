"""DICOM back to files that can be corrected: the same pixels, statuses and numbers."""

import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pydicom
import pytest

from BMLesionSegLib.errors import FileRefused, OutputRefused, ViewsUnclear
from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.dicom_files import write_dicom_files
from BMLesionSegLib.exporting.import_files import import_files
from BMLesionSegLib.exporting.reported import Reported
from BMLesionSegLib.exporting.segment import FINDING_TAG
from BMLesionSegLib.exporting.segmentation_nrrd import read_segmentation
from BMLesionSegLib.scan import BoneScan, ViewName
from Testing.library.dicom_sources import SOURCES, source_and_result, stored

WHEN = datetime(2026, 11, 22)
REPORT = "measurements.sr.dcm"


def exported(
    folder: Path, variant: str = "two frames", case: str = "touching"
) -> tuple[BoneScan, Reported, Path]:
    """A scan, what left of it, and the folder of its DICOM objects."""
    scan, result = source_and_result(folder, variant, case)
    out = folder / "dicom"
    out.mkdir()
    write_dicom_files(out, result, WHEN)
    return scan, result, out


def read_back(folder: Path, scan: BoneScan) -> Reported:
    return corrected(scan, [read_segmentation(path) for path in sorted(folder.iterdir())])


@pytest.mark.parametrize("variant", SOURCES)
def test_there_and_back_is_the_same_result(tmp_path: Path, variant: str):
    scan, result, dicom = exported(tmp_path, variant)
    found = import_files(tmp_path / "back", [dicom], scan)
    assert found == {one.view.name: 3 for one in result.views}
    back = read_back(tmp_path / "back", scan)
    assert back.headline == result.headline
    for one, other in zip(result.views, back.views, strict=True):
        np.testing.assert_array_equal(one.labels, other.labels)
        assert one.lesions == other.lesions


def test_numbers_of_findings_come_back_in_the_names(tmp_path: Path):
    scan, _ = source_and_result(tmp_path, "two frames", "one")
    front = stored(scan, "touching")[0]
    numbers = (7, 2, 4)
    named = tuple(
        replace(segment, name=f"{number}A left chest", tags={FINDING_TAG: str(number)})
        for segment, number in zip(front.segments, numbers, strict=True)
    )
    write_dicom_files(tmp_path, corrected(scan, [replace(front, segments=named)]), WHEN)
    import_files(tmp_path / "back", [tmp_path / "anterior.seg.dcm"], scan)
    (view, _) = read_back(tmp_path / "back", scan).views
    assert tuple(one.finding for one in view.lesions) == numbers


def test_without_the_report_everything_is_unreviewed(tmp_path: Path):
    scan, _, dicom = exported(tmp_path)
    found = import_files(tmp_path / "back", [dicom / "posterior.seg.dcm"], scan)
    assert found == {ViewName.POSTERIOR: 3}
    back = read_back(tmp_path / "back", scan)
    assert {one.lesion.status for one in back.views[1].lesions} == {"unreviewed"}


def test_a_segmentation_that_lies_there_is_never_replaced(tmp_path: Path):
    scan, _, dicom = exported(tmp_path)
    import_files(tmp_path / "back", [dicom], scan)
    before = (tmp_path / "back" / "anterior.seg.nrrd").read_bytes()
    with pytest.raises(OutputRefused, match="is not there yet, but one is"):
        import_files(tmp_path / "back", [dicom], scan)
    assert (tmp_path / "back" / "anterior.seg.nrrd").read_bytes() == before


def test_two_of_one_view_are_refused(tmp_path: Path):
    scan, _, dicom = exported(tmp_path)
    shutil.copy(dicom / "anterior.seg.dcm", dicom / "again.dcm")
    with pytest.raises(ViewsUnclear, match="two speak of the anterior view"):
        import_files(tmp_path / "back", [dicom], scan)
    assert not (tmp_path / "back").exists()


def test_two_reports_are_refused(tmp_path: Path):
    scan, _, dicom = exported(tmp_path)
    shutil.copy(dicom / REPORT, dicom / "again.dcm")
    with pytest.raises(FileRefused, match="2 reports came"):
        import_files(tmp_path / "back", [dicom], scan)


def test_another_scan_is_refused(tmp_path: Path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    _, _, dicom = exported(tmp_path / "a")
    other, _ = source_and_result(tmp_path / "b", "two frames", "one")
    dataset = pydicom.dcmread(tmp_path / "b" / "scan.dcm")
    views = tuple(
        replace(view, source=replace(view.source, sop_instance_uid=f"{dataset.StudyInstanceUID}9"))
        for view in other
    )
    with pytest.raises(ViewsUnclear, match="another scan"):
        import_files(tmp_path / "back", [dicom], BoneScan(views, "other"))


@pytest.mark.parametrize("name", ["scan.dcm", "missing.dcm", "words.txt"])
def test_what_is_no_segmentation_is_refused(tmp_path: Path, name: str):
    scan, _, _ = exported(tmp_path)
    (tmp_path / "words.txt").write_text("words")
    with pytest.raises(FileRefused):
        import_files(tmp_path / "back", [tmp_path / name], scan)
    assert not (tmp_path / "back").exists()


def test_a_folder_without_any_is_refused(tmp_path: Path):
    scan, _, _ = exported(tmp_path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(FileRefused, match="no segmentation came"):
        import_files(tmp_path / "back", [tmp_path / "empty"], scan)

"""Back onto the scan: our own segmentations with their statuses, and anyone's BINARY ones."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pydicom
import pytest

from BMLesionSegLib.errors import FileRefused, ViewsUnclear
from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.dicom_files import write_dicom_files
from BMLesionSegLib.exporting.origin import origin_tags
from BMLesionSegLib.exporting.segmentation_import import read_segmentation_dicom
from BMLesionSegLib.reading import load_scan
from Testing.library.dicom_sources import ANTERIOR, POSTERIOR, source, source_and_result, stored

WHEN = datetime(2026, 11, 22)


@pytest.fixture
def exported(tmp_path: Path):
    scan, result = source_and_result(tmp_path, "two frames", "touching")
    write_dicom_files(tmp_path, result, WHEN)
    return scan, result, tmp_path


def edited(folder: Path, edit) -> Path:
    path = folder / "posterior.seg.dcm"
    dataset = pydicom.dcmread(path)
    edit(dataset)
    dataset.save_as(path)
    return path


def test_pixels_names_statuses_and_models_come_back(exported):
    scan, result, folder = exported
    report = folder / "measurements.sr.dcm"
    for view in result.views:
        path = folder / f"{view.view.name}.seg.dcm"
        (back,) = read_segmentation_dicom(path, scan, report).values()
        np.testing.assert_array_equal(back.labels, view.labels)
        assert back.geometry == view.view.geometry
        for segment, one in zip(back.segments, view.lesions, strict=True):
            assert segment.name == one.name
            assert segment.segment_id == one.lesion.segment_id
            assert segment.tags["BMLesionSeg.Status"] == one.lesion.status
            assert segment.tags["BMLesionSeg.Model"] == "small 1.0.0"
            benign = one.lesion.status in ("benign", "indeterminate")
            assert ("52988006" in segment.tags["TerminologyEntry"]) is benign


def test_out_and_in_and_out_again_is_the_same_result(exported):
    scan, _, folder = exported
    report = folder / "measurements.sr.dcm"
    back = [
        read_segmentation_dicom(folder / f"{name}.seg.dcm", scan, report)[name]
        for name in (ANTERIOR, POSTERIOR)
    ]
    again = folder / "again"
    again.mkdir()
    write_dicom_files(again, corrected(scan, back), WHEN)
    for path in again.iterdir():
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_what_the_model_drew_stays_automatic(tmp_path: Path):
    scan = load_scan(source()(tmp_path)[0])
    front = stored(scan, "one")[0]
    segment = replace(front.segments[0], tags=origin_tags("small 1.0.0", front.labels == 1))
    result = corrected(scan, [replace(front, segments=(segment,))])
    write_dicom_files(tmp_path, result, WHEN)
    back = read_segmentation_dicom(tmp_path / "anterior.seg.dcm", scan)
    assert corrected(scan, back.values()).views[0].lesions[0].origin == "AUTOMATIC"


def test_without_the_report_everything_is_unreviewed(exported):
    scan, _, folder = exported
    back = read_segmentation_dicom(folder / "anterior.seg.dcm", scan)[ANTERIOR]
    assert {segment.tags["BMLesionSeg.Status"] for segment in back.segments} == {"unreviewed"}


def test_a_foreign_one_without_tracking_or_algorithm(exported):
    scan, result, folder = exported

    def foreign(dataset: pydicom.Dataset) -> None:
        for item in dataset.SegmentSequence:
            del item.TrackingID
            del item.TrackingUID
            del item.SegmentationAlgorithmIdentificationSequence
            item.SegmentAlgorithmType = "MANUAL"

    back = read_segmentation_dicom(edited(folder, foreign), scan)[POSTERIOR]
    np.testing.assert_array_equal(back.labels, result.views[1].labels)
    assert [segment.segment_id for segment in back.segments] == [
        "posterior-1",
        "posterior-2",
        "posterior-3",
    ]
    assert {one.origin for one in corrected(scan, [back]).views[1].lesions} == {"MANUAL"}


def test_a_foreign_program_that_does_not_name_itself(exported):
    scan, _, folder = exported

    def foreign(dataset: pydicom.Dataset) -> None:
        del dataset.SegmentSequence[0].SegmentationAlgorithmIdentificationSequence

    back = read_segmentation_dicom(edited(folder, foreign), scan)[POSTERIOR]
    models = [segment.tags["BMLesionSeg.Model"] for segment in back.segments]
    assert models == ["unknown", "small 1.0.0", "small 1.0.0"]


def content(container: pydicom.Dataset) -> Iterator[pydicom.Dataset]:
    """Every item of a report, however deep."""
    for item in container.get("ContentSequence", ()):
        yield item
        yield from content(item)


def test_a_status_whose_item_has_no_name_is_not_taken(exported):
    scan, _, folder = exported
    path, report = folder / "posterior.seg.dcm", folder / "measurements.sr.dcm"

    def statuses() -> list[str]:
        (back,) = read_segmentation_dicom(path, scan, report).values()
        return [segment.tags["BMLesionSeg.Status"] for segment in back.segments]

    assert statuses() == ["unreviewed", "metastasis", "benign"]
    dataset = pydicom.dcmread(report)
    for item in content(dataset):
        if any(code.CodeValue == "BENIGN" for code in item.get("ConceptCodeSequence", ())):
            del item.ConceptNameCodeSequence
    dataset.save_as(report)
    assert statuses() == ["unreviewed", "metastasis", "unreviewed"]


def test_frames_that_lie_otherwise_than_their_view_s_are_refused(exported):
    scan, _, folder = exported
    front, back = scan.views
    lying = replace(back, source=replace(back.source, quarter_turns=1))
    with pytest.raises(FileRefused, match=r"\(256, 64\) pixels"):
        read_segmentation_dicom(folder / "posterior.seg.dcm", replace(scan, views=(front, lying)))


def drop_frames(dataset: pydicom.Dataset) -> None:
    for group in dataset.PerFrameFunctionalGroupsSequence:
        del group.DerivationImageSequence


def test_one_that_names_only_the_file_is_clear_for_one_view_alone(exported, tmp_path: Path):
    scan, _, folder = exported
    path = edited(folder, drop_frames)
    with pytest.raises(ViewsUnclear, match="refers to both"):
        read_segmentation_dicom(path, scan)
    alone = replace(scan, views=scan.views[1:])
    assert list(read_segmentation_dicom(path, alone)) == [POSTERIOR]


def test_one_of_another_scan_is_refused(exported, tmp_path: Path):
    _, _, folder = exported
    other = tmp_path / "other"
    other.mkdir()
    stranger = load_scan(source(key="another patient")(other)[0])
    with pytest.raises(ViewsUnclear, match="another scan or to none"):
        read_segmentation_dicom(folder / "anterior.seg.dcm", stranger)


def overlap(dataset: pydicom.Dataset) -> None:
    dataset.PixelData = b"\xff" * len(dataset.PixelData)


def fractional(dataset: pydicom.Dataset) -> None:
    dataset.SegmentationType = "FRACTIONAL"


def smaller(dataset: pydicom.Dataset) -> None:
    dataset.Rows = dataset.Rows // 2
    dataset.PixelData = dataset.PixelData[: len(dataset.PixelData) // 2]


def undescribed(dataset: pydicom.Dataset) -> None:
    del dataset.SegmentSequence[-1]


def cut(dataset: pydicom.Dataset) -> None:
    dataset.PixelData = dataset.PixelData[:8]


def swollen(dataset: pydicom.Dataset) -> None:
    dataset.Rows = dataset.Columns = 65535


def endless(dataset: pydicom.Dataset) -> None:
    dataset.NumberOfFrames = 2**31 - 1


def too_many(dataset: pydicom.Dataset) -> None:
    frames = dataset.PerFrameFunctionalGroupsSequence
    dataset.PerFrameFunctionalGroupsSequence = [frames[0]] * 1025
    dataset.NumberOfFrames = 1025


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (swollen, "65535"),
        (endless, "2147483647 frames came"),
        (too_many, "1025 frames came"),
        (overlap, "overlap"),
        (fractional, "FRACTIONAL"),
        (smaller, "pixels came|pixels"),
        (undescribed, "not described"),
        (cut, "damaged"),
    ],
)
def test_what_is_no_binary_segmentation_of_this_scan_is_refused(exported, edit, words: str):
    scan, _, folder = exported
    with pytest.raises(FileRefused, match=words):
        read_segmentation_dicom(edited(folder, edit), scan)


def test_other_files_are_refused(exported):
    scan, _, folder = exported
    (folder / "rubbish.dcm").write_bytes(b"no segmentation")
    for name in ("scan.dcm", "measurements.sr.dcm", "rubbish.dcm"):
        with pytest.raises(FileRefused):
            read_segmentation_dicom(folder / name, scan)

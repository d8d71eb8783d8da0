"""How each segment is coded, coloured, tracked and attributed."""

from datetime import datetime
from pathlib import Path

import numpy as np
import pydicom
import pytest

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.dicom_files import write_dicom_files
from BMLesionSegLib.exporting.origin import MODEL_TAG, OUTLINE_TAG, origin_tags
from BMLesionSegLib.exporting.segment import STATUS_TAG, Segment
from BMLesionSegLib.exporting.segmentation_nrrd import StoredSegmentation
from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegLib.reading import load_scan
from Testing.library.dicom_sources import SOURCES, stored

WHEN = datetime(2026, 11, 22)


def exported(folder: Path, segments_of) -> pydicom.Dataset:
    """The anterior segmentation of three touching lesions, tagged as the test says."""
    scan = load_scan(SOURCES["two frames"](folder)[0])
    front = stored(scan, "touching")[0]
    segments = tuple(
        Segment(number, f"anterior-{number}", f"{number}A left chest", (1, 2, 3), tags)
        for number, tags in enumerate(segments_of(front.labels), start=1)
    )
    one = StoredSegmentation(front.labels, front.geometry, segments)
    write_dicom_files(folder, corrected(scan, [one]), WHEN)
    path = folder / "anterior.seg.dcm"
    return pydicom.dcmread(path) if path.exists() else None


@pytest.mark.parametrize("status", ReviewStatus)
def test_a_metastasis_is_coded_only_where_it_is_claimed(tmp_path: Path, status: ReviewStatus):
    dataset = exported(tmp_path, lambda _: [{STATUS_TAG: status.value}] * 3)
    if status is ReviewStatus.REJECTED:
        assert dataset is None
        return
    for item in dataset.SegmentSequence:
        (kind,) = item.SegmentedPropertyTypeCodeSequence
        claimed = status in (ReviewStatus.METASTASIS, ReviewStatus.UNREVIEWED)
        assert kind.CodeValue == ("14799000" if claimed else "52988006")
        assert ("Neoplasm" in kind.CodeMeaning) is claimed
        assert item.SegmentDescription == f"Review status: {status}. {RESEARCH_USE}"
        assert item.AnatomicRegionSequence[0].CodeValue == "272673000"


def test_who_drew_it(tmp_path: Path):
    def tags(labels: np.ndarray) -> list[dict]:
        made = origin_tags("small 1.2.3", labels == 1)
        return [made, made, {}]

    first, second, third = exported(tmp_path, tags).SegmentSequence
    assert first.SegmentAlgorithmType == "AUTOMATIC"
    assert second.SegmentAlgorithmType == "SEMIAUTOMATIC"
    assert third.SegmentAlgorithmType == "MANUAL"
    (model,) = first.SegmentationAlgorithmIdentificationSequence
    assert (model.AlgorithmName, model.AlgorithmVersion) == ("BMLesionSeg small", "1.2.3")
    assert model.AlgorithmFamilyCodeSequence[0].CodeMeaning == "Artificial Intelligence"
    assert "SegmentationAlgorithmIdentificationSequence" not in third


def test_a_lesion_keeps_its_identity_when_it_is_corrected(tmp_path: Path):
    before = exported(tmp_path, lambda _: [{MODEL_TAG: "small 1"}] * 3)
    after = exported(tmp_path, lambda _: [{STATUS_TAG: "metastasis", OUTLINE_TAG: "x"}] * 3)
    uids = [[item.TrackingUID for item in one.SegmentSequence] for one in (before, after)]
    assert uids[0] == uids[1]
    assert len(set(uids[0])) == 3
    assert [item.TrackingID for item in after.SegmentSequence] == [
        "anterior-1",
        "anterior-2",
        "anterior-3",
    ]
    assert before.SOPInstanceUID != after.SOPInstanceUID


def test_colours_follow_the_status(tmp_path: Path):
    dataset = exported(tmp_path, lambda _: [{STATUS_TAG: s} for s in ("metastasis", "benign", "")])
    colours = [tuple(item.RecommendedDisplayCIELabValue) for item in dataset.SegmentSequence]
    assert len(set(colours)) == 3


def test_it_is_binary_and_nothing_overlaps(tmp_path: Path):
    dataset = exported(tmp_path, lambda _: [{}] * 3)
    assert dataset.SegmentationType == "BINARY"
    assert dataset.SegmentsOverlap == "NO"
    assert dataset.ContentDescription == RESEARCH_USE
    assert dataset.NumberOfFrames == 3

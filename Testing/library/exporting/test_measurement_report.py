"""The report's numbers, statuses and words; other programs read it."""

import subprocess
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import highdicom
import pydicom
import pytest

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.dicom_files import write_dicom_files
from BMLesionSegLib.exporting.segment import STATUS_TAG
from BMLesionSegLib.quality.flag import FlagKind, QualityFlag
from Testing.library.dicom_sources import CASES, source_and_result, stored
from Testing.library.tools import need_tool

WHEN = datetime(2026, 11, 22)


def report_of(folder: Path, variant: str, case: str):
    _, result = source_and_result(folder, variant, case)
    write_dicom_files(folder, result, WHEN)
    return result, folder / "measurements.sr.dcm"


@pytest.mark.parametrize("case", CASES)
def test_dsrdump_reads_it(tmp_path: Path, case: str):
    dump = need_tool("dsrdump", "dcmtk")
    result, path = report_of(tmp_path, "two frames", case)
    said = subprocess.run([dump, "+Pl", path], capture_output=True, text=True, check=True)
    assert not [line for line in said.stderr.splitlines() if line.startswith("E:")]
    lesions = [one for view in result.views for one in view.lesions]
    assert said.stdout.count('"Review status")=') == len(lesions)
    empty = [view for view in result.views if not view.lesions]
    nothing = "No statement possible" if result.blocks_normal else "None found, not a normal scan"
    assert said.stdout.count(f'"{nothing}"') == len(empty)
    assert RESEARCH_USE in said.stdout
    assert result.headline in said.stdout
    assert ("Neoplasm, Secondary" in said.stdout) is bool(lesions)


def test_every_measurement_comes_back_with_its_unit(tmp_path: Path):
    result, path = report_of(tmp_path, "two frames", "touching")
    groups = highdicom.sr.srread(path).content.get_volumetric_roi_measurement_groups()
    lesions = [one for view in result.views for one in view.lesions]
    assert len(groups) == len(lesions) == 6
    for group, one in zip(groups, lesions, strict=True):
        assert group.tracking_identifier == one.name
        found = {
            (item.name.value, item.derivation.meaning if item.derivation else None): (
                item.value,
                item.unit.value,
            )
            for item in group.get_measurements()
        }
        lesion = one.lesion
        expected = {
            ("42798000", None): (lesion.area_mm2, "mm2"),
            ("110820", "Mean"): (lesion.mean_counts, "{counts}"),
            ("110820", "Maximum"): (lesion.max_counts, "{counts}"),
            ("110820", "Total"): (lesion.total_counts, "{counts}"),
            ("UPTAKE-RATIO", None): (lesion.uptake_ratio, "{ratio}"),
        }
        assert found.keys() == expected.keys()
        for key, (value, unit) in expected.items():
            assert found[key] == (pytest.approx(value, rel=1e-7), unit)
        (status,) = (
            item.value.meaning
            for item in group.get_qualitative_evaluations()
            if item.name.value == "REVIEW-STATUS"
        )
        assert status.lower() == lesion.status


def test_lesions_are_named_by_their_segment_and_true_frame(tmp_path: Path):
    _, path = report_of(tmp_path, "two frames", "one")
    segmentation = pydicom.dcmread(tmp_path / "posterior.seg.dcm")
    _, back = highdicom.sr.srread(path).content.get_volumetric_roi_measurement_groups()
    reference = back.reference_type
    assert reference.meaning == "Referenced Segment"
    segment, image = (item.ReferencedSOPSequence[0] for item in back.referenced_segment)
    assert segment.ReferencedSOPInstanceUID == segmentation.SOPInstanceUID
    assert segment.ReferencedSegmentNumber == 1
    assert image.ReferencedFrameNumber == 2
    assert back.tracking_uid == segmentation.SegmentSequence[0].TrackingUID


@pytest.mark.parametrize(
    ("case", "reviewed", "flag"),
    [("no lesion", False, "PARTIAL"), ("touching", False, "PARTIAL"), ("one", True, "COMPLETE")],
)
def test_a_report_is_preliminary_and_complete_only_when_all_is_reviewed(
    tmp_path: Path, case: str, reviewed: bool, flag: str
):
    scan, _ = source_and_result(tmp_path, "two frames", case)
    drawn = stored(scan, case)
    if reviewed:
        drawn = [
            replace(one, segments=(replace(one.segments[0], tags={STATUS_TAG: "benign"}),))
            for one in drawn
        ]
    write_dicom_files(tmp_path, corrected(scan, drawn), WHEN)
    dataset = pydicom.dcmread(tmp_path / "measurements.sr.dcm")
    flags = (dataset.CompletionFlag, dataset.PreliminaryFlag, dataset.VerificationFlag)
    assert flags == (flag, "PRELIMINARY", "UNVERIFIED")


@pytest.mark.parametrize(
    ("blocked", "words"),
    [(False, "None found, not a normal scan"), (True, "No statement possible")],
)
def test_a_flagged_scan_never_reads_none_found(tmp_path: Path, blocked: bool, words: str):
    _, result = source_and_result(tmp_path, "two frames", "no lesion")
    flags = (QualityFlag(FlagKind.LOW_COUNTS, None, "Few counts.", blocks_normal=blocked),)
    result = replace(result, quality=replace(result.quality, flags=flags))
    write_dicom_files(tmp_path, result, WHEN)
    text = str(pydicom.dcmread(tmp_path / "measurements.sr.dcm"))
    assert ("None found" in text) is not blocked
    assert text.count(words) == 2


def test_the_segmentation_is_evidence(tmp_path: Path):
    _, path = report_of(tmp_path, "Siemens-like", "one")
    (study,) = pydicom.dcmread(path).CurrentRequestedProcedureEvidenceSequence
    instances = {
        item.ReferencedSOPInstanceUID
        for series in study.ReferencedSeriesSequence
        for item in series.ReferencedSOPSequence
    }
    named = [tmp_path / f"{name}.dcm" for name in ("scan", "anterior.seg", "posterior.seg")]
    assert instances == {pydicom.dcmread(one).SOPInstanceUID for one in named}

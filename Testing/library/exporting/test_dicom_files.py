"""All objects of every kind of source and result: conformant, true, readable by others."""

import subprocess
from datetime import datetime
from pathlib import Path

import highdicom
import numpy as np
import pydicom
import pytest

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.exporting.dicom_files import DICOM_FILES, write_dicom_files
from BMLesionSegLib.exporting.segmentation_import import read_segmentation_dicom
from BMLesionSegLib.reading import load_files
from BMLesionSegLib.scan import ViewName
from Testing.library.dicom_sources import CASES, SOURCES, source_and_result
from Testing.library.tools import need_tool

WHEN = datetime(2026, 11, 22, 12, 30, 5)
LATER = datetime(2026, 11, 23, 8, 0, 0)


def complaints(path: Path) -> list[str]:
    """What the validator calls an error."""
    validator = need_tool("dciodvfy", "dicom3tools")
    said = subprocess.run([validator, path], capture_output=True, text=True, errors="replace")
    lines = (said.stdout + said.stderr).splitlines()
    assert lines, "the validator names the kind of object at least"
    return [line for line in lines if line.startswith("Error")]


@pytest.fixture
def written(tmp_path: Path, variant: str, case: str):
    scan, result = source_and_result(tmp_path, variant, case)
    folder = tmp_path / "out"
    folder.mkdir()
    write_dicom_files(folder, result, WHEN)
    return scan, result, folder


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("variant", SOURCES)
def test_every_source_and_result(written):
    scan, result, folder = written
    expected = {"measurements.sr.dcm"}
    for view in result.views:
        name = view.view.name
        expected |= {f"{name}.gsps.dcm"} | ({f"{name}.seg.dcm"} if view.lesions else set())
    assert {path.name for path in folder.iterdir()} == expected <= DICOM_FILES
    for path in folder.iterdir():
        assert complaints(path) == [], path.name
    for view in result.views:
        if view.lesions:
            check_segmentation(folder / f"{view.view.name}.seg.dcm", view, scan)


def check_segmentation(path: Path, view, scan) -> None:
    """Read by highdicom in the stored frame, and by us upright: pixel-equal, true frame."""
    source = view.view.source
    segmentation = highdicom.seg.segread(path)
    stack = segmentation.get_pixels_by_source_frame(
        source.sop_instance_uid, [source.frame], combine_segments=True, skip_overlap_checks=True
    )
    np.testing.assert_array_equal(stack[0], np.rot90(view.labels, -source.quarter_turns))
    frames = {
        image.ReferencedFrameNumber
        for group in segmentation.PerFrameFunctionalGroupsSequence
        for derivation in group.DerivationImageSequence
        for image in derivation.SourceImageSequence
    }
    assert frames == {source.frame}
    back = read_segmentation_dicom(path, scan)
    assert list(back) == [view.view.name]
    np.testing.assert_array_equal(back[view.view.name].labels, view.labels)


def test_the_validator_would_notice(tmp_path: Path):
    _, result = source_and_result(tmp_path, "two frames", "one")
    write_dicom_files(tmp_path, result, WHEN)
    path = tmp_path / "posterior.seg.dcm"
    dataset = pydicom.dcmread(path)
    del dataset.SegmentSequence[0].SegmentLabel
    dataset.save_as(path)
    assert complaints(path)


def test_the_posterior_frame_is_named_by_its_true_number(tmp_path: Path):
    _, result = source_and_result(tmp_path, "two frames", "one")
    write_dicom_files(tmp_path, result, WHEN)
    for name, frame in ((ViewName.ANTERIOR, 1), (ViewName.POSTERIOR, 2)):
        for kind in ("seg", "gsps"):
            text = str(pydicom.dcmread(tmp_path / f"{name}.{kind}.dcm"))
            numbers = [line[-2] for line in text.splitlines() if "(0008,1160)" in line]
            assert numbers
            assert set(numbers) == {str(frame)}


def test_the_same_result_gives_the_same_bytes_apart_from_the_time(tmp_path: Path):
    _, result = source_and_result(tmp_path, "Siemens-like", "touching")
    written = []
    for name, when in (("first", WHEN), ("second", WHEN), ("third", LATER)):
        (tmp_path / name).mkdir()
        paths = write_dicom_files(tmp_path / name, result, when)
        written.append({path.name: path.read_bytes() for path in paths})
    first, second, third = written
    assert first == second
    for name in first:
        assert first[name] != third[name]
        assert later_bytes(first[name]) == third[name]


def later_bytes(data: bytes) -> bytes:
    return data.replace(b"20261122123005", b"20261123080000").replace(
        b"20261122", b"20261123").replace(b"123005", b"080000")  # fmt: skip


def test_another_result_is_another_object(tmp_path: Path):
    uids = set()
    for case in ("one", "touching"):
        _, result = source_and_result(tmp_path, "two frames", case)
        for path in write_dicom_files(tmp_path, result, WHEN):
            uids.add(pydicom.dcmread(path).SOPInstanceUID)
    assert len(uids) == 10


@pytest.mark.parametrize("case", ["no lesion", "touching", "one empty view"])
def test_every_object_carries_the_research_use_statement_and_an_empty_preamble(
    tmp_path: Path, case: str
):
    _, result = source_and_result(tmp_path, "GE-like", case)
    for path in write_dicom_files(tmp_path, result, WHEN):
        data = path.read_bytes()
        assert data[:128] == bytes(128)
        assert data.count(RESEARCH_USE.encode()) >= 2


def test_identity_is_what_the_standard_demands_and_no_more(tmp_path: Path):
    scan, result = source_and_result(tmp_path, "two frames", "one")
    source = pydicom.dcmread(tmp_path / "scan.dcm")
    source.InstitutionName = "Planted Hospital"
    source.OtherPatientIDs = "Planted-17"
    source.PatientComments = "Planted comment"
    source.OperatorsName = "Planted^Operator"
    source.preamble = b"Planted station".ljust(128)
    source.private_block(0x0011, "PLANTED", create=True).add_new(1, "LO", "Planted private")
    source.save_as(tmp_path / "scan.dcm")
    out = tmp_path / "out"
    out.mkdir()
    for path in write_dicom_files(out, result, WHEN):
        assert b"Planted" not in path.read_bytes()
        assert b"scan.dcm" not in path.read_bytes()
        dataset = pydicom.dcmread(path)
        for keyword in ("PatientName", "PatientID", "PatientBirthDate", "StudyDate", "StudyID"):
            assert dataset[keyword].value == source[keyword].value
        assert dataset.StudyInstanceUID == scan.study_uid


def test_a_name_in_any_letters_and_malformed_values(tmp_path: Path):
    _, result = source_and_result(tmp_path, "foreign identity", "one")
    for path in write_dicom_files(tmp_path, result, WHEN):
        dataset = pydicom.dcmread(path)
        assert str(dataset.PatientName) == "Müller^Zoë"
        assert (dataset.PatientBirthDate, dataset.PatientSex, dataset.StudyTime) == ("", "", "")


def test_the_scan_may_lie_in_two_files(tmp_path: Path):
    scan, result = source_and_result(tmp_path, "one file a view", "one")
    write_dicom_files(tmp_path, result, WHEN)
    report = pydicom.dcmread(tmp_path / "measurements.sr.dcm")
    (study,) = report.CurrentRequestedProcedureEvidenceSequence
    named = {
        item.ReferencedSOPInstanceUID
        for series in study.ReferencedSeriesSequence
        for item in series.ReferencedSOPSequence
    }
    assert {view.source.sop_instance_uid for view in scan} < named
    again = load_files([tmp_path / "anterior.dcm", tmp_path / "posterior.dcm"])
    assert list(read_segmentation_dicom(tmp_path / "posterior.seg.dcm", again)) == ["posterior"]

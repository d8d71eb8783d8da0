"""The NM writer: what it writes is conformant, complete, repeatable, and nobody's."""

import subprocess
from pathlib import Path

import numpy as np
import pydicom
import pytest

from BMLesionSegLib import RESEARCH_USE
from BMLesionSegLib.errors import CountsRefused, GeometryRefused, OutputRefused, ViewsUnclear
from BMLesionSegLib.exporting.nuclear_medicine import SyntheticIdentity, write_nuclear_medicine
from BMLesionSegLib.scan import ViewName
from Testing.library.scans import SPACING, body_pair
from Testing.library.tools import need_tool

IDENTITY = SyntheticIdentity("seed 1 patient 1", "000001", "F", 63)
SMALL = body_pair((64, 16))


def views_given(which: str) -> dict:
    return {view: SMALL[view] for view in SMALL if which in ("both", view)}


@pytest.mark.parametrize("which", ["both", "anterior", "posterior"])
def test_a_strict_validator_has_nothing_to_say(tmp_path: Path, which: str):
    validator = need_tool("dciodvfy", "dicom3tools")
    path = tmp_path / "scan.dcm"
    write_nuclear_medicine(path, views_given(which), SPACING, IDENTITY)
    said = subprocess.run([validator, path], capture_output=True, text=True, check=True)
    assert (said.stdout + said.stderr).split() == ["NMImage"]


def test_the_validator_notices_a_missing_attribute(tmp_path: Path):
    validator = need_tool("dciodvfy", "dicom3tools")
    path = tmp_path / "scan.dcm"
    write_nuclear_medicine(path, SMALL, SPACING, IDENTITY)
    dataset = pydicom.dcmread(path)
    del dataset.CountsAccumulated
    dataset.save_as(path)
    said = subprocess.run([validator, path], capture_output=True, text=True, check=False)
    assert "CountsAccumulated" in said.stderr


def test_every_pixel_and_the_spacing_come_back(tmp_path: Path):
    path = tmp_path / "scan.dcm"
    write_nuclear_medicine(path, SMALL, (2.4, 2.26), IDENTITY)
    dataset = pydicom.dcmread(path)
    np.testing.assert_array_equal(dataset.pixel_array[0], SMALL[ViewName.ANTERIOR])
    np.testing.assert_array_equal(dataset.pixel_array[1], SMALL[ViewName.POSTERIOR])
    assert list(dataset.PixelSpacing) == [2.4, 2.26]
    assert dataset.CountsAccumulated == sum(int(view.sum()) for view in SMALL.values())
    meanings = [
        item.ViewCodeSequence[0].CodeMeaning for item in dataset.DetectorInformationSequence
    ]
    assert meanings == ["Anterior", "Posterior"]


def test_same_input_same_bytes_and_another_key_another_scan(tmp_path: Path):
    first, again, other = (tmp_path / name for name in ("first", "again", "other"))
    write_nuclear_medicine(first, SMALL, SPACING, IDENTITY)
    reordered = dict(reversed(SMALL.items()))
    write_nuclear_medicine(again, reordered, SPACING, IDENTITY)
    write_nuclear_medicine(other, SMALL, SPACING, SyntheticIdentity("seed 2", "000001", "F", 63))
    assert first.read_bytes() == again.read_bytes()
    uids = [pydicom.dcmread(path).StudyInstanceUID for path in (first, other)]
    assert uids[0] != uids[1]


def test_one_file_a_view_makes_one_series_of_two_instances(tmp_path: Path):
    datasets = []
    for view, counts in SMALL.items():
        write_nuclear_medicine(tmp_path / view, {view: counts}, SPACING, IDENTITY)
        datasets.append(pydicom.dcmread(tmp_path / view))
    assert datasets[0].SeriesInstanceUID == datasets[1].SeriesInstanceUID
    assert datasets[0].SOPInstanceUID != datasets[1].SOPInstanceUID
    assert [dataset.InstanceNumber for dataset in datasets] == [1, 2]
    assert [dataset.NumberOfFrames for dataset in datasets] == [1, 1]


def test_the_file_says_that_nobody_was_scanned(tmp_path: Path):
    path = tmp_path / "scan.dcm"
    write_nuclear_medicine(path, SMALL, SPACING, IDENTITY)
    dataset = pydicom.dcmread(path)
    assert str(dataset.PatientName) == "SIMULATED^000001"
    assert (dataset.PatientSex, dataset.PatientAge, dataset.PatientBirthDate) == (
        "F",
        "063Y",
        "19630101",
    )
    assert RESEARCH_USE in dataset.ImageComments
    assert path.read_bytes()[:128] == bytes(128)


def test_counts_beyond_an_integer_string_leave_the_total_empty(tmp_path: Path):
    path = tmp_path / "scan.dcm"
    counts = np.full((1024, 256), 65535, np.uint16)
    counts[0, 0] = 0
    write_nuclear_medicine(path, {ViewName.ANTERIOR: counts}, SPACING, IDENTITY)
    assert pydicom.dcmread(path).CountsAccumulated is None


@pytest.mark.parametrize(
    ("counts", "spacing", "error"),
    [
        ({}, SPACING, ViewsUnclear),
        ({ViewName.ANTERIOR: np.zeros((64, 16), np.uint16)}, SPACING, CountsRefused),
        ({ViewName.ANTERIOR: np.eye(64, 16, dtype=np.float32)}, SPACING, CountsRefused),
        (SMALL | {ViewName.POSTERIOR: np.eye(64, 17, dtype=np.uint16)}, SPACING, CountsRefused),
        (SMALL, (2.26, 0.0), GeometryRefused),
    ],
)
def test_refusals_write_nothing(tmp_path: Path, counts, spacing, error):
    with pytest.raises(error):
        write_nuclear_medicine(tmp_path / "scan.dcm", counts, spacing, IDENTITY)
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path):
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(OutputRefused):
        write_nuclear_medicine(tmp_path / "file" / "scan.dcm", SMALL, SPACING, IDENTITY)

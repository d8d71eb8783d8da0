"""Cohorts on disk: conformant, repeatable on any number of processes."""

import subprocess
from pathlib import Path

import pytest

from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.reading import load_scan
from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation.writing import FileKind, write_cohort, write_patient
from Testing.library.tools import need_tool


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_same_bytes_on_one_process_and_on_two(tmp_path: Path):
    for workers in (1, 2):
        names = list(write_cohort(tmp_path / str(workers), "paper", 5, 2, workers))
        assert names == ["patient-000001", "patient-000002"]
    assert contents(tmp_path / "1") == contents(tmp_path / "2")


@pytest.mark.parametrize("files", list(FileKind))
def test_every_kind_of_file_is_conformant_and_read_back(tmp_path: Path, files: FileKind):
    validator = need_tool("dciodvfy", "dicom3tools")
    list(write_cohort(tmp_path / "cohort", "clinic", 6, 1, 1, files))
    folder = tmp_path / "cohort" / "patient-000001"
    scans = sorted(folder.glob("*.dcm"))
    assert len(scans) == (2 if files is FileKind.ONE_A_VIEW else 1)
    for path in scans:
        said = subprocess.run([validator, path], capture_output=True, text=True, check=True)
        assert (said.stdout + said.stderr).split() == ["NMImage"]
    scan = load_scan(scans[0])
    assert scan.views[0].name is ViewName.ANTERIOR
    assert scan.views[0].counts.shape == files.matrix.shape
    assert scan.views[0].spacing == pytest.approx((files.matrix.pixel_mm,) * 2)


def test_a_folder_that_holds_something_is_refused(tmp_path: Path):
    (tmp_path / "note").write_text("x")
    with pytest.raises(OutputRefused, match="empty folder"):
        list(write_cohort(tmp_path, "clinic", 1, 1))


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path):
    (tmp_path / "taken").touch()
    with pytest.raises(OutputRefused, match="Choose a folder"):
        next(write_cohort(tmp_path / "taken" / "cohort", "clinic", 1, 1))


def test_a_patient_s_folder_that_holds_something_is_not_replaced(tmp_path: Path):
    (tmp_path / "patient-000001").mkdir()
    (tmp_path / "patient-000001" / "note").write_text("mine")
    with pytest.raises(OutputRefused, match="patient-000001"):
        write_patient(tmp_path, "paper", 5, FileKind.TWO_FRAMES, 1)
    assert contents(tmp_path) == {"patient-000001/note": b"mine"}

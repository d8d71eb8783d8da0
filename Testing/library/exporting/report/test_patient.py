"""The patient as the header states it."""

from pathlib import Path

import pytest

from BMLesionSegLib.exporting.report.patient import Patient, patient_of, person
from BMLesionSegLib.reading import load_files
from Testing.library.dicom_sources import SOURCES
from Testing.library.scans import body_pair, scan_of


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("Doe^Jane", "Doe, Jane"),
        ("Müller^Zoë^Maria^Dr.", "Müller, Zoë Maria Dr."),
        ("Zhang^Wei=张^伟", "Zhang, Wei / 张伟"),
        ("Doe", "Doe"),
        ("^Jane", "Jane"),
        ("", ""),
    ],
)
def test_names_are_written_for_reading(name: str, read: str):
    assert person(name) == read


def test_from_a_file_of_foreign_letters_and_malformed_values(tmp_path: Path):
    scan = load_files(SOURCES["foreign identity"](tmp_path))
    assert patient_of(scan) == Patient("Müller, Zoë", "000001", "", "", "2026-01-01", "", "")


def test_a_scan_that_is_no_dicom_names_nobody():
    assert patient_of(scan_of(body_pair((256, 64)), (9.04, 9.0))) == Patient()

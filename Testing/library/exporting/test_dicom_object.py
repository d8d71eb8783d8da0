"""References to the file as it is, and foreign complaints in our own words."""

from datetime import datetime
from pathlib import Path

import pydicom
import pytest

from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.exporting import dicom_files
from BMLesionSegLib.exporting.corrected import corrected
from BMLesionSegLib.exporting.dicom_files import write_dicom_files
from BMLesionSegLib.reading import load_scan
from Testing.library.dicom_sources import source, source_and_result, stored
from Testing.library.nm_files import setting

WHEN = datetime(2026, 11, 22)
SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"


def test_a_file_of_another_class_is_referred_to_by_its_own(tmp_path: Path):
    scan = load_scan(source(setting(SOPClassUID=SECONDARY_CAPTURE))(tmp_path)[0])
    uid = scan.views[0].source.sop_instance_uid
    for path in write_dicom_files(tmp_path, corrected(scan, stored(scan, "one")), WHEN):
        classes = [
            item.ReferencedSOPClassUID
            for element in pydicom.dcmread(path).iterall()
            if element.VR == "SQ"
            for item in element.value
            if item.get("ReferencedSOPInstanceUID") == uid
        ]
        assert classes
        assert set(classes) == {SECONDARY_CAPTURE}


def test_a_library_s_complaint_becomes_a_refusal_without_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    _, result = source_and_result(tmp_path, "two frames", "one")

    def complain(*_: object) -> None:
        raise ValueError("Lastname^Firstname is not valid")

    monkeypatch.setattr(dicom_files, "dicom_objects", complain)
    with pytest.raises(OutputRefused) as refused:
        write_dicom_files(tmp_path, result, WHEN)
    assert "Lastname" not in str(refused.value)
    assert refused.value.__cause__ is None

import pytest
from pydicom import Dataset

from BMLesionSegLib.errors import ArchiveRefused
from BMLesionSegLib.pacs.archive import (
    FoundSeries,
    FoundStudy,
    StudyQuery,
    checked_uid,
    found_series,
    found_study,
    with_nuclear_medicine,
)
from Testing.library.nm_files import malformed


def answer(**values):
    dataset = Dataset()
    malformed(**values)(dataset)
    return dataset


def test_a_query_asks_for_nuclear_medicine_and_no_more_than_was_said():
    assert StudyQuery().keys() == {"ModalitiesInStudy": "NM"}
    keys = StudyQuery("1.2", "20260101", "ID", "7").keys()
    assert keys["PatientID"] == "ID"
    assert len(keys) == 5
    with pytest.raises(ArchiveRefused, match="digits and points"):
        StudyQuery(study="*").keys()


def test_a_study_without_its_patient():
    study = found_study(
        answer(
            StudyInstanceUID="1.2.3",
            StudyDate="20260102",
            StudyTime="101500.25",
            ModalitiesInStudy="NM\\SR",
            PatientName="Lastname",
        )
    )
    assert study == FoundStudy("1.2.3", "20260102", "101500", ("NM", "SR"))


def test_only_what_has_its_form_is_taken():
    study = found_study(
        answer(
            StudyInstanceUID="1.2.3",
            StudyDate="2026-1-2",
            StudyTime="10",
            ModalitiesInStudy="NM\\\x1b[31mred",
        )
    )
    assert study == FoundStudy("1.2.3", "", "", ("NM",))


def test_a_series():
    assert found_series(answer(SeriesInstanceUID="1.4", Modality="NM")) == FoundSeries("1.4", "NM")


@pytest.mark.parametrize("uid", ["", "*", "1.2\\3", "../..", "1..2", ".1", "1.", "1" * 65, "1.2\n"])
def test_what_is_no_uid(uid):
    assert checked_uid("1.2.840.10008") == "1.2.840.10008"
    with pytest.raises(ArchiveRefused, match="digits and points"):
        checked_uid(uid)


def test_studies_that_say_they_are_something_else_go():
    kinds = [("NM", "CT"), ("CT",), ()]
    studies = [FoundStudy(str(number), "", "", kind) for number, kind in enumerate(kinds)]
    assert [study.uid for study in with_nuclear_medicine(studies)] == ["0", "2"]

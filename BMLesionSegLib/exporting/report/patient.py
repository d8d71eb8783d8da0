"""Whose scan it is, as the source file states it; it stands in the signed document alone."""

from dataclasses import dataclass

from BMLesionSegLib.exporting.report.helvetica import is_latin
from BMLesionSegLib.exporting.source_instance import can_be_referenced, source_instance
from BMLesionSegLib.reading.dicom_file import text
from BMLesionSegLib.scan import BoneScan


@dataclass(frozen=True)
class Patient:
    """Patient and study; whatever the file does not state is empty."""

    name: str = ""
    patient_id: str = ""
    birth_date: str = ""
    sex: str = ""
    study_date: str = ""
    accession_number: str = ""
    referring_physician: str = ""


def patient_of(scan: BoneScan) -> Patient:
    """From the header of the scan's own file; nobody for other files than DICOM.

    Raises:
        FileRefused: the scan's file has gone or changed.
    """
    if not can_be_referenced(scan):
        return Patient()
    identity = source_instance(scan.views[0]).identity
    return Patient(
        name=person(text(identity, "PatientName")),
        patient_id=text(identity, "PatientID"),
        birth_date=date(text(identity, "PatientBirthDate")),
        sex=text(identity, "PatientSex"),
        study_date=date(text(identity, "StudyDate")),
        accession_number=text(identity, "AccessionNumber"),
        referring_physician=person(text(identity, "ReferringPhysicianName")),
    )


def person(name: str) -> str:
    """A DICOM person name for reading: family name, comma, the others; other spellings behind.

    In Chinese and Korean letters the parts stand together as they are written there.
    """
    spellings = []
    for spelling in name.split("="):
        family, _, others = spelling.partition("^")
        given = " ".join(others.replace("^", " ").split())
        parts = [part for part in (family.strip(), given) if part]
        latin = any(map(is_latin, "".join(parts)))
        together = ", " if latin else ""
        spellings.append(together.join(parts))
    return " / ".join(one for one in spellings if one)


def date(text: str) -> str:
    """YYYYMMDD as YYYY-MM-DD."""
    return f"{text[:4]}-{text[4:6]}-{text[6:8]}" if len(text) == 8 else text

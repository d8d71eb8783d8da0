"""What an archive is asked and what it answers, whatever the protocol."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from BMLesionSegLib.errors import ArchiveRefused
from BMLesionSegLib.reading.dicom_file import text

if TYPE_CHECKING:
    from pydicom import Dataset

UID = re.compile(r"[0-9]+(\.[0-9]+)*")
MOST_ANSWERS = 200


@dataclass(frozen=True)
class StudyQuery:
    """Which studies with nuclear medicine images are wanted; what is None does not matter.

    Attributes:
        study: study instance UID.
        date: of the study, ``YYYYMMDD`` or ``YYYYMMDD-YYYYMMDD``.
        patient: patient ID.
        accession: accession number.
    """

    study: str | None = None
    date: str | None = None
    patient: str | None = None
    accession: str | None = None

    def keys(self) -> dict[str, str]:
        """The attributes to match.

        Raises:
            ArchiveRefused: the UID is none.
        """
        wanted = {
            "StudyInstanceUID": None if self.study is None else checked_uid(self.study),
            "StudyDate": self.date,
            "PatientID": self.patient,
            "AccessionNumber": self.accession,
            "ModalitiesInStudy": "NM",
        }
        return {keyword: value for keyword, value in wanted.items() if value is not None}


@dataclass(frozen=True)
class FoundStudy:
    """A study as the archive lists it, without anything that names the patient.

    Attributes:
        uid: study instance UID.
        date: ``YYYYMMDD``, or empty.
        time: ``HHMMSS``, or empty.
        modalities: of its series, as far as the archive says.
    """

    uid: str
    date: str
    time: str
    modalities: tuple[str, ...]


STUDY_FIELDS = ("StudyInstanceUID", "StudyDate", "StudyTime", "ModalitiesInStudy")


@dataclass(frozen=True)
class FoundSeries:
    """A series as the archive lists it: its UID and its modality."""

    uid: str
    modality: str


SERIES_FIELDS = ("SeriesInstanceUID", "Modality")


@dataclass(frozen=True)
class Received:
    """An object that came: its UID, and the bytes of a DICOM file."""

    sop_instance_uid: str
    content: bytes


class Archive(Protocol):
    """An archive that can be asked.

    Every method raises `ArchiveUnreachable` where the archive is silent, closed, not trusted or
    does not let us in, and `ArchiveRefused` where it answers no, or is not understood.
    """

    def studies(self, query: StudyQuery) -> list[FoundStudy]:
        """The studies with nuclear medicine images that match; at most `MOST_ANSWERS`."""
        ...

    def series(self, study_uid: str) -> list[FoundSeries]:
        """The series of a study."""
        ...

    def fetch(self, study_uid: str, series_uid: str) -> list[Received]:
        """Every object of a series."""
        ...

    def store(self, dataset: "Dataset") -> None:
        """Hand one object over; returns only when the archive says that it holds it."""
        ...


def found_study(answer: "Dataset") -> FoundStudy:
    """A study of an archive's answer; only what has the form it should have is taken."""
    modalities = text(answer, "ModalitiesInStudy").split("\\")
    return FoundStudy(
        checked_uid(text(answer, "StudyInstanceUID")),
        digits(text(answer, "StudyDate"), 8),
        digits(text(answer, "StudyTime"), 6),
        tuple(name for name in modalities if re.fullmatch(r"[A-Z0-9_]{1,16}", name)),
    )


def found_series(answer: "Dataset") -> FoundSeries:
    """A series of an archive's answer."""
    return FoundSeries(checked_uid(text(answer, "SeriesInstanceUID")), text(answer, "Modality"))


def with_nuclear_medicine(studies: list[FoundStudy]) -> list[FoundStudy]:
    """Without those that state only other modalities: an archive need not match them itself."""
    return [study for study in studies if not study.modalities or "NM" in study.modalities]


def checked_uid(uid: str) -> str:
    """A UID that may be put into an address or a query.

    Raises:
        ArchiveRefused: it is none (PS3.5 section 9).
    """
    if len(uid) > 64 or not UID.fullmatch(uid):
        raise ArchiveRefused(
            "a study is named by its UID: digits and points, at most 64",
            "something else came",
            "Take the UID from `bmlesionseg pacs query`.",
        )
    return uid


def digits(value: str, count: int) -> str:
    """The first digits of a date or time, or nothing where there are not that many."""
    found = re.match(rf"[0-9]{{{count}}}", value)
    return found[0] if found else ""


def too_many() -> ArchiveRefused:
    """The refusal of a question that is too wide."""
    return ArchiveRefused(
        f"a question has at most {MOST_ANSWERS} answers",
        "the archive has more",
        "Ask for a date, a patient or an accession number.",
    )

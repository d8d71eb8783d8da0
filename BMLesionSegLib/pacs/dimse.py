"""An archive over DIMSE (PS3.7): C-FIND to query, C-GET or C-MOVE to fetch, C-STORE to store."""

from typing import TYPE_CHECKING

from BMLesionSegLib.errors import ArchiveRefused
from BMLesionSegLib.pacs.archive import (
    MOST_ANSWERS,
    SERIES_FIELDS,
    STUDY_FIELDS,
    FoundSeries,
    FoundStudy,
    Received,
    StudyQuery,
    found_series,
    found_study,
    too_many,
    with_nuclear_medicine,
)
from BMLesionSegLib.pacs.association import Line, accepted, status_of
from BMLesionSegLib.pacs.receiving import Receiver
from BMLesionSegLib.pacs.status import HELD_ALREADY, question_refused, store_refused
from BMLesionSegLib.reading.dicom_file import text

if TYPE_CHECKING:
    from pydicom import Dataset

FIND = "1.2.840.10008.5.1.4.1.2.2.1"
"""Study Root Query/Retrieve Information Model - FIND (PS3.4 annex C)."""
PENDING = (0xFF00, 0xFF01)
SUCCESS = 0x0000
WARNINGS = range(0xB000, 0xC000)
UNCOMPRESSED = ("1.2.840.10008.1.2.1", "1.2.840.10008.1.2")


class DimseArchive:
    """A DICOM application entity.

    Args:
        line: how to call it.
        port: where it may send images to (C-MOVE); None lets them come over our own call (C-GET).
    """

    def __init__(self, line: Line, port: int | None = None) -> None:
        self._line = line
        self._receiver = Receiver(line, port)

    def studies(self, query: StudyQuery) -> list[FoundStudy]:
        """The studies that match; see `Archive`."""
        question = dict.fromkeys(STUDY_FIELDS, "") | query.keys()
        return with_nuclear_medicine([found_study(a) for a in self._answers("STUDY", question)])

    def series(self, study_uid: str) -> list[FoundSeries]:
        """The series of a study; see `Archive`."""
        question = dict.fromkeys(SERIES_FIELDS, "") | {"StudyInstanceUID": study_uid}
        return [found_series(answer) for answer in self._answers("SERIES", question)]

    def fetch(self, study_uid: str, series_uid: str) -> list[Received]:
        """Every object of a series; see `Archive`."""
        return self._receiver.fetch(study_uid, series_uid)

    def store(self, dataset: "Dataset") -> None:
        """Hand one object over; see `Archive`."""
        from pynetdicom import build_context

        sop_class = text(dataset, "SOPClassUID")
        syntax = text(dataset.file_meta, "TransferSyntaxUID")
        syntaxes = UNCOMPRESSED if syntax in UNCOMPRESSED else (syntax,)
        context = build_context(sop_class, list(syntaxes))
        with self._line.association([context]) as association:
            if not accepted(association, sop_class):
                raise store_refused(0x0122)
            status = status_of(association.send_c_store(dataset))
            if status is None:
                raise self._line.lost(association)
            if status not in (SUCCESS, HELD_ALREADY) and status not in WARNINGS:
                raise store_refused(status)

    def _answers(self, level: str, question: dict[str, str]) -> "list[Dataset]":
        """The answers to a C-FIND.

        Raises:
            ArchiveRefused: too many, or the archive answers no.
            ArchiveUnreachable: it does not answer to the end.
        """
        from pydicom import Dataset
        from pynetdicom import build_context

        wanted = Dataset()
        wanted.QueryRetrieveLevel = level
        for keyword, value in question.items():
            setattr(wanted, keyword, value)
        found: list[Dataset] = []
        with self._line.association([build_context(FIND)]) as association:
            if not accepted(association, FIND):
                raise no_queries()
            for answer, identifier in association.send_c_find(wanted, FIND):
                status = status_of(answer)
                if status is None:
                    raise self._line.lost(association)
                if status in PENDING and identifier is not None:
                    found.append(identifier)
                elif status != SUCCESS:
                    raise question_refused(status)
                if len(found) > MOST_ANSWERS:
                    association.abort()
                    raise too_many()
        return found


def no_queries() -> ArchiveRefused:
    """The refusal of an archive that only stores."""
    return ArchiveRefused(
        "the archive answers queries",
        "it does not offer them to this computer",
        "Ask its administrator for the right to query.",
    )

"""Objects into an archive, one by one, each with its own outcome."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from BMLesionSegLib.errors import (
    ArchiveRefused,
    ArchiveUnreachable,
    BMLesionSegError,
    FileRefused,
)
from BMLesionSegLib.pacs.archive import UID, Archive
from BMLesionSegLib.pacs.journal import Journal
from BMLesionSegLib.reading.dicom_file import read_dataset, text
from BMLesionSegLib.reading.files import check_file

if TYPE_CHECKING:
    from pydicom import Dataset


class Outcome(StrEnum):
    """What became of an object."""

    STORED = "stored"
    STORED_BEFORE = "stored before, not sent again"


@dataclass(frozen=True)
class Stored:
    """A file and what became of it.

    Attributes:
        path: of the file.
        outcome: the good end, or why there is none.
    """

    path: Path
    outcome: Outcome | BMLesionSegError


def store_files(
    archive: Archive, address: str, files: Iterable[Path], journals: Path, again: bool = False
) -> Iterator[Stored]:
    """Store DICOM files; one that is refused does not stop the others.

    An archive that cannot be talked to is not tried again for the rest. What a journal says was
    stored is not sent a second time.

    Args:
        archive: where to.
        address: of the archive, as the journals know it.
        files: of any studies.
        journals: folder of the journals.
        again: send also what was stored before.
    """
    lost: ArchiveUnreachable | None = None
    for path in files:
        if lost is not None:
            yield Stored(path, not_tried())
            continue
        try:
            yield Stored(path, store_file(archive, address, path, journals, again))
        except ArchiveUnreachable as error:
            lost = error
            yield Stored(path, error)
        except BMLesionSegError as error:
            yield Stored(path, error)


def store_file(archive: Archive, address: str, path: Path, journals: Path, again: bool) -> Outcome:
    """Store one DICOM file.

    Raises:
        FileRefused: it is no DICOM object that can be stored.
        ArchiveRefused: the archive did not take it.
        ArchiveUnreachable: the archive cannot be talked to.
        OutputRefused: the journal cannot be kept.
    """
    dataset = storable(path)
    uid = text(dataset, "SOPInstanceUID")
    journal = Journal(journals, address, text(dataset, "StudyInstanceUID"))
    if journal.holds(uid) and not again:
        return Outcome.STORED_BEFORE
    archive.store(dataset)
    journal.note(uid)
    return Outcome.STORED


def storable(path: Path) -> "Dataset":
    """A DICOM object with everything that an archive files it by.

    Raises:
        FileRefused: unreadable, or a UID is missing.
    """
    check_file(path)
    dataset = read_dataset(path)
    uids = ("SOPClassUID", "SOPInstanceUID", "SeriesInstanceUID", "StudyInstanceUID")
    if not all(UID.fullmatch(text(dataset, keyword)) for keyword in uids):
        raise FileRefused(
            "an object for an archive names its class, itself, its series and its study",
            "a UID is missing",
            "Give the .dcm files that `segment` or `export` wrote.",
        )
    return dataset


def not_tried() -> ArchiveRefused:
    """The refusal of the objects behind the one at which the archive was lost."""
    return ArchiveRefused(
        "the archive still answers", "it was lost before this one", "Run the command again."
    )

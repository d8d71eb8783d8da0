"""What every exported DICOM object has in common: maker, series, patient, true references, time."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from BMLesionSegLib import RESEARCH_USE, __version__
from BMLesionSegLib.errors import BMLesionSegError, OutputRefused
from BMLesionSegLib.exporting.atomic import atomic_path
from BMLesionSegLib.exporting.nuclear_medicine import WRITER_UID
from BMLesionSegLib.exporting.source_instance import SourceInstance
from BMLesionSegLib.exporting.uids import uid_of
from BMLesionSegLib.reading.dicom_file import silent

if TYPE_CHECKING:
    from pydicom import Dataset

PRODUCT = "BMLesionSeg"
CONTENT_LABEL = "BMLESIONSEG"
SERIES_DESCRIPTION = f"{PRODUCT}. {RESEARCH_USE}"


@dataclass(frozen=True)
class Place:
    """Where an object stands in its study.

    Attributes:
        kind: of the series; the objects of one kind and one result share it.
        series_number: for the reader's list.
        instance_number: in the series, from 1.
        fingerprint: of the result.
    """

    kind: str
    series_number: int
    instance_number: int
    fingerprint: str

    @property
    def sop_instance_uid(self) -> str:
        """Follows from what the object says."""
        return uid_of(self.kind, self.fingerprint, str(self.instance_number))

    def arguments(self) -> dict[str, Any]:
        """As highdicom's constructors take it, with the maker."""
        return {
            "series_instance_uid": uid_of("series", self.kind, self.fingerprint),
            "series_number": self.series_number,
            "sop_instance_uid": self.sop_instance_uid,
            "instance_number": self.instance_number,
            "manufacturer": PRODUCT,
            "manufacturer_model_name": PRODUCT,
            "software_versions": __version__,
            "device_serial_number": __version__,
            "series_description": SERIES_DESCRIPTION,
        }


@contextmanager
def own_words() -> Iterator[None]:
    """Turn what the DICOM libraries object to into one refusal, and keep the rest from the log.

    Raises:
        OutputRefused: the libraries cannot write such an object.
    """
    with silent("highdicom"):
        try:
            yield
        except (BMLesionSegError, OSError):
            raise
        except Exception:
            # Not "from" it: the original message may quote the header.
            raise OutputRefused(
                "the result can be written as DICOM objects",
                "the scan's header or a segment's text does not allow it",
                "Export the scan again from the archive.",
            ) from None


def finish(dataset: "Dataset", sources: Iterable[SourceInstance], when: datetime) -> None:
    """Fill in what a library must not see or cannot know: patient, true references, time.

    Args:
        dataset: as built from the sources' nameless headers.
        sources: all that it refers to, of one study.
        when: the moment of the export.
    """
    for source in sources:
        dataset.update(source.identity)
        true_references(dataset, source)
    for moment in ("InstanceCreation", "Content", "PresentationCreation"):
        if f"{moment}Date" in dataset:
            setattr(dataset, f"{moment}Date", when.strftime("%Y%m%d"))
            setattr(dataset, f"{moment}Time", when.strftime("%H%M%S"))
    for equipment in dataset.get("ContributingEquipmentSequence", []):
        equipment.ContributionDateTime = when.strftime("%Y%m%d%H%M%S")


def true_references(dataset: "Dataset", source: SourceInstance) -> None:
    """Name the source's own class wherever an object refers to it.

    The reduced header calls itself a nuclear medicine image, whatever the file is.
    """
    for element in dataset:
        if element.VR != "SQ":
            continue
        for item in element.value:
            if item.get("ReferencedSOPInstanceUID") == source.header.SOPInstanceUID:
                item.ReferencedSOPClassUID = source.sop_class
            true_references(item, source)


def save(dataset: "Dataset", path: Path) -> None:
    """Write an object whole or not at all, with an empty preamble.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    from pydicom import dcmwrite
    from pydicom.uid import UID

    dataset.preamble = bytes(128)
    dataset.file_meta.ImplementationClassUID = UID(WRITER_UID)
    dataset.file_meta.ImplementationVersionName = CONTENT_LABEL
    with atomic_path(path) as temporary:
        dcmwrite(temporary, dataset, enforce_file_format=True)

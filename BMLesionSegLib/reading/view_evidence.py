"""What a DICOM header says about the view of one frame, one function a kind of evidence."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from BMLesionSegLib.reading.dicom_file import items, numbers, text
from BMLesionSegLib.reading.view_words import view_in_words
from BMLesionSegLib.scan import EvidenceKind, ViewName

if TYPE_CHECKING:
    from pydicom import Dataset

# PS3.16 CID 26 Nuclear Medicine Projections: SNOMED CT, and the older SRT.
VIEW_CODES = {
    "399321004": ViewName.ANTERIOR,
    "G-5215": ViewName.ANTERIOR,
    "399001007": ViewName.POSTERIOR,
    "G-5216": ViewName.POSTERIOR,
}
# GE's private block GEMS_GENIE in group 0011: data set name and picture object name.
GENIE_GROUP = 0x0011
GENIE_NAMES = (0x12, 0x30)
GENIE_ENDINGS = {"_E": ViewName.ANTERIOR, "_F": ViewName.POSTERIOR}

# PS3.3 C.8.4.11 Start Angle: degrees from the patient's back.
START_ANGLES = {0.0: ViewName.POSTERIOR, 180.0: ViewName.ANTERIOR, 360.0: ViewName.POSTERIOR}
ANGLE_TOLERANCE = 10.0

DETECTORS = {1: ViewName.ANTERIOR, 2: ViewName.POSTERIOR}


@dataclass(frozen=True)
class Frame:
    """What the header holds about one frame.

    Attributes:
        dataset: the whole header.
        detector: the frame's item of DetectorInformationSequence, if any.
        detector_number: 1-based, as DetectorVector says; None where nothing says it.
        index: 0-based place in the file.
        frames: how many frames the file has.
    """

    dataset: "Dataset"
    detector: "Dataset | None"
    detector_number: int | None
    index: int
    frames: int


@dataclass(frozen=True)
class Statement:
    """A view as one kind of evidence states it."""

    view: ViewName
    text: str


def header_frames(dataset: "Dataset", frames: int) -> list[Frame]:
    """The frames of a file, each with its detector.

    Two frames without a usable DetectorVector are taken in the order of the detectors; one frame
    without it says nothing.
    """
    detectors = items(dataset, "DetectorInformationSequence")
    vector = [int(number) for number in numbers(dataset, "DetectorVector") if number.is_integer()]
    known = len(vector) == frames
    found = []
    for index in range(frames):
        number = vector[index] if known else index + 1 if frames > 1 else None
        place = index if number is None or len(detectors) == frames == 1 else number - 1
        detector = detectors[place] if 0 <= place < len(detectors) else None
        found.append(Frame(dataset, detector, number, index, frames))
    return found


def from_view_code(frame: Frame) -> Statement | None:
    """The detector's ViewCodeSequence: a standard code, else the words of a local one."""
    for code in items(frame.detector, "ViewCodeSequence") if frame.detector else []:
        number = text(code, "CodeValue")
        if number in VIEW_CODES:
            return Statement(VIEW_CODES[number], f"view code {number}")
        found = view_in_words(text(code, "CodeMeaning")) or view_in_words(number)
        if found is not None:
            return Statement(found[0], f'view code meaning "{found[1]}"')
    return None


def from_private_text(frame: Frame) -> Statement | None:
    """GE's own label of the picture; in files of two frames only where each has its own."""
    for label in _genie_labels(frame.dataset):
        parts = label.split("\\")
        part = parts[frame.index] if len(parts) == frame.frames else label
        found = view_in_words(part)
        ending = part.upper()[-2:]
        if found is None and ending in GENIE_ENDINGS:
            found = GENIE_ENDINGS[ending], ending
        if found is not None:
            return Statement(found[0], f'camera label "{found[1]}"')
    return None


def from_start_angle(frame: Frame) -> Statement | None:
    """The detector's angle about the patient: 0 at the back, 180 in front."""
    angles = numbers(frame.detector, "StartAngle") if frame.detector else ()
    for angle in angles[:1]:
        for known, view in START_ANGLES.items():
            if abs(angle % 360 - known) <= ANGLE_TOLERANCE:
                return Statement(view, f"start angle {angle:g}")
    return None


def from_description(frame: Frame) -> Statement | None:
    """A word in SeriesDescription."""
    found = view_in_words(text(frame.dataset, "SeriesDescription"))
    return Statement(found[0], f'series description "{found[1]}"') if found else None


def from_detector_number(frame: Frame) -> Statement | None:
    """Detector 1 is mostly in front: an assumption that the user must confirm."""
    view = DETECTORS.get(frame.detector_number or 0)
    note = f"detector {frame.detector_number}; assumed, nothing in the file says the view"
    return Statement(view, note) if view else None


def _genie_labels(dataset: "Dataset") -> Iterator[str]:
    from pydicom.tag import Tag

    for block in range(0x10, 0x100):
        if text(dataset, Tag(GENIE_GROUP, block)).startswith("GEMS_GENIE"):
            for name in GENIE_NAMES:
                yield text(dataset, Tag(GENIE_GROUP, (block << 8) + name))


WITNESSES: dict[EvidenceKind, Callable[[Frame], Statement | None]] = {
    EvidenceKind.VIEW_CODE: from_view_code,
    EvidenceKind.PRIVATE_TEXT: from_private_text,
    EvidenceKind.START_ANGLE: from_start_angle,
    EvidenceKind.DESCRIPTION: from_description,
    EvidenceKind.DETECTOR_NUMBER: from_detector_number,
}

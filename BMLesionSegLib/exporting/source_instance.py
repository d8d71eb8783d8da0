"""The scan's own DICOM header, reduced to what an object that refers to it may and must carry.

Nothing is edited in place: a new dataset is filled from an allow-list, every value checked, so
that neither private tags nor malformed or needless ones travel on. Planar nuclear medicine keeps
its geometry by detector, where writers of derived objects do not look for it, so the frame is
described as an enhanced image is (DICOM PS3.3 C.7.6.16).
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.exporting.uids import uid_of
from BMLesionSegLib.reading.dicom_file import items, lenient, numbers, read_dataset, text, whole
from BMLesionSegLib.reading.files import check_file
from BMLesionSegLib.scan import BoneScan, SourceFrame, View

if TYPE_CHECKING:
    from pydicom import Dataset

NM_STORAGE = "1.2.840.10008.5.1.4.1.1.20"
UIDS = ("StudyInstanceUID", "SeriesInstanceUID", "SOPInstanceUID")
IDENTITY = (
    "PatientName",
    "PatientID",
    "PatientBirthDate",
    "PatientSex",
    "StudyDate",
    "StudyTime",
    "StudyID",
    "AccessionNumber",
    "ReferringPhysicianName",
)
"""Type 2 of the Patient and General Study modules (PS3.3 C.7.1.1, C.7.2.1): demanded, may be
empty."""
SEXES = ("M", "F", "O")


@dataclass(frozen=True, eq=False)
class SourceInstance:
    """The frame that a view came from, as derived objects refer to it.

    Attributes:
        frame: its true number in the file, from 1.
        sop_class: the file's own.
        header: describes this one frame alone, as one of a nuclear medicine image; its identifying
            values are empty.
        identity: the patient and study as the file states them.
        rescale: slope and intercept from stored values to counts.
    """

    frame: int
    sop_class: str
    header: "Dataset"
    identity: "Dataset"
    rescale: tuple[float, float]


def can_be_referenced(scan: BoneScan) -> bool:
    """Whether every view came from a DICOM file whose study, series and instance are named."""
    return all(
        view.source is not None
        and view.source.file is not None
        and all(map(valid_uid, (scan.study_uid, scan.series_uid, view.source.sop_instance_uid)))
        for view in scan
    )


def valid_uid(uid: str | None) -> bool:
    """Whether a UID may stand in a new object."""
    from pydicom.config import IGNORE
    from pydicom.uid import UID

    # Asked quietly: the library's complaint would quote the value.
    return uid is not None and uid != "" and UID(uid, IGNORE).is_valid


def source_instance(view: View) -> SourceInstance:
    """Read the header of a view's file again.

    Raises:
        FileRefused: the view is not from a DICOM file, the file has gone or changed, or it does not
            name its study, series and instance.
    """
    expected = "what is exported refers to the DICOM file of the scan"
    source = view.source
    if source is None or source.file is None:
        remedy = "Give the scan as the camera or archive exports it."
        raise FileRefused(expected, "the view came from another kind of file", remedy)
    check_file(source.file)
    with lenient():
        dataset = read_dataset(source.file, pixels=False)
        if text(dataset, "SOPInstanceUID") != source.sop_instance_uid:
            raise FileRefused(expected, "that file has changed", "Read the scan again.")
        if not all(valid_uid(text(dataset, keyword)) for keyword in UIDS):
            came = "it does not name its study, series and instance"
            raise FileRefused(expected, came, "Export the scan again from the archive.")
        slope = numbers(dataset, "RescaleSlope") or (1.0,)
        intercept = numbers(dataset, "RescaleIntercept") or (0.0,)
        stated = text(dataset, "SOPClassUID")
        return SourceInstance(
            source.frame,
            stated if valid_uid(stated) else NM_STORAGE,
            frame_header(dataset, view, source),
            identity(dataset),
            (slope[0], intercept[0]),
        )


def identity(dataset: "Dataset") -> "Dataset":
    """Patient and study; a value that the standard does not allow is left empty."""
    from pydicom import Dataset
    from pydicom.config import RAISE
    from pydicom.datadict import dictionary_VR
    from pydicom.valuerep import validate_value

    found = Dataset()
    found.SpecificCharacterSet = "ISO_IR 192"
    for keyword in IDENTITY:
        said = text(dataset, keyword)
        try:
            validate_value(dictionary_VR(keyword), said, RAISE)
        except ValueError:
            said = ""
        setattr(found, keyword, said)
    if found.PatientSex not in SEXES:
        found.PatientSex = ""
    return found


def frame_header(dataset: "Dataset", view: View, source: SourceFrame) -> "Dataset":
    """One frame with its place in space, and nobody's name."""
    from pydicom import Dataset

    header = Dataset()
    header.SpecificCharacterSet = "ISO_IR 192"
    for keyword in UIDS:
        setattr(header, keyword, text(dataset, keyword))
    for keyword in IDENTITY:
        setattr(header, keyword, "")
    header.SOPClassUID = NM_STORAGE
    header.Modality = "NM"
    header.FrameOfReferenceUID = frame_of_reference(dataset)
    header.PositionReferenceIndicator = ""
    turned = view.shape[::-1] if source.quarter_turns % 2 else view.shape
    header.Rows, header.Columns = turned
    header.NumberOfFrames = 1
    header.SamplesPerPixel = 1
    shared, own = Dataset(), Dataset()
    position, orientation, spacing = stored_plane(view, source.quarter_turns)
    stated = stated_plane(dataset, source.frame)
    if stated is not None:
        position, orientation = stated
    measures, plane, place = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing = [decimal(length) for length in spacing]
    measures.SliceThickness = "1"
    plane.ImageOrientationPatient = [decimal(cosine) for cosine in orientation]
    place.ImagePositionPatient = [decimal(length) for length in position]
    shared.PixelMeasuresSequence, shared.PlaneOrientationSequence = [measures], [plane]
    own.PlanePositionSequence = [place]
    header.SharedFunctionalGroupsSequence = [shared]
    header.PerFrameFunctionalGroupsSequence = [own]
    return header


def frame_of_reference(dataset: "Dataset") -> str:
    """The file's own, else one that follows from its series."""
    stated = text(dataset, "FrameOfReferenceUID")
    if valid_uid(stated):
        return stated
    return uid_of("frame of reference", text(dataset, "SeriesInstanceUID"))


def stated_plane(
    dataset: "Dataset", frame: int
) -> tuple[tuple[float, ...], tuple[float, ...]] | None:
    """Position and orientation where the file states both, in a named frame of reference."""
    detectors = items(dataset, "DetectorInformationSequence")
    vector = numbers(dataset, "DetectorVector")
    place = int(vector[frame - 1]) - 1 if len(vector) >= frame else frame - 1
    if len(detectors) == 1 and (whole(dataset, "NumberOfFrames") or 1) == 1:
        place = 0
    if not 0 <= place < len(detectors) or not valid_uid(text(dataset, "FrameOfReferenceUID")):
        return None
    position = numbers(detectors[place], "ImagePositionPatient")
    orientation = numbers(detectors[place], "ImageOrientationPatient")
    if len(position) != 3 or len(orientation) != 6 or not np.isfinite([*position]).all():
        return None
    axes = np.reshape(orientation, (2, 3))
    if not np.allclose(axes @ axes.T, np.eye(2), atol=1e-3):
        return None
    return position, orientation


def stored_plane(
    view: View, turns: int
) -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, float]]:
    """The project's place of a view, for the frame as it is stored.

    Returns:
        Position of the first stored pixel, directions along a stored row and a stored column (LPS),
        and mm between stored rows and stored columns.
    """
    geometry = view.geometry
    axes = np.reshape(geometry.direction, (3, 3))[:, :2]
    first, next_column, next_row = (
        upright(row, column, view.shape, turns) for row, column in ((0, 0), (0, 1), (1, 0))
    )
    along_row = axes @ (np.subtract(next_column, first)[::-1])
    along_column = axes @ (np.subtract(next_row, first)[::-1])
    position = geometry.origin + axes @ (np.multiply(first, view.spacing)[::-1])
    spacing = view.spacing[::-1] if turns % 2 else view.spacing
    return tuple(position), (*along_row, *along_column), (spacing[0], spacing[1])


def upright(row: int, column: int, shape: tuple[int, int], turns: int) -> tuple[int, int]:
    """Where a stored pixel stands in the upright view of that shape, after ``numpy.rot90``."""
    rows, columns = shape if turns % 2 == 0 else shape[::-1]
    for _ in range(turns):
        row, column, rows, columns = columns - 1 - column, row, columns, rows
    return row, column


def decimal(number: float) -> str:
    """A decimal string of at most 16 characters; never minus zero."""
    return f"{number + 0.0:.9g}"

"""Bring a frame upright: row 0 at the head, by quarter turns only, never by a flip."""

from typing import TYPE_CHECKING

from BMLesionSegLib.errors import GeometryRefused
from BMLesionSegLib.reading.dicom_file import numbers

if TYPE_CHECKING:
    from pydicom import Dataset

# Counter-clockwise quarter turns (numpy.rot90) that bring each edge of the frame to the top.
QUARTER_TURNS = {"top": 0, "right": 1, "bottom": 2, "left": 3}


def quarter_turns(
    shape: tuple[int, int], spacing: tuple[float, float], detector: "Dataset | None"
) -> int:
    """How to turn a stored frame so that the head is at row 0.

    An upright frame stays unless its orientation says that the head is at the bottom. A frame that
    lies on its side is turned as its orientation says.

    Args:
        shape: rows, columns as stored.
        spacing: mm between stored rows, columns.
        detector: the frame's item of DetectorInformationSequence.

    Raises:
        GeometryRefused: the frame lies on its side and nothing says where the head is.
    """
    edge = head_edge(detector)
    if shape[0] * spacing[0] >= shape[1] * spacing[1]:
        return QUARTER_TURNS["bottom"] if edge == "bottom" else 0
    if edge not in ("left", "right"):
        raise on_its_side()
    return QUARTER_TURNS[edge]


def head_edge(detector: "Dataset | None") -> str | None:
    """The edge of the stored frame that is nearest the head, None where it is not known.

    ImageOrientationPatient (PS3.3 C.7.6.2.1.1) holds the direction of a row, then of a column; the
    third number of each is its part along the body, towards the head.
    """
    cosines = numbers(detector, "ImageOrientationPatient") if detector else ()
    if len(cosines) != 6:
        return None
    along_row, along_column = cosines[2], cosines[5]
    if abs(along_column) > 0.9:
        return "top" if along_column < 0 else "bottom"
    if abs(along_row) > 0.9:
        return "left" if along_row < 0 else "right"
    return None


def on_its_side() -> GeometryRefused:
    """The refusal for a body that lies across the image."""
    return GeometryRefused(
        "a whole-body view stands upright with the head at the first row",
        "it lies on its side and the file does not say where the head is",
        "Turn it upright and give it again.",
    )

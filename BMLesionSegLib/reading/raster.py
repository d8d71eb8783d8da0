"""Volumes and pictures of one view: NRRD, NIfTI, MetaImage, PNG, TIFF."""

from pathlib import Path
from typing import Any

import numpy as np

from BMLesionSegLib.errors import CountsRefused, FileRefused, NotABoneScan, ViewsUnclear
from BMLesionSegLib.reading.image_header import open_image
from BMLesionSegLib.reading.itk_warnings import read_quietly
from BMLesionSegLib.reading.nifti_length import is_cut_short
from BMLesionSegLib.reading.orientation import on_its_side
from BMLesionSegLib.reading.pixels import colour_refused, to_counts
from BMLesionSegLib.reading.whole_body import check_field, check_matrix, check_one_body
from BMLesionSegLib.scan import Counts, EvidenceKind, Geometry, View, ViewEvidence, ViewName

PICTURES = (".png", ".tif", ".tiff")
# A file that states no pixel size is taken to show the usual field: 1024 rows of 2.26 mm.
USUAL_LENGTH_MM = 1024 * 2.26


def read_view(path: Path, given: ViewName | None) -> View:
    """The one view of a file that cannot say which view it is.

    A volume keeps the geometry that its file states. Pictures state a size in print, not in the
    patient, and volumes of exactly 1 mm state the writer's default: there the usual field is
    assumed, and the evidence says so.

    Args:
        path: one plane, rows from head to feet.
        given: the user's choice.

    Raises:
        FileRefused: not readable as an image.
        ViewsUnclear: no view given, or a volume of two slices.
        NotABoneScan: not one plane, or no whole body.
        GeometryRefused: an impossible matrix or spacing, or a body on its side.
        CountsRefused: pixels that are not counts.
    """
    reader = _header(path)
    shape = _plane(reader.GetSize())
    check_matrix(shape)
    if reader.GetNumberOfComponents() != 1:
        raise colour_refused()
    if given is None:
        raise ViewsUnclear(
            "the user says which view a volume or picture shows",
            "nothing was said",
            "Say it with --view anterior or --view posterior.",
        )
    picture = path.suffix.lower() in PICTURES
    spacing, note = _spacing(reader, shape, picture)
    check_field(shape, spacing)
    if shape[0] * spacing[0] < shape[1] * spacing[1]:
        raise on_its_side()
    counts = to_counts(_pixels(reader).reshape(shape))
    check_one_body(counts)
    if picture:
        _check_background(counts)
    return View(
        name=given,
        counts=counts,
        spacing=spacing,
        evidence=ViewEvidence(EvidenceKind.USER, f"given by the user{note}"),
        file_geometry=None if picture else _geometry(reader),
    )


def _header(path: Path) -> Any:
    try:
        return open_image(path)
    except RuntimeError as error:
        raise _damaged() from error


def _pixels(reader: Any) -> np.ndarray[Any, Any]:
    import SimpleITK

    if is_cut_short(Path(reader.GetFileName()), int(np.prod(reader.GetSize()))):
        raise _damaged()
    try:
        return np.asarray(SimpleITK.GetArrayFromImage(read_quietly(reader)))
    except RuntimeError as error:
        raise _damaged() from error


def _damaged() -> FileRefused:
    return FileRefused(
        "the file is an intact volume or picture of the format that its name says",
        "it cannot be read as one",
        "Save it again, for example from 3D Slicer as .nrrd.",
    )


def _plane(size: tuple[int, ...]) -> tuple[int, int]:
    """Rows and columns of a file with one plane; SimpleITK counts columns, rows, slices."""
    if len(size) == 3 and size[2] == 2:
        raise ViewsUnclear(
            "a volume holds one view",
            "it has two slices and does not say which is anterior",
            "Say which is which: save each slice as its own volume and give it with --view.",
        )
    if len(size) not in (2, 3) or min(size[:2]) == 1 or any(extent != 1 for extent in size[2:]):
        raise NotABoneScan(
            "a volume or picture holds one plane of columns and rows",
            f"{' x '.join(map(str, size))} came",
            "Give one planar view, its slice along the third axis.",
        )
    return size[1], size[0]


def _spacing(reader: Any, shape: tuple[int, int], picture: bool) -> tuple[tuple[float, float], str]:
    column, row = reader.GetSpacing()[:2]
    if not picture and (row, column) != (1.0, 1.0):
        return (row, column), ""
    usual = USUAL_LENGTH_MM / max(shape)
    return (usual, usual), f"; pixel size not stated, {usual:.3g} mm assumed"


def _geometry(reader: Any) -> Geometry:
    """What the file states, a plane without a third axis completed by the third unit vector."""
    origin, spacing, direction = reader.GetOrigin(), reader.GetSpacing(), reader.GetDirection()
    if len(origin) == 3:
        return Geometry(origin, spacing, direction)
    (a, b, c, d) = direction
    return Geometry((*origin, 0.0), (*spacing, 1.0), (a, b, 0.0, c, d, 0.0, 0.0, 0.0, 1.0))


def _check_background(counts: Counts) -> None:
    """Refuse a screen picture in inverted grey: its edge is brighter than its inside."""
    edge = np.concatenate([counts[0], counts[-1], counts[:, 0], counts[:, -1]])
    if np.median(edge) > max(0.5 * counts.max(), counts.mean()):
        raise CountsRefused(
            "a picture shows high counts bright on a dark background",
            "its background is bright",
            "Invert the picture, better give the scan with its counts.",
        )

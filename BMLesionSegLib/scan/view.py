"""One view of a bone scan: counts, spacing, which side faced the camera, and how that was known.

Frame convention: ``counts[row, column]``, row 0 at the head, columns as acquired. In an anterior
view the patient's right is at column 0; in a posterior view (seen from behind) the patient's left.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.errors import CountsRefused, GeometryRefused
from BMLesionSegLib.scan.geometry import Geometry, view_geometry
from BMLesionSegLib.scan.names import ViewName

Counts = NDArray[np.float32]


class EvidenceKind(StrEnum):
    """How a view was known, strongest first."""

    USER = "the user's choice"
    VIEW_CODE = "view code"
    PRIVATE_TEXT = "camera's own view label"
    START_ANGLE = "detector start angle"
    DESCRIPTION = "series description"
    DETECTOR_NUMBER = "detector number"


@dataclass(frozen=True)
class ViewEvidence:
    """Why a frame is called anterior or posterior."""

    kind: EvidenceKind
    text: str

    @property
    def assumed(self) -> bool:
        """True when nothing in the file says it: the user must confirm."""
        return self.kind is EvidenceKind.DETECTOR_NUMBER


@dataclass(frozen=True)
class SourceFrame:
    """Where a view's pixels stand in a DICOM file.

    Attributes:
        sop_instance_uid: of the file.
        frame: 1-based frame number.
        quarter_turns: counter-clockwise quarter turns (``numpy.rot90``) that brought the stored
            frame to the frame convention; 0 when it was stored upright.
        file: where it was read, for what is exported with reference to it; no part of its identity
            and never shown, because file names carry patients' names.
    """

    sop_instance_uid: str
    frame: int
    quarter_turns: int = 0
    file: Path | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, eq=False)
class View:
    """One planar view.

    Attributes:
        name: anterior or posterior.
        counts: float32 ``[row, column]``, finite, not negative, read-only.
        spacing: millimetres between rows and between columns, ``(row, column)``.
        evidence: how the name was known.
        source: the DICOM frame, None for other files.
        file_geometry: the geometry that the file itself states (NRRD and its like), else None.

    Raises:
        CountsRefused: no pixels, not two-dimensional, NaN, infinite, negative, all zero, constant.
        GeometryRefused: spacing not positive and finite.
    """

    name: ViewName
    counts: Counts
    spacing: tuple[float, float]
    evidence: ViewEvidence
    source: SourceFrame | None = None
    file_geometry: Geometry | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be counts, then freeze the array."""
        check_counts(np.asarray(self.counts))
        check_spacing(self.spacing)
        counts = np.ascontiguousarray(self.counts, dtype=np.float32)
        if counts is self.counts:
            counts = counts.copy()
        counts.flags.writeable = False
        object.__setattr__(self, "counts", counts)

    @property
    def shape(self) -> tuple[int, int]:
        """Rows, columns."""
        rows, columns = self.counts.shape
        return rows, columns

    @property
    def pixel_area(self) -> float:
        """Square millimetres a pixel."""
        return self.spacing[0] * self.spacing[1]

    @property
    def geometry(self) -> Geometry:
        """Place in space: the file's own where it states one, else the project's convention."""
        return self.file_geometry or view_geometry(self.name, self.shape, self.spacing)


def check_counts(counts: NDArray[np.generic]) -> None:
    """Refuse pixels that a gamma camera cannot have counted."""
    expected = "a view holds counts: finite numbers, zero or more, [row, column]"
    if counts.ndim != 2 or counts.size == 0:
        raise CountsRefused(expected, f"an array of shape {counts.shape} came", "Give one plane.")
    if counts.dtype.kind not in "biuf":
        raise CountsRefused(expected, f"pixels of type {counts.dtype} came", "Give plain numbers.")
    if not np.isfinite(counts).all():
        kind = "NaN" if np.isnan(counts).any() else "infinite"
        raise CountsRefused(
            expected, f"{kind} pixels came", "Export the scan again from the camera."
        )
    if counts.dtype.kind in "if" and float(counts.min()) < 0:
        raise CountsRefused(
            expected,
            f"negative pixels came (lowest {counts.min():g})",
            "Give the raw counts, not a filtered or subtracted image.",
        )
    if not counts.any():
        raise CountsRefused(expected, "every pixel is zero", "Give a view with counts.")
    if counts.min() == counts.max():
        raise CountsRefused(
            expected, f"every pixel is {counts.min():g}", "Give a view with counts."
        )


def check_spacing(spacing: tuple[float, float]) -> None:
    """Refuse spacing that is not a positive length."""
    if len(spacing) != 2 or not all(np.isfinite(s) and s > 0 for s in spacing):
        raise GeometryRefused(
            "pixel spacing is two positive lengths in mm, (row, column)",
            f"{tuple(spacing)} came",
            "Correct PixelSpacing, for a whole-body scan about 2.26 mm.",
        )

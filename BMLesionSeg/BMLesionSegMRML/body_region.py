"""Where the patient is in a scintigram: what a view shows at first, and what sets its level."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import slicer
from numpy.typing import NDArray

from BMLesionSegMRML.slice_plane import pixelToRas

MARGIN_MM = 40.0
FOOT_MARGIN_MM = 100.0
"""Below the feet stands the view's name."""


@dataclass(frozen=True)
class Region:
    """A rectangle in RAS mm: lowest and highest R, lowest and highest S."""

    r: tuple[float, float]
    s: tuple[float, float]


def bodyMask(volume: slicer.vtkMRMLScalarVolumeNode) -> NDArray[np.bool_]:
    """Which pixels are the patient, ``[row, column]``; every pixel where nothing was counted."""
    from BMLesionSegLib.preparation.body import body_mask

    counts = slicer.util.arrayFromVolume(volume)[0].astype(np.float32)
    if not counts.any():
        return np.ones(counts.shape, bool)
    columnMm, rowMm, _ = volume.GetSpacing()
    body = body_mask(counts, (rowMm, columnMm))
    return body if body.any() else np.ones(counts.shape, bool)


def wholeBody(volumes: Iterable[slicer.vtkMRMLScalarVolumeNode]) -> Region:
    """The patient with a margin, in one rectangle for all views, so that their rows agree."""
    corners = []
    for volume in volumes:
        rows, columns = np.nonzero(bodyMask(volume))
        corners.append(pixelToRas(volume, rows.min(), columns.min()))
        corners.append(pixelToRas(volume, rows.max(), columns.max()))
    rs, ss = [corner[0] for corner in corners], [corner[2] for corner in corners]
    return Region(
        r=(min(rs) - MARGIN_MM, max(rs) + MARGIN_MM),
        s=(min(ss) - FOOT_MARGIN_MM, max(ss) + MARGIN_MM),
    )

"""How long a lesion is, and of what shape, from its outline."""

from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.exporting.region_outline import region_outlines

EXTENDED_FROM_MM = 100.0
LINEAR_FROM = 2.5
"""Of the slenderness in ``shape_of``: a rectangle three times as long as wide has 2.6."""


class Shape(StrEnum):
    """As a reader would say it."""

    FOCAL = "focal"
    LINEAR = "linear"
    EXTENDED = "extended"


def longest_diameter_mm(mask: NDArray[np.bool_], spacing: tuple[float, float]) -> float:
    """The greatest distance between two points of a region's outline.

    Args:
        mask: bool ``[row, column]`` with at least one pixel.
        spacing: mm between rows, columns.
    """
    corners = np.concatenate([np.asarray(line) for line in region_outlines(mask)]) * spacing
    between = corners[:, np.newaxis] - corners[np.newaxis]
    return float(np.hypot(between[..., 0], between[..., 1]).max())


def shape_of(length_mm: float, area_mm2: float) -> Shape:
    """Extended from 100 mm on, else linear or focal by slenderness.

    Slenderness is the area of the circle around the length, over the region's own: 1 for a disc.
    """
    if length_mm >= EXTENDED_FROM_MM:
        return Shape.EXTENDED
    slenderness = np.pi / 4 * length_mm**2 / area_mm2
    return Shape.LINEAR if slenderness >= LINEAR_FROM else Shape.FOCAL

"""Uptake of a few regions that tell about the whole scan, found by body proportions alone."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.lesions import Body, Site
from BMLesionSegLib.lesions.site import locate
from BMLesionSegLib.scan import View

SMOOTHING_MM = 4.0
SPINE_ROWS, SPINE_MM = (0.17, 0.37), (-20.0, 20.0)
"""Height fractions from the second rib to the iliac crest; mm to the patient's left."""
KIDNEY_ROWS, KIDNEY_MM = (0.29, 0.36), (40.0, 85.0)
"""Twelfth thoracic to third lumbar vertebra, 54 to 68 mm from the midline, 50 mm wide."""
HEAD_ROWS, KNEE_ROWS, LEGS_FROM = (0.0, 0.115), (0.66, 0.75), 0.53
FAINTEST = 1e-6
"""Counts a pixel; keeps ratios to an empty spine finite."""
HOT_CAP = 3.0
"""Counts above three times the spine's count as three in the legs' share: urine, injection."""


@dataclass(frozen=True)
class RegionalUptake:
    """Counts a pixel of regions of one view.

    Attributes:
        spine: median of the thoracic and lumbar spine.
        kidneys: mean of the left and the right kidney region's medians.
        head: mean.
        knees: mean.
        legs_share: counts below the pelvis over all counts, hot spots capped.
        hottest: the highest smoothed counts.
        hottest_site: where they are.
    """

    spine: float
    kidneys: float
    head: float
    knees: float
    legs_share: float
    hottest: float
    hottest_site: Site


def regional_uptake(view: View, body: Body) -> RegionalUptake:
    """Measure a view whose body is seen from vertex to feet."""
    from scipy import ndimage

    smooth = ndimage.gaussian_filter(view.counts, [SMOOTHING_MM / s for s in view.spacing])
    rows, columns = np.indices(view.shape, sparse=True)
    left_mm = body.left_of_midline_mm(view.name, rows, columns)
    spine = max(
        median_between(smooth, body, left_mm, SPINE_ROWS, SPINE_MM),
        float(np.finfo(np.float32).tiny),
    )
    sides = KIDNEY_MM, (-KIDNEY_MM[1], -KIDNEY_MM[0])
    kidneys = [median_between(smooth, body, left_mm, KIDNEY_ROWS, side) for side in sides]
    capped = np.minimum(view.counts, HOT_CAP * spine)
    row, column = np.unravel_index(smooth.argmax(), smooth.shape)
    return RegionalUptake(
        spine=spine,
        kidneys=sum(kidneys) / 2,
        head=mean_in_body(smooth, body, HEAD_ROWS),
        knees=mean_in_body(smooth, body, KNEE_ROWS),
        legs_share=float(capped[body.rows(LEGS_FROM, 1.1)].sum() / capped.sum()),
        hottest=float(smooth.max()),
        hottest_site=locate(body, float(row), float(left_mm[row, column])),
    )


def median_between(
    smooth: NDArray[np.float32],
    body: Body,
    left_mm: NDArray[np.float64],
    heights: tuple[float, float],
    left_range_mm: tuple[float, float],
) -> float:
    """Median counts in a box given by height fractions and distances from the midline."""
    rows = body.rows(*heights)
    distance = left_mm[rows]
    inside = (distance >= left_range_mm[0]) & (distance <= left_range_mm[1])
    return float(np.median(smooth[rows][inside]))


def mean_in_body(smooth: NDArray[np.float32], body: Body, heights: tuple[float, float]) -> float:
    """Mean counts of the body between two height fractions."""
    rows = body.rows(*heights)
    return float(smooth[rows][body.mask[rows]].mean())

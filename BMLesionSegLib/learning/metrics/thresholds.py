"""A model at many thresholds: the free-response curve, and the threshold to ship."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.metrics.view_score import ViewScore, pool, score_view
from BMLesionSegLib.lesions import label_components

CANDIDATES = (*(round(0.05 * i, 2) for i in range(1, 20)), 0.97, 0.98, 0.99)

MOST_FALSE_SPOTS = 1.0
"""A view, at the threshold that ships, if that leaves the overlap."""
SAME_OVERLAP = 0.01
"""Of two pooled DSC that may be called the same."""

SAME_OUTLINE = 0.002
"""Of two pooled DSC that do not decide between two outlines."""

Sweep = Mapping[float, ViewScore]
"""One view at each threshold."""


@dataclass(frozen=True)
class OperatingPoint:
    """All views together at one threshold.

    Attributes:
        threshold: probability that a lesion's peak has at least.
        pooled_dsc: over all pixels.
        lesion_sensitivity: share of lesions found; None where there is none.
        false_spots_per_view: mean.
    """

    threshold: float
    pooled_dsc: float
    lesion_sensitivity: float | None
    false_spots_per_view: float


def sweep_view(
    probability: NDArray[np.float32],
    truth: NDArray[np.integer],
    pixel_area: float,
    minimum_area_mm2: float,
    extent: float = 1.0,
) -> dict[float, ViewScore]:
    """One view at every candidate threshold.

    Args:
        probability: ``[row, column]``.
        truth: label map ``[row, column]``, 0 none, one value a lesion.
        pixel_area: mm2 a pixel.
        minimum_area_mm2: smaller components are dropped, as in use.
        extent: probability from which pixels belong to a lesion, never above the threshold.
    """

    def called(candidate: float) -> NDArray[np.bool_]:
        """What is called lesion at one threshold."""
        labels = label_components(probability, candidate, pixel_area, minimum_area_mm2, extent)
        return labels > 0

    return {candidate: score_view(truth, called(candidate)) for candidate in CANDIDATES}


def free_response(sweeps: Iterable[Sweep]) -> tuple[OperatingPoint, ...]:
    """Lesions found against false spots a view, at each threshold (free-response ROC)."""
    views = list(sweeps)
    if not views:
        return ()
    points = []
    for candidate in views[0]:
        pooled = pool(view[candidate] for view in views)
        points.append(
            OperatingPoint(
                candidate,
                pooled["pooled_dsc"] or 0.0,
                pooled["lesion_sensitivity"],
                pooled["false_spots_per_view"] or 0.0,
            )
        )
    return tuple(points)


def best_threshold(points: Sequence[OperatingPoint]) -> OperatingPoint:
    """The point with the highest pooled DSC.

    Raises:
        TrainingRefused: there is no point, because there was no view.
    """
    if not points:
        expected = "a threshold is chosen on validation patients"
        raise TrainingRefused(expected, "there was none", "Give more patients.")
    return max(points, key=lambda point: point.pooled_dsc)


def outlining_point(points: Sequence[OperatingPoint]) -> OperatingPoint:
    """The extent to ship: the lowest whose pooled DSC is as good as the highest.

    A lower extent joins the pieces of a lesion and so finds more with fewer spots.

    Args:
        points: where the threshold alone decides.

    Raises:
        TrainingRefused: there is no point, because there was no view.
    """
    least = best_threshold(points).pooled_dsc - SAME_OUTLINE
    return min(
        (point for point in points if point.pooled_dsc >= least), key=lambda point: point.threshold
    )


def operating_point(points: Sequence[OperatingPoint], extent: float) -> OperatingPoint:
    """The threshold to ship: the lowest with at most one false spot a view.

    It finds the most that a reader need not pay for by rejecting. Where no threshold does that at
    nearly the highest pooled DSC, the one with the highest.

    Args:
        points: at this extent.
        extent: lower thresholds, which would move outlines too, are left out.

    Raises:
        TrainingRefused: there is no point, because there was no view.
    """
    best = best_threshold(points)
    quiet = [
        point
        for point in points
        if point.threshold >= extent
        and point.false_spots_per_view <= MOST_FALSE_SPOTS
        and point.pooled_dsc >= best.pooled_dsc - SAME_OVERLAP
    ]
    return min(quiet, key=lambda point: point.threshold, default=best)

"""The lesions of one view, from its probability map."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.lesions.body import Body
from BMLesionSegLib.lesions.components import Labels, label_components
from BMLesionSegLib.lesions.lesion import Lesion
from BMLesionSegLib.lesions.measurement import measure_lesions
from BMLesionSegLib.scan import View


@dataclass(frozen=True, eq=False)
class ViewLesions:
    """A label map and its lesions.

    Attributes:
        labels: int32 ``[row, column]``, 0 background, a lesion's number elsewhere.
        lesions: head to foot.
    """

    labels: Labels
    lesions: tuple[Lesion, ...]


def find_lesions(
    view: View,
    body: Body,
    probability: NDArray[np.float32],
    threshold: float,
    minimum_area_mm2: float,
    extent: float = 1.0,
) -> ViewLesions:
    """Threshold, connect, drop the small, measure.

    Args:
        view: as read.
        body: of that view.
        probability: float32 ``[row, column]``, on the view's own grid.
        threshold: probability that a lesion's peak has at least.
        minimum_area_mm2: smaller components are dropped.
        extent: probability from which pixels belong to a lesion, never above the threshold.
    """
    labels = label_components(probability, threshold, view.pixel_area, minimum_area_mm2, extent)
    return ViewLesions(labels, measure_lesions(view, body, labels, probability))

"""From a probability map to numbered components."""

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int32]
"""Label map ``[row, column]``: 0 background, 1 to n one number a component."""

DIAGONAL_TOO = np.ones((3, 3), dtype=bool)


def label_components(
    probability: NDArray[np.float32],
    threshold: float,
    pixel_area: float,
    minimum_area_mm2: float,
    extent: float = 1.0,
) -> Labels:
    """Connected pixels (8 neighbours) of enough probability, a high enough peak and enough area.

    Two thresholds, as a region is grown from a seed: one decides what is called, the other how far
    it reaches. A faint border so belongs to a certain lesion, and is none by itself.

    Args:
        probability: float32 ``[row, column]``.
        threshold: probability that a lesion's peak has at least.
        pixel_area: mm2 a pixel.
        minimum_area_mm2: smaller components are dropped.
        extent: probability from which pixels belong to a lesion; the threshold itself where that
            is lower.

    Returns:
        Labels numbered from head to foot by their first row.
    """
    from scipy import ndimage

    labels, _ = ndimage.label(probability >= min(threshold, extent), DIAGONAL_TOO)
    areas = np.bincount(labels.ravel()) * pixel_area
    high_enough = np.zeros(len(areas), bool)
    high_enough[labels[probability >= threshold]] = True
    kept = high_enough & (areas >= minimum_area_mm2)
    kept[0] = False
    # scipy numbers components in the order of their first pixel, row by row: head to foot.
    numbers = np.where(kept, np.cumsum(kept), 0).astype(np.int32)
    renumbered: Labels = numbers[labels]
    return renumbered

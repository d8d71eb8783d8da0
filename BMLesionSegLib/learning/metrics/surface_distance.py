"""How far two outlines lie apart: the 95th percentile of the Hausdorff distance."""

import numpy as np
from numpy.typing import NDArray

PERCENTILE = 95


def hd95(
    truth: NDArray[np.bool_], predicted: NDArray[np.bool_], spacing: tuple[float, float]
) -> float | None:
    """The larger of the two directed distances between outlines, 95th percentile, in mm.

    An outline is the mask's pixels that touch (4 neighbours) what is outside; pixels on the edge of
    the view belong to it.

    Args:
        truth: ``[row, column]``.
        predicted: ``[row, column]``.
        spacing: mm between rows, between columns.

    Returns:
        None where either mask is empty: there is no distance to nothing.
    """
    from scipy.ndimage import distance_transform_edt

    if not truth.any() or not predicted.any():
        return None
    outlines = outline(truth), outline(predicted)
    there, back = (distance_transform_edt(~mask, sampling=spacing) for mask in outlines)
    return float(
        max(
            np.percentile(back[outlines[0]], PERCENTILE),
            np.percentile(there[outlines[1]], PERCENTILE),
        )
    )


def outline(mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The pixels of a mask that touch its outside."""
    from scipy.ndimage import binary_erosion

    edge: NDArray[np.bool_] = mask & ~binary_erosion(mask)
    return edge

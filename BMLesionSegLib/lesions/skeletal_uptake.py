"""The view's own yardstick: what normal bone takes up, without any network."""

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.lesions.body import Body
from BMLesionSegLib.scan import View

BONE_SMOOTHING_MM = 4.0
"""Gaussian sigma: half the width of a femoral shaft or a rib as the camera shows it."""
SURROUNDINGS_MM = 80.0
"""Side of the square that a bone must outshine; wider than any bone but the skull's vault."""
BONE_CONTRAST = 1.1


def median_skeletal_uptake(view: View, body: Body) -> float:
    """Median counts a pixel of the skeleton of a view.

    Rule: bone is what outshines its surroundings within the body by 10 %, after smoothing; that is
    a quarter to a third of the outline, from skull to feet. Hot lesions and urine cover a few
    per cent of it and hardly move a median.

    Returns:
        Counts a pixel, above zero.
    """
    from scipy import ndimage

    smooth = ndimage.gaussian_filter(view.counts, [BONE_SMOOTHING_MM / s for s in view.spacing])
    bone = bone_mask(smooth, body)
    return float(np.median(smooth[bone if bone.any() else body.mask]))


def bone_mask(smooth: NDArray[np.float32], body: Body) -> NDArray[np.bool_]:
    """Pixels of the body that outshine the mean of the body around them, ``[row, column]``."""
    from scipy import ndimage

    size = [max(1, round(SURROUNDINGS_MM / s)) for s in body.spacing]
    inside = body.mask.astype(np.float32)
    summed = ndimage.uniform_filter(smooth * inside, size)
    share = ndimage.uniform_filter(inside, size)
    mask: NDArray[np.bool_] = body.mask & (smooth * share > BONE_CONTRAST * summed)
    return mask

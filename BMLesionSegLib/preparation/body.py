"""Which pixels of a view are the patient."""

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.scan import Counts

SMOOTHING_PIXELS = 5
BRIGHT_PERCENTILE = 99.5
BODY_SHARE = 0.03
"""Thigh soft tissue has 0.05 of the lumbar uptake; the room's background far less."""


def body_mask(counts: Counts) -> NDArray[np.bool_]:
    """Pixels whose neighbourhood holds at least 3 % of the bright bone's counts.

    The rule is relative, so it holds for counts and for exported grey values alike.

    Args:
        counts: ``[row, column]``.

    Returns:
        ``[row, column]``, True on the body; never empty for a view with counts.
    """
    from scipy.ndimage import uniform_filter

    smooth = uniform_filter(counts.astype(np.float32), SMOOTHING_PIXELS, mode="constant")
    bright = float(np.percentile(smooth, BRIGHT_PERCENTILE))
    if bright <= 0:
        bright = float(smooth.max())
    mask: NDArray[np.bool_] = smooth >= BODY_SHARE * bright
    return mask

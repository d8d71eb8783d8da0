"""A hot spot that a physician points at, outlined by its own peak."""

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.errors import CountsRefused
from BMLesionSegLib.lesions.components import DIAGONAL_TOO
from BMLesionSegLib.scan import View

PEAK_WITHIN_MM = 8.0
"""A click hits the neighbourhood of a spot, not its hottest pixel."""
SMOOTHING_MM = 2.5
"""Gaussian sigma against the noise of single pixels; well under the camera's own blur."""
FRACTIONS = (0.41, 0.44, 0.47, 0.50)
"""Of the peak: the usual range of isocontours in nuclear medicine; higher where it runs out."""
WIDEST_MM = 60.0
"""A spot that is wider has run into its surroundings."""


def grow_hot_spot(
    view: View, row: int, column: int, taken: NDArray[np.bool_] | None = None
) -> NDArray[np.bool_]:
    """Outline the spot at a pixel: what is connected to its peak above 41 to 50 % of it.

    The lowest fraction is taken at which the spot stays narrower than 60 mm. Where even half of
    the peak runs out into the surroundings, the outline ends 30 mm from the peak.

    Args:
        view: as read.
        row: of the click, pixel.
        column: of the click, pixel.
        taken: bool ``[row, column]``, pixels that belong to lesions already and are left out.

    Returns:
        bool ``[row, column]``, at least the peak.

    Raises:
        CountsRefused: the click is outside of the view, without counts, or on what is taken.
    """
    from scipy import ndimage

    rows, columns = view.shape
    expected, remedy = "a hot spot is clicked where there are counts", "Click on the spot itself."
    if not (0 <= row < rows and 0 <= column < columns):
        raise CountsRefused(expected, "the click was outside of the view", remedy)
    free = np.ones(view.shape, bool) if taken is None else ~taken
    smooth = ndimage.gaussian_filter(view.counts, [SMOOTHING_MM / mm for mm in view.spacing])
    near = distances_mm(view, row, column) <= PEAK_WITHIN_MM
    candidates = np.where(near & free, smooth, -1.0)
    peak_row, peak_column = np.unravel_index(candidates.argmax(), view.shape)
    peak = candidates[peak_row, peak_column]
    if peak <= 0:
        came = "that place belongs to a lesion already" if not (near & free).any() else "none came"
        raise CountsRefused(expected, came, remedy)
    within = distances_mm(view, int(peak_row), int(peak_column)) <= WIDEST_MM / 2
    for fraction in FRACTIONS:
        labels, _ = ndimage.label((smooth >= fraction * peak) & free, DIAGONAL_TOO)
        spot: NDArray[np.bool_] = labels == labels[peak_row, peak_column]
        if not (spot & ~within).any():
            break
    return spot & within


def distances_mm(view: View, row: int, column: int) -> NDArray[np.float64]:
    """From one pixel to every pixel of the view, ``[row, column]``."""
    down = (np.arange(view.shape[0]) - row) * view.spacing[0]
    across = (np.arange(view.shape[1]) - column) * view.spacing[1]
    distances: NDArray[np.float64] = np.hypot(down[:, np.newaxis], across[np.newaxis])
    return distances

"""Exact truth: which pixels belong to which hot spot, and to which skeletal region.

A hot spot is seen in a view when its peak stands out by ``VISIBLE_CONTRAST`` over everything else
there and its counts exceed the noise of everything else by ``VISIBLE_SNR``. It then owns the
pixels above ``TRUTH_SHARE_OF_PEAK`` of its own peak and above ``TRUTH_OVER_BACKGROUND`` of
everything else. The same holds for counts that are missing. Where two overlap, the pixel belongs
to the stronger. All on noiseless images.
"""

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.simulation.anatomy.points import Floats
from BMLesionSegLib.simulation.anatomy.regions import Region
from BMLesionSegLib.simulation.camera.camera import Window
from BMLesionSegLib.simulation.camera.camera_parameters import (
    TRUTH_OVER_BACKGROUND,
    TRUTH_SHARE_OF_PEAK,
    VISIBLE_CONTRAST,
    VISIBLE_PEAK,
    VISIBLE_SNR,
)


def seen_pixels(own: Floats, rest: Floats) -> NDArray[np.bool_]:
    """Pixels of one hot spot in its window; none when no reader could see it.

    Args:
        own: expected counts of the hot spot alone, ``[row, column]``, or of what it takes away.
        rest: expected counts of everything else, same window.
    """
    peak = float(own.max())
    behind = np.maximum(rest, 0.05)
    core = own > 0.4 * peak
    contrast = peak / float(behind.flat[int(own.argmax())])
    snr = float(own[core].sum()) / np.sqrt(float(behind[core].sum()) + 1.0)
    if peak < VISIBLE_PEAK.value or contrast < VISIBLE_CONTRAST.value or snr < VISIBLE_SNR.value:
        return np.zeros(own.shape, bool)
    threshold = np.maximum(TRUTH_SHARE_OF_PEAK.value * peak, TRUTH_OVER_BACKGROUND.value * behind)
    return np.asarray(own > threshold)


def label_map(expected: Floats, spots: list[tuple[Window, Floats]]) -> NDArray[np.int16]:
    """Label map of a view: spot number (1-based place in the list), the stronger on top.

    Args:
        expected: noiseless counts of the whole view, ``[row, column]``.
        spots: window and expected counts of each hot spot alone.
    """
    labels = np.zeros(expected.shape, np.int16)
    strongest = np.zeros(expected.shape, np.float32)
    for number, (window, own) in enumerate(spots, 1):
        size = np.abs(own)
        mine = seen_pixels(size, expected[window] - own) & (size > strongest[window])
        labels[window][mine] = number
        strongest[window][mine] = size[mine]
    return labels


def region_map(
    shape: tuple[int, int], regions: list[tuple[Region, Window, Floats]]
) -> NDArray[np.uint8]:
    """Region map of a view: at each pixel the region that sends most counts there.

    Args:
        shape: rows, columns.
        regions: each region's window and its noiseless image there; a pixel belongs to a region
            only above a fifth of the region's typical bright pixel.
    """
    labels = np.zeros(shape, np.uint8)
    strongest = np.zeros(shape, np.float32)
    for region, window, image in regions:
        lit = image[image > 0.02 * image.max()]
        mine = (image > 0.2 * float(np.percentile(lit, 75))) & (image > strongest[window])
        labels[window][mine] = region
        strongest[window][mine] = image[mine]
    return labels

"""Whether two ways of computing the network say the same."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.tiling import Tile


@dataclass(frozen=True)
class Parity:
    """How one way's answer differs from the reference's.

    Attributes:
        largest_logit_difference: at the worst pixel.
        pixels_changed: pixels on the other side of the threshold.
    """

    largest_logit_difference: float | None
    pixels_changed: int | None


NO_PARITY = Parity(None, None)
"""Of another network, which says another thing."""


def parity(came: NDArray[np.float32], expected: NDArray[np.float32], threshold: float) -> Parity:
    """Compare logits of one shape.

    Args:
        came: of the way in question.
        expected: of the reference.
        threshold: probability from which a pixel is called lesion.
    """
    at = np.log(threshold / (1 - threshold))
    changed = (came >= at) != (expected >= at)
    return Parity(float(np.abs(came - expected).max()), int(changed.sum()))


def mean_map(
    logits: NDArray[np.float32], tiles: tuple[Tile, ...], shape: tuple[int, int]
) -> NDArray[np.float32]:
    """Logits of tiles ``[tile, row, column]`` as one map: the plain mean where tiles overlap."""
    summed, count = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for tile, values in zip(tiles, logits, strict=True):
        summed[tile.window] += values
        count[tile.window] += 1
    mean: NDArray[np.float32] = summed / count
    return mean

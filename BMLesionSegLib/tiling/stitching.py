"""Tiles back to one image: a weighted mean in float32."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.tiling.tiles import Tile


class Stitcher:
    """Collects tiles in any order and gives their weighted mean.

    A tile weighs most at its centre row and least at its top and bottom edge, where its network
    saw least of the surroundings; columns likewise, but only where tiles overlap sideways.
    """

    def __init__(self, shape: tuple[int, int], tiles: tuple[Tile, ...]) -> None:
        """Make room for ``shape`` rows and columns; ``tiles`` are all that will be added."""
        starts = zip(*((tile.row, tile.column) for tile in tiles), strict=True)
        along_rows, along_columns = (
            tent(length) if len(set(places)) > 1 else np.ones(length)
            for places, length in zip(starts, tiles[0].shape, strict=True)
        )
        self._weight = np.outer(along_rows, along_columns).astype(np.float32)
        self._sum = np.zeros(shape, np.float32)
        self._weights = np.zeros(shape, np.float32)

    def add(self, tiles: Iterable[Tile], values: NDArray[np.float32]) -> None:
        """Add tiles with their values ``[tile, row, column]``."""
        for tile, value in zip(tiles, values, strict=True):
            self._sum[tile.window] += self._weight * value
            self._weights[tile.window] += self._weight

    def image(self) -> NDArray[np.float32]:
        """The weighted mean ``[row, column]``; every pixel must have been covered."""
        return self._sum / self._weights


def tent(size: int) -> NDArray[np.float64]:
    """Weights that rise from the edges to 1 in the middle, never zero."""
    distance = np.minimum(np.arange(size), np.arange(size)[::-1]) + 0.5
    weights: NDArray[np.float64] = distance / distance.max()
    return weights

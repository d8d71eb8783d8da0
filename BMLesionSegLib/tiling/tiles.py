"""Where the tiles lie (the paper's step 4: 256 x 256 at stride 128)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.errors import GeometryRefused


@dataclass(frozen=True)
class Tile:
    """A square window.

    Attributes:
        row: of its top edge.
        column: of its left edge.
        size: side in pixels.
    """

    row: int
    column: int
    size: int

    @property
    def window(self) -> tuple[slice, slice]:
        """Rows and columns, for indexing ``[row, column]``."""
        return slice(self.row, self.row + self.size), slice(self.column, self.column + self.size)


def tile_grid(shape: tuple[int, int], size: int = 256, stride: int = 128) -> tuple[Tile, ...]:
    """Tiles that cover every pixel, row by row.

    Where the stride does not divide the rest, the last tile is moved inside.

    Args:
        shape: rows, columns; at least one tile each way.
        size: side of a tile in pixels.
        stride: pixels from one tile to the next.

    Raises:
        GeometryRefused: the image is smaller than a tile, or the stride leaves gaps.
    """
    if min(shape) < size or not 0 < stride <= size:
        raise GeometryRefused(
            "an image holds at least one tile, and tiles touch",
            f"image {shape}, tile {size}, stride {stride} came",
            "Pad the image to whole tiles and keep the stride between 1 and the tile.",
        )
    rows, columns = (starts(length, size, stride) for length in shape)
    return tuple(Tile(row, column, size) for row in rows for column in columns)


def starts(length: int, size: int, stride: int) -> list[int]:
    """First pixels of the tiles along one axis."""
    first = list(range(0, length - size + 1, stride))
    return first if first[-1] == length - size else [*first, length - size]


def cut(image: NDArray[np.float32], tiles: tuple[Tile, ...]) -> NDArray[np.float32]:
    """The tiles' pixels, ``[tile, row, column]``."""
    return np.stack([image[tile.window] for tile in tiles])

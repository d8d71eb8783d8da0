"""Where the tiles lie (the paper's step 4: 256 x 256 at stride 128; or whole views)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.errors import GeometryRefused


@dataclass(frozen=True)
class Tile:
    """A window.

    Attributes:
        row: of its top edge.
        column: of its left edge.
        shape: rows, columns.
    """

    row: int
    column: int
    shape: tuple[int, int]

    @property
    def window(self) -> tuple[slice, slice]:
        """Rows and columns, for indexing ``[row, column]``."""
        rows, columns = self.shape
        return slice(self.row, self.row + rows), slice(self.column, self.column + columns)


def tile_grid(
    shape: tuple[int, int],
    tile: tuple[int, int] = (256, 256),
    steps: tuple[int, int] = (128, 128),
) -> tuple[Tile, ...]:
    """Tiles that cover every pixel, row by row.

    Where the step does not divide the rest, the last tile is moved inside.

    Args:
        shape: rows, columns of the image; at least one tile each way.
        tile: rows, columns of a tile.
        steps: rows, columns from one tile to the next.

    Raises:
        GeometryRefused: the image is smaller than a tile, or the steps leave gaps.
    """
    axes = tuple(zip(shape, tile, steps, strict=True))
    if not all(length >= size >= step > 0 for length, size, step in axes):
        raise GeometryRefused(
            "an image holds at least one tile, and tiles touch",
            f"image {shape}, tile {tile}, steps {steps} came",
            "Pad the image to whole tiles and keep the steps between 1 and the tile.",
        )
    rows, columns = (starts(*axis) for axis in axes)
    return tuple(Tile(row, column, tile) for row in rows for column in columns)


def starts(length: int, size: int, step: int) -> list[int]:
    """First pixels of the tiles along one axis."""
    first = list(range(0, length - size + 1, step))
    return first if first[-1] == length - size else [*first, length - size]


def cut(planes: NDArray[np.float32], tiles: tuple[Tile, ...]) -> NDArray[np.float32]:
    """The tiles' pixels, of an image ``[row, column]`` or of several ``[plane, row, column]``.

    Returns:
        The same with the tile's number before: ``[tile, row, column]`` or
        ``[tile, plane, row, column]``.
    """
    return np.stack([planes[..., *tile.window] for tile in tiles])

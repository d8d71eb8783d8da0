"""What every network takes: tiles of one view, of 256 x 256 pixels unless it says otherwise."""

import torch
from torch import nn

from BMLesionSegLib.errors import GeometryRefused

TILE_SHAPE = (256, 256)


def check_tiles(tiles: torch.Tensor, shape: tuple[int, int] = TILE_SHAPE, views: int = 1) -> None:
    """Refuse anything but ``[batch, view, row, column]`` of this shape.

    The vision transformer has one learned position for each pixel of the bottom map, so another
    size has no meaning; the comparators are held to the same tiles.

    Args:
        tiles: what came.
        shape: rows, columns.
        views: that are shown at once.

    Raises:
        GeometryRefused: another rank, number of views or size.
    """
    if tiles.ndim != 4 or tiles.shape[1:] != (views, *shape):
        raise GeometryRefused(
            f"a network takes tiles [batch, {views}, {shape[0]}, {shape[1]}]",
            f"{list(tiles.shape)} came",
            "Cut the view into tiles first.",
        )


def tile_shape(network: nn.Module) -> tuple[int, int]:
    """Rows and columns of the tiles that a network takes."""
    shape: tuple[int, int] = getattr(network, "tile_shape", TILE_SHAPE)
    return shape


def input_shape(network: nn.Module) -> tuple[int, int, int]:
    """Views, rows and columns that a network is shown at once."""
    return getattr(network, "views", 1), *tile_shape(network)

"""What every network takes: one-channel tiles of 256 x 256 pixels."""

import torch

from BMLesionSegLib.errors import GeometryRefused

TILE_SIZE = 256


def check_tiles(tiles: torch.Tensor) -> None:
    """Refuse anything but ``[batch, 1, 256, 256]``.

    The vision transformer has one learned position for each pixel of the 16 x 16 bottom map, so
    another tile size has no meaning; the comparators are held to the same tiles.

    Raises:
        GeometryRefused: another rank, channel count or size.
    """
    if tiles.ndim != 4 or tiles.shape[1:] != (1, TILE_SIZE, TILE_SIZE):
        raise GeometryRefused(
            f"a network takes tiles [batch, 1, {TILE_SIZE}, {TILE_SIZE}]",
            f"{list(tiles.shape)} came",
            "Cut the view into tiles first.",
        )

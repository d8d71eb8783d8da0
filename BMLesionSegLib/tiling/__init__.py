"""Tiles out of a scintigram, and back."""

from BMLesionSegLib.tiling.stitching import Stitcher
from BMLesionSegLib.tiling.tiles import Tile, cut, tile_grid

__all__ = ["Stitcher", "Tile", "cut", "tile_grid"]

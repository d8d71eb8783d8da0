"""U-Net++ (Zhou et al. 2018, DLMIA): nested skips and deep supervision."""

from functools import partial

import torch
from torch import nn

from BMLesionSegLib.networks.deep_supervision import DeepSupervision, Logits
from BMLesionSegLib.networks.double_conv import DoubleConv
from BMLesionSegLib.networks.feature_widths import check_features
from BMLesionSegLib.networks.nested_grid import NestedGrid
from BMLesionSegLib.networks.tile_check import check_tiles


class UNetPlusPlus(nn.Module):
    """Tiles to logits, one head on each full-size node.

    Args:
        features: channels of the levels, the bottom last.

    Raises:
        BundleRefused: features from which no network can be built.
    """

    def __init__(self, features: tuple[int, ...] = (32, 64, 128, 256, 512)) -> None:
        super().__init__()
        check_features(features)
        self.grid = NestedGrid(features, partial(DoubleConv, bias=True), JoiningNode)
        self.heads = DeepSupervision(features[:1] * (len(features) - 1))

    def forward(self, tiles: torch.Tensor) -> Logits:
        """``[batch, 1, 256, 256]`` normalised counts to logits of the same shape.

        In training mode a tuple of four, that of the deepest node last.

        Raises:
            GeometryRefused: tiles of another shape.
        """
        check_tiles(tiles)
        logits: Logits = self.heads(self.grid(tiles))
        return logits


class JoiningNode(nn.Module):
    """All that comes in, concatenated, through a double convolution.

    Args:
        width: channels of the level.
        below: channels of the level below.
        earlier: number of earlier nodes in the level.
    """

    def __init__(self, width: int, below: int, earlier: int) -> None:
        super().__init__()
        self.conv = DoubleConv(earlier * width + below, width, bias=True)

    def forward(self, skips: torch.Tensor, raised: torch.Tensor) -> torch.Tensor:
        """Both ``[batch, channels, row, column]`` to ``[batch, width, row, column]``."""
        joined: torch.Tensor = self.conv(torch.cat([skips, raised], dim=1))
        return joined

"""ICUnet++ (Li et al. 2023), our reading of the abstract.

The grid of U-Net++ with inception modules for convolutions, convolutional block attention behind
every node of the encoder, and an attention gate before every concatenation.
"""

import torch
from torch import nn

from BMLesionSegLib.networks.attention_gate import AttentionGate
from BMLesionSegLib.networks.cbam import Cbam
from BMLesionSegLib.networks.deep_supervision import DeepSupervision, Logits
from BMLesionSegLib.networks.feature_widths import check_features
from BMLesionSegLib.networks.inception import DoubleInception
from BMLesionSegLib.networks.nested_grid import NestedGrid
from BMLesionSegLib.networks.tile_check import check_tiles


class ICUNetPlusPlus(nn.Module):
    """Tiles to logits, one head on each full-size node.

    Args:
        features: channels of the levels, the bottom last; at least four, one a branch.

    Raises:
        BundleRefused: features from which no network can be built.
    """

    def __init__(self, features: tuple[int, ...] = (32, 64, 128, 256, 512)) -> None:
        super().__init__()
        check_features(features, least=4)
        self.grid = NestedGrid(features, attended_entry, GatedNode)
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


class GatedNode(nn.Module):
    """The level's earlier nodes, gated by the map from below, joined with it.

    Args:
        width: channels of the level.
        below: channels of the level below.
        earlier: number of earlier nodes in the level.
    """

    def __init__(self, width: int, below: int, earlier: int) -> None:
        super().__init__()
        self.gate = AttentionGate(below, earlier * width, width // 2)
        self.conv = DoubleInception(earlier * width + below, width)

    def forward(self, skips: torch.Tensor, raised: torch.Tensor) -> torch.Tensor:
        """Both ``[batch, channels, row, column]`` to ``[batch, width, row, column]``."""
        joined: torch.Tensor = self.conv(torch.cat([self.gate(raised, skips), raised], dim=1))
        return joined


def attended_entry(channels_in: int, channels_out: int) -> nn.Module:
    """A node of the encoder."""
    return nn.Sequential(DoubleInception(channels_in, channels_out), Cbam(channels_out))

"""Attention U-Net (Oktay et al. 2018, MIDL), in its usual two-dimensional form.

The authors' own network is three-dimensional, gates three levels at the coarser level's size and
fuses four heads; papers on planar images compare against the form here: a gate on all four skips,
at the skip's size, and one head.
"""

import torch
from torch import nn

from BMLesionSegLib.networks.attention_gate import AttentionGate
from BMLesionSegLib.networks.conv_unit import ConvUnit
from BMLesionSegLib.networks.double_conv import DoubleConv
from BMLesionSegLib.networks.feature_widths import check_features
from BMLesionSegLib.networks.tile_check import check_tiles


class AttentionUNet(nn.Module):
    """Tiles to logits.

    Args:
        features: channels of the levels, the bottom last; at least two.

    Raises:
        BundleRefused: features from which no network can be built.
    """

    def __init__(self, features: tuple[int, ...] = (64, 128, 256, 512, 1024)) -> None:
        super().__init__()
        check_features(features, least=2)
        self.pool = nn.MaxPool2d(kernel_size=2)
        self.encoder = nn.ModuleList(
            DoubleConv(above, width, bias=True)
            for above, width in zip((1, *features[:-1]), features, strict=True)
        )
        upwards = features[-2::-1]
        self.up = nn.ModuleList(
            nn.Sequential(nn.Upsample(scale_factor=2), ConvUnit(deep, width, kernel=3, bias=True))
            for deep, width in zip(features[:0:-1], upwards, strict=True)
        )
        self.gates = nn.ModuleList(AttentionGate(width, width, width // 2) for width in upwards)
        self.decoder = nn.ModuleList(DoubleConv(2 * width, width, bias=True) for width in upwards)
        self.head = nn.Conv2d(features[0], 1, kernel_size=1)

    def forward(self, tiles: torch.Tensor) -> torch.Tensor:
        """``[batch, 1, 256, 256]`` normalised counts to logits of the same shape.

        Raises:
            GeometryRefused: tiles of another shape.
        """
        check_tiles(tiles)
        skips = [self.encoder[0](tiles)]
        for stage in self.encoder[1:]:
            skips.append(stage(self.pool(skips[-1])))
        x = skips.pop()
        for up, gate, stage in zip(self.up, self.gates, self.decoder, strict=True):
            x = up(x)
            x = stage(torch.cat([gate(x, skips.pop()), x], dim=1))
        logits: torch.Tensor = self.head(x)
        return logits

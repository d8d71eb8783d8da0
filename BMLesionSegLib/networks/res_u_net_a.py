"""ResUNet-a (Diakogiannis et al. 2020), d6 for 256 x 256 images, with one task.

The full network also predicts distance, boundary and colour; the comparison has no such labels,
so only the segmentation head is here.
"""

import torch
from torch import nn

from BMLesionSegLib.networks.conv_unit import ConvUnit
from BMLesionSegLib.networks.feature_widths import check_width
from BMLesionSegLib.networks.pyramid_pooling import PyramidPooling, normalised_1x1
from BMLesionSegLib.networks.tile_check import check_tiles

DILATIONS = ((1, 3, 15, 31), (1, 3, 15, 31), (1, 3, 15), (1, 3, 5), (1,), (1,))
"""Going down, level by level."""

DILATIONS_UP = ((1, 3, 5), (1, 3, 15), (1, 3, 15, 31), (1, 3, 15, 31), (1, 3, 15, 31))
"""Going up, the deepest level first."""


class ResUNetA(nn.Module):
    """Tiles to logits.

    Args:
        width: channels of the finest of the six levels; each deeper one has twice as many.

    Raises:
        BundleRefused: a width that is no multiple of 4.
    """

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        check_width(width, divisor=4)
        features = [width * 2**level for level in range(len(DILATIONS))]
        upwards = features[-2::-1]
        self.first = ConvUnit(1, width, kernel=1)
        self.encoder = nn.ModuleList(map(DilatedUnit, features, DILATIONS))
        self.down = nn.ModuleList(
            nn.Conv2d(wide, 2 * wide, kernel_size=3, stride=2, padding=1, bias=False)
            for wide in features[:-1]
        )
        self.middle = PyramidPooling(features[-1], features[-1])
        self.up = nn.ModuleList(map(Joining, upwards))
        self.decoder = nn.ModuleList(map(DilatedUnit, upwards, DILATIONS_UP))
        self.last = PyramidPooling(2 * width, width)
        self.head = nn.Sequential(
            ConvUnit(width, width, kernel=3),
            ConvUnit(width, width, kernel=3),
            nn.Conv2d(width, 1, kernel_size=1),
        )

    def forward(self, tiles: torch.Tensor) -> torch.Tensor:
        """``[batch, 1, 256, 256]`` normalised counts to logits of the same shape.

        Raises:
            GeometryRefused: tiles of another shape.
        """
        check_tiles(tiles)
        first = self.first(tiles)
        skips = [self.encoder[0](first)]
        for down, unit in zip(self.down, self.encoder[1:], strict=True):
            skips.append(unit(down(skips[-1])))
        x = torch.relu(self.middle(skips.pop()))
        for up, unit in zip(self.up, self.decoder, strict=True):
            x = unit(up(x, skips.pop()))
        x = torch.relu(self.last(torch.cat([first, x], dim=1)))
        logits: torch.Tensor = self.head(x)
        return logits


class DilatedUnit(nn.Module):
    """A map and what each dilation finds in it, summed.

    Args:
        channels: of the input and of the output map.
        dilations: one branch each.
    """

    def __init__(self, channels: int, dilations: tuple[int, ...]) -> None:
        super().__init__()
        self.branches = nn.ModuleList(dilated_branch(channels, dilation) for dilation in dilations)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to the same shape."""
        summed = features
        for branch in self.branches:
            summed = summed + branch(features)
        return summed


class Joining(nn.Module):
    """One level up: half the channels, twice the size, joined with the skip.

    Args:
        width: channels of the level reached; the level below has twice as many.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.narrow = nn.Sequential(
            nn.Upsample(scale_factor=2),
            normalised_1x1(2 * width, width // 2),
            nn.ReLU(inplace=True),
        )
        self.mix = normalised_1x1(width // 2 + width, width)

    def forward(self, features: torch.Tensor, skip: torch.Tensor) -> torch.Tensor:
        """``[batch, 2 * width, ...]`` and a skip ``[batch, width, ...]`` to the skip's shape."""
        joined: torch.Tensor = self.mix(torch.cat([self.narrow(features), skip], dim=1))
        return joined


def dilated_branch(channels: int, dilation: int) -> nn.Module:
    """Normalised and activated before each of two dilated convolutions."""
    return nn.Sequential(
        nn.BatchNorm2d(channels),
        nn.ReLU(),
        nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation, bias=False),
        nn.BatchNorm2d(channels),
        nn.ReLU(),
        nn.Conv2d(channels, channels, 3, padding=dilation, dilation=dilation),
    )

"""The segmentation model of Liu et al. 2022: a residual U-Net, our reading of the abstract.

The abstract says "a deep residual convolutional neural network"; read as a 34-layer residual
encoder (He et al. 2016) under a decoder of double convolutions, without pretraining.
"""

import torch
from torch import nn

from BMLesionSegLib.networks.double_conv import DoubleConv
from BMLesionSegLib.networks.feature_widths import check_width
from BMLesionSegLib.networks.tile_check import check_tiles

DEPTHS = (3, 4, 6, 3)


class Liu2022(nn.Module):
    """Tiles to logits.

    Args:
        width: channels of the stem and the first residual stage; each later one has twice as many.

    Raises:
        BundleRefused: a width that is no multiple of 16.
    """

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        # Narrower, torch 2.13 spoils memory when it trains channels-last on a CPU.
        check_width(width, divisor=16)
        stages = (width, 2 * width, 4 * width, 8 * width)
        self.stem = nn.Sequential(
            nn.Conv2d(1, width, kernel_size=7, stride=2, padding=3, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(inplace=True),
        )
        self.pool = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
        self.encoder = nn.ModuleList(map(residual_stage, (width, *stages[:-1]), stages, DEPTHS))
        self.up = nn.Upsample(scale_factor=2)
        self.decoder = nn.ModuleList(
            [
                DoubleConv(8 * width + 4 * width, 4 * width),
                DoubleConv(4 * width + 2 * width, 2 * width),
                DoubleConv(2 * width + width, width),
                DoubleConv(width + width, width // 2),
            ]
        )
        self.last = DoubleConv(width // 2, width // 4)
        self.head = nn.Conv2d(width // 4, 1, kernel_size=3, padding=1)

    def forward(self, tiles: torch.Tensor) -> torch.Tensor:
        """``[batch, 1, 256, 256]`` normalised counts to logits of the same shape.

        Raises:
            GeometryRefused: tiles of another shape.
        """
        check_tiles(tiles)
        skips = [self.stem(tiles)]
        x = self.pool(skips[0])
        for stage in self.encoder:
            x = stage(x)
            skips.append(x)
        x = skips.pop()
        for stage in self.decoder:
            x = stage(torch.cat([self.up(x), skips.pop()], dim=1))
        logits: torch.Tensor = self.head(self.last(self.up(x)))
        return logits


class BasicBlock(nn.Module):
    """Two 3 x 3 convolutions beside a shortcut, projected only where the shape changes."""

    def __init__(self, channels_in: int, channels_out: int) -> None:
        super().__init__()
        changes = channels_in != channels_out
        stride = 2 if changes else 1
        self.convs = nn.Sequential(
            nn.Conv2d(channels_in, channels_out, 3, stride, padding=1, bias=False),
            nn.BatchNorm2d(channels_out),
            nn.ReLU(inplace=True),
            nn.Conv2d(channels_out, channels_out, 3, padding=1, bias=False),
            nn.BatchNorm2d(channels_out),
        )
        self.shortcut = (
            nn.Sequential(
                nn.Conv2d(channels_in, channels_out, 1, stride, bias=False),
                nn.BatchNorm2d(channels_out),
            )
            if changes
            else nn.Identity()
        )

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels_in, ...]`` to ``[batch, channels_out, ...]``, halved if changed."""
        return torch.relu(self.convs(features) + self.shortcut(features))


def residual_stage(channels_in: int, channels_out: int, depth: int) -> nn.Module:
    """``depth`` blocks, the first of which changes the shape."""
    widths = [channels_in] + [channels_out] * depth
    return nn.Sequential(*map(BasicBlock, widths, widths[1:]))

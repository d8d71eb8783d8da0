"""Residual block: two 3 x 3 convolutions beside a shortcut (He et al. 2016)."""

import torch
from torch import nn

from BMLesionSegLib.networks.conv_unit import ConvUnit


class ResidualBlock(nn.Module):
    """``[batch, channels_in, row, column]`` to ``[batch, channels_out, row, column]``.

    Args:
        channels_in: of the input map.
        channels_out: of the output map.
    """

    def __init__(self, channels_in: int, channels_out: int) -> None:
        super().__init__()
        self.convs = nn.Sequential(
            ConvUnit(channels_in, channels_out, kernel=3, bias=True),
            nn.Conv2d(channels_out, channels_out, kernel_size=3, padding=1),
            nn.BatchNorm2d(channels_out),
        )
        self.shortcut = nn.Sequential(
            nn.Conv2d(channels_in, channels_out, kernel_size=1),
            nn.BatchNorm2d(channels_out),
        )

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels_in, row, column]`` to ``[batch, channels_out, row, column]``."""
        return torch.relu(self.convs(features) + self.shortcut(features))

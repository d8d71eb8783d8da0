"""Convolutional block attention: which channels, then where (Woo et al. 2018)."""

import torch
from torch import nn


class ChannelAttention(nn.Module):
    """One fraction a channel, from the map's mean and maximum through the same two layers."""

    def __init__(self, channels: int, reduction: int) -> None:
        super().__init__()
        hidden = max(channels // reduction, 4)
        self.layers = nn.Sequential(
            nn.Linear(channels, hidden), nn.ReLU(inplace=True), nn.Linear(hidden, channels)
        )

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to ``[batch, channels, 1, 1]``."""
        summed = self.layers(features.mean((2, 3))) + self.layers(features.amax((2, 3)))
        return torch.sigmoid(summed)[:, :, None, None]


class SpatialAttention(nn.Module):
    """One fraction a pixel, from the mean and the maximum over the channels."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(2, 1, kernel_size=7, padding=3, bias=False)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to ``[batch, 1, row, column]``."""
        summary = torch.cat([features.mean(1, keepdim=True), features.amax(1, keepdim=True)], dim=1)
        return torch.sigmoid(self.conv(summary))


class Cbam(nn.Module):
    """A map weighed channel by channel, then pixel by pixel.

    Args:
        channels: of the input and of the output map.
        reduction: how much narrower the hidden layer of the channel attention is; it has at least
            four units, as one or two may fall silent for good.
    """

    def __init__(self, channels: int, reduction: int = 8) -> None:
        super().__init__()
        self.channel = ChannelAttention(channels, reduction)
        self.spatial = SpatialAttention()

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to the same shape."""
        chosen = features * self.channel(features)
        weighed: torch.Tensor = chosen * self.spatial(chosen)
        return weighed

"""Attention gate on a skip connection (Oktay et al. 2018, Eqs. 1-2), at the skip's own size."""

import torch
from torch import nn


class AttentionGate(nn.Module):
    """A skip, each pixel weighed by one fraction that the map coming up decides.

    Args:
        channels_gate: of the map coming up.
        channels_skip: of the skip.
        channels_inner: of the map in which the two are added.
    """

    def __init__(self, channels_gate: int, channels_skip: int, channels_inner: int) -> None:
        super().__init__()
        self.from_gate = projection(channels_gate, channels_inner)
        self.from_skip = projection(channels_skip, channels_inner)
        self.fraction = projection(channels_inner, 1)

    def forward(self, gate: torch.Tensor, skip: torch.Tensor) -> torch.Tensor:
        """Both ``[batch, channels, row, column]`` of one size, to the skip's shape."""
        added = torch.relu(self.from_gate(gate) + self.from_skip(skip))
        return skip * torch.sigmoid(self.fraction(added))


def projection(channels_in: int, channels_out: int) -> nn.Module:
    """A 1 x 1 convolution and a normalisation."""
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_out, kernel_size=1), nn.BatchNorm2d(channels_out)
    )

"""Parallel kernels on one map, concatenated (Szegedy et al. 2015)."""

import torch
from torch import nn

from BMLesionSegLib.networks.conv_unit import ConvUnit


class Inception(nn.Module):
    """``[batch, channels_in, row, column]`` to ``[batch, channels_out, row, column]``.

    One branch a kernel and one max-pooled branch. They share the output channels equally; the
    first takes the remainder.

    Args:
        channels_in: of the input map.
        channels_out: of the output map, at least one a branch.
        kernels: odd sides of the branches.
        reduce: a 1 x 1 convolution narrows the map before a larger kernel, as in GoogLeNet.
        bias: the convolutions have one, although a normalisation follows.
    """

    def __init__(
        self,
        channels_in: int,
        channels_out: int,
        kernels: tuple[int, ...] = (1, 3, 5),
        reduce: bool = True,
        bias: bool = False,
    ) -> None:
        super().__init__()
        width = channels_out // (len(kernels) + 1)
        widths = [channels_out - width * len(kernels)] + [width] * (len(kernels) - 1)
        self.branches = nn.ModuleList(
            inception_branch(channels_in, branch_width, kernel, reduce, bias)
            for branch_width, kernel in zip(widths, kernels, strict=True)
        )
        self.pooled_branch = nn.Sequential(
            nn.MaxPool2d(kernel_size=3, stride=1, padding=1),
            ConvUnit(channels_in, width, kernel=1, bias=bias),
        )

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels_in, row, column]`` to ``[batch, channels_out, row, column]``."""
        scales = [branch(features) for branch in self.branches]
        return torch.cat([*scales, self.pooled_branch(features)], dim=1)


class DoubleInception(nn.Sequential):
    """Two inception modules: a level's double convolution with each 3 x 3 replaced."""

    def __init__(self, channels_in: int, channels_out: int) -> None:
        super().__init__(
            Inception(channels_in, channels_out, bias=True),
            Inception(channels_out, channels_out, bias=True),
        )


def inception_branch(channels: int, width: int, kernel: int, reduce: bool, bias: bool) -> nn.Module:
    """One branch: the kernel itself, narrowed first where asked."""
    if kernel == 1 or not reduce:
        return ConvUnit(channels, width, kernel, bias)
    return nn.Sequential(
        ConvUnit(channels, width, kernel=1, bias=bias), ConvUnit(width, width, kernel, bias)
    )

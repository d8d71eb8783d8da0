"""Multi-scale feature learning: parallel kernels for lesions of different size."""

import torch
from torch import nn

from BMLesionSegLib.networks.conv_unit import ConvUnit


class MultiScale(nn.Module):
    """Branches of different kernel on one map, concatenated (Xie et al. 2025, Eqs. 1-2).

    One branch a kernel and one max-pooled branch; the text says five branches, the equations and
    the kernel list give four. Widths are not named: the branches share the channels equally and
    the first takes the remainder, so that the channel count is kept.

    Args:
        channels: of the input and of the output map.
        kernels: odd sides of the branches.
        reduce: a 1 x 1 convolution narrows the map before a larger kernel, as in GoogLeNet.
    """

    def __init__(self, channels: int, kernels: tuple[int, ...], reduce: bool) -> None:
        super().__init__()
        width = channels // (len(kernels) + 1)
        widths = [channels - width * len(kernels)] + [width] * (len(kernels) - 1)
        self.branches = nn.ModuleList(
            scale_branch(channels, branch_width, kernel, reduce)
            for branch_width, kernel in zip(widths, kernels, strict=True)
        )
        self.pooled_branch = nn.Sequential(
            nn.MaxPool2d(kernel_size=3, stride=1, padding=1), ConvUnit(channels, width, kernel=1)
        )

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to the same shape."""
        scales = [branch(features) for branch in self.branches]
        return torch.cat([*scales, self.pooled_branch(features)], dim=1)


def scale_branch(channels: int, width: int, kernel: int, reduce: bool) -> nn.Module:
    """One branch: the kernel itself, narrowed first where asked."""
    if kernel == 1 or not reduce:
        return ConvUnit(channels, width, kernel)
    return nn.Sequential(ConvUnit(channels, width, kernel=1), ConvUnit(width, width, kernel))

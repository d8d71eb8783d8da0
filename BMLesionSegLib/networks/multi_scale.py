"""Multi-scale feature learning: parallel kernels for lesions of different size."""

import torch

from BMLesionSegLib.networks.inception import Inception


class MultiScale(Inception):
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
        super().__init__(channels, channels, kernels, reduce)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to the same shape."""
        return super().forward(features)

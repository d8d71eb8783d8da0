"""Non-local attention: every position of the bottom map looks at every other."""

import torch
from torch import nn


class NonLocal(nn.Module):
    """Embedded-Gaussian non-local block with a residual (Xie et al. 2025, Eqs. 17-23).

    The last convolution starts at zero, so that the block starts as the identity (Wang et al.
    2018). The similarities are not scaled.

    Args:
        channels: of the input and of the output map; queries, keys and values have half of them.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        half = channels // 2
        self.theta = nn.Conv2d(channels, half, kernel_size=1)
        self.phi = nn.Conv2d(channels, half, kernel_size=1)
        self.g = nn.Conv2d(channels, half, kernel_size=1)
        self.out = nn.Conv2d(half, channels, kernel_size=1)
        for parameter in self.out.parameters():
            nn.init.zeros_(parameter)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to the same shape."""
        queries = self.theta(features).flatten(2).transpose(1, 2)
        keys = self.phi(features).flatten(2)
        values = self.g(features).flatten(2).transpose(1, 2)
        similarity = torch.softmax(queries @ keys, dim=-1)
        attended = (similarity @ values).transpose(1, 2).unflatten(2, features.shape[-2:])
        returned: torch.Tensor = self.out(attended)
        return features + returned

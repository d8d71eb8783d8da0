"""Multi-pooling learning: the context of coarse grids beside the map itself."""

import torch
from torch import nn
from torch.nn import functional


class MultiPooling(nn.Module):
    """Average-pooled grids, spread back and concatenated (Xie et al. 2025, Eqs. 3-5).

    The text calls the sizes windows; Eq. 3 pools to a grid of that size, which is followed. There
    is no normalisation after the 1 x 1 convolutions and no projection back.

    Args:
        channels: of the input map.
        sizes: sides of the grids; each grid adds ``channels // len(sizes)`` channels.
    """

    def __init__(self, channels: int, sizes: tuple[int, ...]) -> None:
        super().__init__()
        width = channels // len(sizes)
        self.grids = nn.ModuleList(
            nn.Sequential(nn.AdaptiveAvgPool2d(size), nn.Conv2d(channels, width, kernel_size=1))
            for size in sizes
        )

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to the same size with the grids' channels added."""
        size = features.shape[-2:]
        context = [
            functional.interpolate(grid(features), size, mode="bilinear", align_corners=False)
            for grid in self.grids
        ]
        return torch.cat([features, *context], dim=1)

"""Pyramid pooling (Zhao et al. 2017), with maxima, as ResUNet-a has it."""

import torch
from torch import nn
from torch.nn import functional

GRIDS = (1, 2, 4, 8)


class PyramidPooling(nn.Module):
    """The maxima of coarse grids beside the map itself, mixed.

    Args:
        channels_in: of the input map.
        channels_out: of the output map; each grid adds a quarter of them before the mixing.
    """

    def __init__(self, channels_in: int, channels_out: int) -> None:
        super().__init__()
        quarter = channels_out // len(GRIDS)
        self.grids = nn.ModuleList(normalised_1x1(channels_in, quarter) for _ in GRIDS)
        self.mix = normalised_1x1(channels_in + quarter * len(GRIDS), channels_out)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels_in, row, column]``, each side a multiple of 8, to the same size."""
        size = features.shape[-2:]
        # Spread before the convolution: a normalisation needs more than one pixel.
        context = [
            convolution(
                functional.interpolate(functional.adaptive_max_pool2d(features, grid), size)
            )
            for grid, convolution in zip(GRIDS, self.grids, strict=True)
        ]
        mixed: torch.Tensor = self.mix(torch.cat([*context, features], dim=1))
        return mixed


def normalised_1x1(channels_in: int, channels_out: int) -> nn.Module:
    """A 1 x 1 convolution and a normalisation."""
    return nn.Sequential(
        nn.Conv2d(channels_in, channels_out, kernel_size=1, bias=False),
        nn.BatchNorm2d(channels_out),
    )

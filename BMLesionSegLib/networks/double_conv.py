"""Composite convolution of one level: 3 x 3 twice (Xie et al. 2025, Figure 1)."""

from torch import nn

from BMLesionSegLib.networks.conv_unit import ConvUnit


class DoubleConv(nn.Sequential):
    """``[batch, channels_in, row, column]`` to ``[batch, channels_out, row, column]``."""

    def __init__(self, channels_in: int, channels_out: int, bias: bool = False) -> None:
        super().__init__(
            ConvUnit(channels_in, channels_out, kernel=3, bias=bias),
            ConvUnit(channels_out, channels_out, kernel=3, bias=bias),
        )

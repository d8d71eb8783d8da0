"""Convolution, batch normalisation, ReLU: the unit of every block."""

from torch import nn


class ConvUnit(nn.Sequential):
    """``[batch, channels_in, row, column]`` to ``[batch, channels_out, row, column]``.

    The paper names neither normalisation nor activation; this is the usual reading. The
    convolution has no bias because the normalisation brings its own.

    Args:
        channels_in: of the input map.
        channels_out: of the output map.
        kernel: odd side of the convolution; padding keeps the size.
    """

    def __init__(self, channels_in: int, channels_out: int, kernel: int) -> None:
        super().__init__(
            nn.Conv2d(channels_in, channels_out, kernel, padding=kernel // 2, bias=False),
            nn.BatchNorm2d(channels_out),
            nn.ReLU(inplace=True),
        )

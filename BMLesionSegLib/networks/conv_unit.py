"""Convolution, batch normalisation, ReLU: the unit of every block."""

from torch import nn


class ConvUnit(nn.Sequential):
    """``[batch, channels_in, row, column]`` to ``[batch, channels_out, row, column]``.

    The paper names neither normalisation nor activation; this is the usual reading. The
    convolution needs no bias because the normalisation brings its own; some of the comparators
    were published with one.

    Args:
        channels_in: of the input map.
        channels_out: of the output map.
        kernel: odd side of the convolution; padding keeps the size.
        bias: the convolution has one all the same.
    """

    def __init__(
        self, channels_in: int, channels_out: int, kernel: int, bias: bool = False
    ) -> None:
        super().__init__(
            nn.Conv2d(channels_in, channels_out, kernel, padding=kernel // 2, bias=bias),
            nn.BatchNorm2d(channels_out),
            nn.ReLU(inplace=True),
        )

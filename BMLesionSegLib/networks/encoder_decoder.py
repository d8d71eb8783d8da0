"""The U that most networks share: down by max-pooling, up by transposed convolution, with skips."""

from collections.abc import Callable

import torch
from torch import nn


class EncoderDecoder(nn.Module):
    """A tile to the maps of the decoder (Ronneberger et al. 2015), with the stages left open.

    Args:
        features: channels of the levels, the finest first; the last is the bottom.
        encoder_stage: makes the block of a level going down, from its channels in and out.
        decoder_stage: makes the block of a level going up, from its channels in and out.
        skip: makes what stands on a skip connection, from its channels.
    """

    def __init__(
        self,
        features: tuple[int, ...],
        encoder_stage: Callable[[int, int], nn.Module],
        decoder_stage: Callable[[int, int], nn.Module],
        skip: Callable[[int], nn.Module] = nn.Identity,
    ) -> None:
        super().__init__()
        *levels, bottom = features
        upwards = levels[::-1]
        self.pool = nn.MaxPool2d(kernel_size=2)
        self.encoder = nn.ModuleList(map(encoder_stage, (1, *levels[:-1]), levels))
        self.skips = nn.ModuleList(map(skip, levels))
        self.bottom = encoder_stage(levels[-1], bottom)
        self.up = nn.ModuleList(
            nn.ConvTranspose2d(deep, width, kernel_size=2, stride=2)
            for deep, width in zip((bottom, *upwards[:-1]), upwards, strict=True)
        )
        self.decoder = nn.ModuleList(decoder_stage(2 * width, width) for width in upwards)

    def forward(self, tiles: torch.Tensor) -> list[torch.Tensor]:
        """``[batch, 1, row, column]`` to one map a level above the bottom, the finest last."""
        x = tiles
        kept = []
        for stage, skip in zip(self.encoder, self.skips, strict=True):
            x = stage(x)
            kept.append(skip(x))
            x = self.pool(x)
        x = self.bottom(x)
        maps = []
        for up, stage in zip(self.up, self.decoder, strict=True):
            x = stage(torch.cat([kept.pop(), up(x)], dim=1))
            maps.append(x)
        return maps

"""U-Net (Ronneberger et al. 2015, MICCAI), as later papers run it.

The original's unpadded convolutions and weighted loss are left; padding keeps the size and batch
normalisation follows each convolution.
"""

from functools import partial

import torch
from torch import nn

from BMLesionSegLib.networks.double_conv import DoubleConv
from BMLesionSegLib.networks.encoder_decoder import EncoderDecoder
from BMLesionSegLib.networks.feature_widths import check_features
from BMLesionSegLib.networks.tile_check import check_tiles


class UNet(nn.Module):
    """Tiles to logits.

    Args:
        features: channels of the levels, the bottom last.

    Raises:
        BundleRefused: features from which no network can be built.
    """

    def __init__(self, features: tuple[int, ...] = (64, 128, 256, 512, 1024)) -> None:
        super().__init__()
        check_features(features)
        stage = partial(DoubleConv, bias=True)
        self.body = EncoderDecoder(features, stage, stage)
        self.head = nn.Conv2d(features[0], 1, kernel_size=1)

    def forward(self, tiles: torch.Tensor) -> torch.Tensor:
        """``[batch, 1, 256, 256]`` normalised counts to logits of the same shape.

        Raises:
            GeometryRefused: tiles of another shape.
        """
        check_tiles(tiles)
        logits: torch.Tensor = self.head(self.body(tiles)[-1])
        return logits

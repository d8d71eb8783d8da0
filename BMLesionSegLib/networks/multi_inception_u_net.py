"""Multi-inception-UNet (Latif et al. 2021), our reading of the title.

A U-Net of which every 3 x 3 convolution is an inception module, the same block as in the paper's
own network, so that the comparison shows where such blocks belong.
"""

import torch
from torch import nn

from BMLesionSegLib.networks.encoder_decoder import EncoderDecoder
from BMLesionSegLib.networks.feature_widths import check_features
from BMLesionSegLib.networks.inception import DoubleInception
from BMLesionSegLib.networks.tile_check import check_tiles


class MultiInceptionUNet(nn.Module):
    """Tiles to logits.

    Args:
        features: channels of the levels, the bottom last; at least four, one a branch.

    Raises:
        BundleRefused: features from which no network can be built.
    """

    def __init__(self, features: tuple[int, ...] = (64, 128, 256, 512, 1024)) -> None:
        super().__init__()
        check_features(features, least=4)
        self.body = EncoderDecoder(features, DoubleInception, DoubleInception)
        self.head = nn.Conv2d(features[0], 1, kernel_size=1)

    def forward(self, tiles: torch.Tensor) -> torch.Tensor:
        """``[batch, 1, 256, 256]`` normalised counts to logits of the same shape.

        Raises:
            GeometryRefused: tiles of another shape.
        """
        check_tiles(tiles)
        logits: torch.Tensor = self.head(self.body(tiles)[-1])
        return logits

"""The model of Cao et al. 2023: a deeply supervised U-Net, our reading of the abstract.

The abstract names an encoder-decoder with deep supervision, a sub-network for feature extraction
and one for the classification of pixels. Its view aggregation (the two views added pixel by
pixel) belongs to preparation and is not part of the network.
"""

from functools import partial

import torch
from torch import nn

from BMLesionSegLib.networks.deep_supervision import DeepSupervision, Logits
from BMLesionSegLib.networks.double_conv import DoubleConv
from BMLesionSegLib.networks.encoder_decoder import EncoderDecoder
from BMLesionSegLib.networks.feature_widths import check_features
from BMLesionSegLib.networks.tile_check import check_tiles


class Cao2023(nn.Module):
    """Tiles to logits, one head on each level of the decoder.

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
        self.heads = DeepSupervision(features[-2::-1])

    def forward(self, tiles: torch.Tensor) -> Logits:
        """``[batch, 1, 256, 256]`` normalised counts to logits of the same shape.

        In training mode a tuple of four, the finest last.

        Raises:
            GeometryRefused: tiles of another shape.
        """
        check_tiles(tiles)
        logits: Logits = self.heads(self.body(tiles))
        return logits

"""RAR-U-Net (Wang et al. 2021), our reading of the abstract.

Residual blocks in the encoder, in the decoder and on every skip; convolutional block attention on
every scale of the decoder. The paper's adaptive denoising of labels is a way of training and is
left: our labels are clean.
"""

import torch
from torch import nn

from BMLesionSegLib.networks.cbam import Cbam
from BMLesionSegLib.networks.encoder_decoder import EncoderDecoder
from BMLesionSegLib.networks.feature_widths import check_features
from BMLesionSegLib.networks.residual_block import ResidualBlock
from BMLesionSegLib.networks.tile_check import check_tiles


class RarUNet(nn.Module):
    """Tiles to logits.

    Args:
        features: channels of the levels, the bottom last.

    Raises:
        BundleRefused: features from which no network can be built.
    """

    def __init__(self, features: tuple[int, ...] = (64, 128, 256, 512, 1024)) -> None:
        super().__init__()
        check_features(features)
        self.body = EncoderDecoder(
            features,
            encoder_stage=ResidualBlock,
            decoder_stage=attended_block,
            skip=lambda width: ResidualBlock(width, width),
        )
        self.head = nn.Conv2d(features[0], 1, kernel_size=1)

    def forward(self, tiles: torch.Tensor) -> torch.Tensor:
        """``[batch, 1, 256, 256]`` normalised counts to logits of the same shape.

        Raises:
            GeometryRefused: tiles of another shape.
        """
        check_tiles(tiles)
        logits: torch.Tensor = self.head(self.body(tiles)[-1])
        return logits


def attended_block(channels_in: int, channels_out: int) -> nn.Module:
    """A stage of the decoder."""
    return nn.Sequential(ResidualBlock(channels_in, channels_out), Cbam(channels_out))

"""The network of Xie et al. 2025 (Quant Imaging Med Surg 15(1):689-708, Figure 1).

An encoder-decoder over 256 x 256 tiles, or over whole views. Four levels of double convolutions,
each followed by a multi-scale block; a multi-pooling block after the first down-sampling; at the
bottom a vision transformer and a non-local block; transposed convolutions and skips back up; one
logit a pixel.
"""

import torch
from torch import nn
from torch.nn.functional import pixel_shuffle, pixel_unshuffle

from BMLesionSegLib.errors import BundleRefused
from BMLesionSegLib.networks.double_conv import DoubleConv
from BMLesionSegLib.networks.multi_pooling import MultiPooling
from BMLesionSegLib.networks.multi_scale import MultiScale
from BMLesionSegLib.networks.non_local import NonLocal
from BMLesionSegLib.networks.tile_check import TILE_SHAPE, check_tiles
from BMLesionSegLib.networks.vision_transformer import VisionTransformer

LEVELS = 4


class MultiAttentionNet(nn.Module):
    """Tiles to logits.

    Every point on which the paper is silent or contradicts itself is an argument; the defaults
    are the reading recommended in the project's documentation.

    Args:
        tile_shape: rows, columns of its input.
        fold: side of the squares of pixels that become one pixel with as many channels at the
            entry, and are laid out again at the head (Shi et al. 2016): a whole view of
            1024 x 256 at a fold of 2 costs what a tile of 256 x 256 costs.
        views: shown at once: 1, or 2, the other one of the scan behind it, mirrored, so that both
            show the same place of the body; zeros where a scan has one view.
        mirrored: asked twice where it is not being trained, about the tiles and their left-right
            mirror images; the answer is the mean of both logits.
        features: channels of the four levels; the bottom has twice the last. Table 1's patch size
            of 16 / 2^levels allows at most four.
        vit: the vision transformer is there (ablation switch, as the next three).
        multi_scale: the multi-scale blocks are there.
        non_local: the non-local block, "multi-attention" in Table 7, is there.
        multi_pool: the multi-pooling block is there.
        kernels: odd kernels of the multi-scale branches, a max-pooled branch apart (Table 8).
        scale_in_decoder: multi-scale blocks in the decoder too ("in every layer").
        scale_reduction: narrow the map by 1 x 1 before a larger kernel.
        pools: grids of the multi-pooling block (Figure 14).
        vit_dim: width of a token (Table 1).
        vit_depth: layers (Table 1).
        vit_heads: attention heads (Table 1).
        vit_mlp: hidden width of the feed-forward part (not in the paper).
        vit_classes: "Num_classes" (Table 1).
        vit_dropout: "Dropout" (Table 1).
        vit_fusion: ``add``, ``gate`` or ``tokens``: how the transformer's result returns.
        vit_norm: ``paper`` (Eqs. 9-15) or ``pre``.

    Raises:
        BundleRefused: arguments from which no network can be built.
    """

    def __init__(
        self,
        tile_shape: tuple[int, ...] = TILE_SHAPE,
        fold: int = 1,
        views: int = 1,
        mirrored: bool = False,
        features: tuple[int, ...] = (32, 64, 128, 256),
        vit: bool = True,
        multi_scale: bool = True,
        non_local: bool = True,
        multi_pool: bool = True,
        kernels: tuple[int, ...] = (1, 3, 5),
        scale_in_decoder: bool = True,
        scale_reduction: bool = True,
        pools: tuple[int, ...] = (1, 2, 4, 8),
        vit_dim: int = 512,
        vit_depth: int = 6,
        vit_heads: int = 8,
        vit_mlp: int = 2048,
        vit_classes: int = 512,
        vit_dropout: float = 0.1,
        vit_fusion: str = "add",
        vit_norm: str = "paper",
    ) -> None:
        super().__init__()
        check_widths(features, kernels, pools)
        check_views(views)
        self.tile_shape, self.fold, self.views = checked_shape(tile_shape, fold), fold, views
        self.mirrored = mirrored

        def scales(channels: int, wanted: bool) -> nn.Module:
            return MultiScale(channels, kernels, scale_reduction) if wanted else nn.Identity()

        first = features[0]
        bottom = 2 * features[-1]
        rows, columns = (pixels // (fold * 2**LEVELS) for pixels in self.tile_shape)

        self.pool = nn.MaxPool2d(kernel_size=2)
        self.multi_pool = MultiPooling(first, pools) if multi_pool else nn.Identity()
        context = first // len(pools) * len(pools) if multi_pool else 0
        entries = (views * fold**2, first + context, *features[1:-1])
        self.encoder = nn.ModuleList(map(DoubleConv, entries, features))
        self.encoder_scales = nn.ModuleList(scales(width, multi_scale) for width in features)

        self.bottom = DoubleConv(features[-1], bottom)
        self.bottom_scales = scales(bottom, multi_scale)
        self.vit = (
            VisionTransformer(
                channels=bottom,
                patches=rows * columns,
                dim=vit_dim,
                depth=vit_depth,
                heads=vit_heads,
                mlp_dim=vit_mlp,
                classes=vit_classes,
                dropout=vit_dropout,
                fusion=vit_fusion,
                norm=vit_norm,
            )
            if vit
            else nn.Identity()
        )
        self.non_local = NonLocal(bottom) if non_local else nn.Identity()

        upwards = features[::-1]
        below = (bottom, *upwards[:-1])
        self.up = nn.ModuleList(
            nn.ConvTranspose2d(deep, width, kernel_size=2, stride=2)
            for deep, width in zip(below, upwards, strict=True)
        )
        self.decoder = nn.ModuleList(DoubleConv(2 * width, width) for width in upwards)
        self.decoder_scales = nn.ModuleList(
            scales(width, multi_scale and scale_in_decoder) for width in upwards
        )
        self.head = nn.Conv2d(first, fold**2, kernel_size=1)

    def forward(self, tiles: torch.Tensor) -> torch.Tensor:
        """Normalised counts to logits.

        Args:
            tiles: ``[batch, view, row, column]``, the view that is asked about first.

        Returns:
            ``[batch, 1, row, column]``, of the first view.

        Raises:
            GeometryRefused: tiles of another shape.
        """
        check_tiles(tiles, self.tile_shape, self.views)
        logits = self._logits(tiles)
        if self.training or not self.mirrored:
            return logits
        return (logits + self._logits(tiles.flip(-1)).flip(-1)) / 2

    def _logits(self, tiles: torch.Tensor) -> torch.Tensor:
        """The answer to the tiles as they are."""
        x = pixel_unshuffle(tiles, self.fold)
        skips = []
        for level, (double_conv, scales) in enumerate(
            zip(self.encoder, self.encoder_scales, strict=True)
        ):
            if level == 1:
                x = self.multi_pool(x)
            x = scales(double_conv(x))
            skips.append(x)
            x = self.pool(x)

        x = self.bottom_scales(self.bottom(x))
        x = self.non_local(self.vit(x))

        for up, double_conv, scales in zip(self.up, self.decoder, self.decoder_scales, strict=True):
            x = torch.cat([skips.pop(), up(x)], dim=1)
            x = scales(double_conv(x))
        logits: torch.Tensor = pixel_shuffle(self.head(x), self.fold)
        return logits


def checked_shape(shape: tuple[int, ...], fold: int) -> tuple[int, int]:
    """Rows and columns of a tile that can be halved to the bottom of the network."""
    least = fold * 2**LEVELS
    if len(shape) != 2 or any(pixels % least for pixels in shape):
        expected = f"tile_shape is rows and columns, each a multiple of {least}"
        raise BundleRefused(expected, f"{list(shape)} came", "Correct the network's arguments.")
    return shape[0], shape[1]


def check_views(views: int) -> None:
    """Refuse more views than a scan has."""
    if views > 2:
        expected = "views are 1, or 2 with the other view of the scan"
        raise BundleRefused(expected, f"{views} came", "Correct the network's arguments.")


def check_widths(
    features: tuple[int, ...], kernels: tuple[int, ...], pools: tuple[int, ...]
) -> None:
    """Refuse channel lists, kernels and grids from which no network can be built."""
    remedy = "Correct the network's arguments."
    if len(features) != LEVELS:
        expected = f"features are the channels of {LEVELS} levels"
        raise BundleRefused(expected, f"{list(features)} came", remedy)
    branches = max(len(kernels) + 1, len(pools))
    if min(features) < branches:
        expected = f"every level has a channel for each of {branches} branches"
        raise BundleRefused(expected, f"features {list(features)} came", remedy)
    if any(kernel % 2 == 0 for kernel in kernels):
        raise BundleRefused("kernels are odd", f"{list(kernels)} came", remedy)

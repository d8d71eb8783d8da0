"""CMUNeXt (Tang et al. 2024): large depthwise kernels in the encoder, light fusion of skips."""

import torch
from torch import nn

from BMLesionSegLib.errors import BundleRefused
from BMLesionSegLib.networks.conv_unit import ConvUnit
from BMLesionSegLib.networks.feature_widths import check_features
from BMLesionSegLib.networks.tile_check import check_tiles


class CMUNeXt(nn.Module):
    """Tiles to logits.

    Args:
        features: channels of the levels, the bottom last.
        depths: large-kernel blocks of each level.
        kernels: odd side of the depthwise kernel of each level.

    Raises:
        BundleRefused: arguments from which no network can be built.
    """

    def __init__(
        self,
        features: tuple[int, ...] = (16, 32, 128, 160, 256),
        depths: tuple[int, ...] = (1, 1, 1, 3, 1),
        kernels: tuple[int, ...] = (3, 3, 7, 7, 7),
    ) -> None:
        super().__init__()
        check_features(features)
        check_blocks(len(features), depths, kernels)
        self.stem = ConvUnit(1, features[0], kernel=3, bias=True)
        self.encoder = nn.ModuleList(
            map(EncoderStage, (features[0], *features[:-1]), features, depths, kernels)
        )
        self.pool = nn.MaxPool2d(kernel_size=2)
        upwards = features[-2::-1]
        self.up = nn.ModuleList(map(raised, features[:0:-1], upwards))
        self.decoder = nn.ModuleList(map(fusion, upwards))
        self.head = nn.Conv2d(features[0], 1, kernel_size=1)

    def forward(self, tiles: torch.Tensor) -> torch.Tensor:
        """``[batch, 1, 256, 256]`` normalised counts to logits of the same shape.

        Raises:
            GeometryRefused: tiles of another shape.
        """
        check_tiles(tiles)
        skips = [self.encoder[0](self.stem(tiles))]
        for stage in self.encoder[1:]:
            skips.append(stage(self.pool(skips[-1])))
        x = skips.pop()
        for up, fuse in zip(self.up, self.decoder, strict=True):
            x = fuse(torch.cat([skips.pop(), up(x)], dim=1))
        logits: torch.Tensor = self.head(x)
        return logits


class EncoderStage(nn.Sequential):
    """Large-kernel blocks, then a 3 x 3 convolution to the level's own width."""

    def __init__(self, channels_in: int, channels_out: int, depth: int, kernel: int) -> None:
        super().__init__(
            *(LargeKernelBlock(channels_in, kernel) for _ in range(depth)),
            ConvUnit(channels_in, channels_out, kernel=3, bias=True),
        )


class LargeKernelBlock(nn.Module):
    """Depthwise convolution with a shortcut, then two 1 x 1, four times wider between them."""

    def __init__(self, channels: int, kernel: int) -> None:
        super().__init__()
        self.depthwise = activated(
            nn.Conv2d(channels, channels, kernel, padding=kernel // 2, groups=channels)
        )
        self.pointwise = nn.Sequential(
            activated(nn.Conv2d(channels, 4 * channels, kernel_size=1)),
            activated(nn.Conv2d(4 * channels, channels, kernel_size=1)),
        )

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to the same shape."""
        mixed: torch.Tensor = self.pointwise(features + self.depthwise(features))
        return mixed


def activated(convolution: nn.Conv2d) -> nn.Module:
    """The activation comes before the normalisation here."""
    return nn.Sequential(convolution, nn.GELU(), nn.BatchNorm2d(convolution.out_channels))


def raised(channels_in: int, channels_out: int) -> nn.Module:
    """Twice the size, at the next level's width."""
    return nn.Sequential(
        nn.Upsample(scale_factor=2, mode="bilinear", align_corners=False),
        ConvUnit(channels_in, channels_out, kernel=3, bias=True),
    )


def fusion(width: int) -> nn.Module:
    """Skip and raised map, ``2 * width`` channels, each convolved alone, then mixed."""
    return nn.Sequential(
        activated(nn.Conv2d(2 * width, 2 * width, kernel_size=3, padding=1, groups=2)),
        activated(nn.Conv2d(2 * width, 4 * width, kernel_size=1)),
        activated(nn.Conv2d(4 * width, width, kernel_size=1)),
    )


def check_blocks(levels: int, depths: tuple[int, ...], kernels: tuple[int, ...]) -> None:
    """Refuse depths and kernels that do not fit the levels."""
    remedy = "Correct the network's arguments."
    if len(depths) != levels or len(kernels) != levels:
        came = f"{list(depths)} and {list(kernels)} came"
        raise BundleRefused(f"depths and kernels are those of {levels} levels", came, remedy)
    if any(kernel % 2 == 0 for kernel in kernels):
        raise BundleRefused("kernels are odd", f"{list(kernels)} came", remedy)

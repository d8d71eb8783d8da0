"""AMSUnet (Yin et al. 2023): multi-scale strip convolutions as attention, in every level."""

import torch
from torch import nn
from torch.nn import functional

from BMLesionSegLib.networks.feature_widths import check_width
from BMLesionSegLib.networks.tile_check import check_tiles

STRIPS = (5, 7, 11)
DILATIONS = (1, 1, 1, 3, 5)


class AMSUnet(nn.Module):
    """Tiles to logits.

    Args:
        width: channels of the finest level; the five levels have 1, 2, 4, 8 and 8 times as many.

    Raises:
        BundleRefused: a width that is no multiple of 4.
    """

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        check_width(width, divisor=4)
        features = (width, 2 * width, 4 * width, 8 * width, 8 * width)
        self.stem = nn.Sequential(
            nn.Conv2d(1, width, kernel_size=3, padding=1, padding_mode="reflect"),
            nn.BatchNorm2d(width),
            nn.GELU(),
            StripAttentionBlock(width, DILATIONS[0]),
        )
        self.down = nn.ModuleList(map(lowered, features, features[1:], DILATIONS[1:]))
        self.norms = nn.ModuleList(map(nn.BatchNorm2d, (8 * width, 4 * width, 2 * width, width)))
        self.up = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)
        self.skips = nn.ModuleList(map(SkipAttention, features[-2::-1]))
        self.decoder = nn.ModuleList(
            nn.Sequential(
                nn.Conv2d(channels_in, channels_out, kernel_size=1),
                StripAttentionBlock(channels_out, dilation=1),
            )
            for channels_in, channels_out in (
                (16 * width, 4 * width),
                (8 * width, 2 * width),
                (4 * width, width),
                (2 * width, width),
            )
        )
        self.head = nn.Conv2d(width, 1, kernel_size=1)

    def forward(self, tiles: torch.Tensor) -> torch.Tensor:
        """``[batch, 1, 256, 256]`` normalised counts to logits of the same shape.

        Raises:
            GeometryRefused: tiles of another shape.
        """
        check_tiles(tiles)
        kept = [self.stem(tiles)]
        for down in self.down:
            kept.append(down(kept[-1]))
        x = kept.pop()
        for norm, skip, stage in zip(self.norms, self.skips, self.decoder, strict=True):
            x = stage(torch.cat([skip(kept.pop()), self.up(norm(x))], dim=1))
        logits: torch.Tensor = self.head(x)
        return logits


class StripAttention(nn.Module):
    """A map weighed by what long, thin kernels see round each pixel."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.near = depthwise(channels, (3, 3))
        self.spread = depthwise(channels, (3, 3), dilation)
        self.strips = nn.ModuleList(
            nn.Sequential(depthwise(channels, (1, side)), depthwise(channels, (side, 1)))
            for side in STRIPS
        )
        self.mix = nn.Conv2d(channels, channels, kernel_size=1)

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to the same shape."""
        near = self.near(features)
        seen = spread = self.spread(near)
        for strip in self.strips:
            seen = seen + strip(spread)
        weights: torch.Tensor = self.mix(near + seen)
        return features * weights


class StripAttentionBlock(nn.Module):
    """Strip attention and a feed-forward part behind each other, one shortcut round both."""

    def __init__(self, channels: int, dilation: int) -> None:
        super().__init__()
        self.attention = nn.Sequential(
            nn.BatchNorm2d(channels),
            nn.Conv2d(channels, channels, kernel_size=1),
            nn.GELU(),
            StripAttention(channels, dilation),
            nn.Conv2d(channels, channels, kernel_size=1),
        )
        self.feed_forward = nn.Sequential(
            nn.BatchNorm2d(channels),
            nn.Conv2d(channels, 4 * channels, kernel_size=1),
            depthwise(4 * channels, (3, 3)),
            nn.GELU(),
            nn.Conv2d(4 * channels, channels, kernel_size=1),
        )

    def forward(self, features: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to the same shape."""
        return functional.gelu(features + self.feed_forward(self.attention(features)))


class SkipAttention(nn.Module):
    """A skip, with the product of its channel-weighed and its pixel-weighed map added."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.pixels = nn.Conv2d(channels, 1, kernel_size=1, bias=False)
        self.channels = nn.Sequential(
            nn.AdaptiveAvgPool2d(1),
            nn.Conv2d(channels, channels // 4, kernel_size=1),
            nn.ReLU(inplace=True),
            nn.Conv2d(channels // 4, channels, kernel_size=1),
        )

    def forward(self, skip: torch.Tensor) -> torch.Tensor:
        """``[batch, channels, row, column]`` to the same shape."""
        by_pixel = skip * torch.sigmoid(self.pixels(skip))
        by_channel = skip * torch.sigmoid(self.channels(skip))
        return skip + by_pixel * by_channel


def depthwise(channels: int, kernel: tuple[int, int], dilation: int = 1) -> nn.Conv2d:
    """Each channel convolved alone, the size kept."""
    rows, columns = (dilation * (side // 2) for side in kernel)
    return nn.Conv2d(
        channels, channels, kernel, padding=(rows, columns), dilation=dilation, groups=channels
    )


def lowered(channels_in: int, channels_out: int, dilation: int) -> nn.Module:
    """Half the size, at the next level's width."""
    return nn.Sequential(
        nn.BatchNorm2d(channels_in),
        nn.Conv2d(channels_in, channels_out, kernel_size=2, stride=2),
        StripAttentionBlock(channels_out, dilation),
    )

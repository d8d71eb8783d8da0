"""Training tiles varied as real exports vary."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import interpolate

FARTHEST = 0.35
ALONE, ASTRAY, APART = 0.3, 0.3, 8
"""Where two views are shown: share of tiles that lack the other one, as some scans do; share in
which it lies up to so many pixels elsewhere, as a camera with one head takes it later."""
HILLS = 32, 128
"""Pixels from one node of the uneven field to the next: wider than nearly every lesion."""


@dataclass(frozen=True)
class Variation:
    """How a tile is varied.

    Attributes:
        gain: spread (sigma of the logarithm) of the scale of counts.
        mirror: share of tiles mirrored left to right.
        moved: share of tiles moved along the body, up to ``FARTHEST`` of their height, as beds and
            patients lie; what leaves the tile is lost, what comes in is empty.
        rendered: share of tiles that go through a smaller 8-bit picture and back, as scans that
            were exported from a viewer did.
        smallest: smallest size of that picture, as a share of the scan's.
        uneven: spread (sigma of the logarithm) of a smooth field by which counts are multiplied, so
            that no region's usual uptake can be relied upon; 0 leaves it out.
    """

    gain: float = 0.15
    mirror: float = 0.5
    moved: float = 0.0
    rendered: float = 0.4
    smallest: float = 0.35
    uneven: float = 0.0


def vary(
    images: Tensor, maps: Tensor, variation: Variation, cap: float | None, rng: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Vary tiles.

    Args:
        images: ``[tile, view, row, column]``.
        maps: truth and other uptake ``[tile, map, row, column]``, which follow where pixels move.
        variation: how.
        cap: highest value of a prepared image.
        rng: source of chance.
    """
    count = len(images)
    mirrored = torch.from_numpy(rng.random(count) < variation.mirror)
    images, maps = images.clone(), maps.clone()
    images[mirrored] = images[mirrored].flip(-1)
    maps[mirrored] = maps[mirrored].flip(-1)
    if variation.moved:
        for i in np.flatnonzero(rng.random(count) < variation.moved):
            rows = round(images.shape[-2] * rng.uniform(-FARTHEST, FARTHEST))
            images[i], maps[i] = moved_down(images[i], rows), moved_down(maps[i], rows)
    if images.shape[1] > 1:
        for tile in images:
            tile[1:] = other_view_varied(tile[1:], rng)
    if variation.uneven:
        fields = [smooth_field(images.shape[-2:], rng) for _ in range(count)]
        images = images * torch.exp(variation.uneven * torch.cat(fields))
    for i in np.flatnonzero(rng.random(count) < variation.rendered):
        share = float(rng.uniform(variation.smallest, 0.6))
        images[i : i + 1] = render_small(images[i : i + 1], share, smooth=rng.random() < 0.5)
    gain = torch.from_numpy(np.exp(rng.normal(0, variation.gain, (*images.shape[:2], 1, 1))))
    images = (images * gain.to(images)).clamp(min=0, max=cap)
    return images, maps


def other_view_varied(other: Tensor, rng: np.random.Generator) -> Tensor:
    """The other view ``[1, row, column]``: taken away, moved, or as it is."""
    chance = rng.random()
    if chance < ALONE:
        return torch.zeros_like(other)
    if chance > ALONE + ASTRAY:
        return other
    rows, columns = (int(pixels) for pixels in rng.integers(-APART, APART + 1, 2))
    return moved_down(moved_down(other, rows).mT, columns).mT


def moved_down(planes: Tensor, rows: int) -> Tensor:
    """Planes ``[plane, row, column]`` moved down by so many rows, up where negative."""
    moved = torch.roll(planes, rows, dims=-2)
    empty = slice(0, rows) if rows >= 0 else slice(rows, None)
    moved[:, empty] = 0
    return moved


def smooth_field(shape: torch.Size, rng: np.random.Generator) -> Tensor:
    """Hills and valleys about 0, of deviation 1 at their nodes: ``[1, 1, row, column]``."""
    apart = rng.uniform(*HILLS)
    nodes = [max(2, round(size / apart) + 1) for size in shape]
    heights = torch.from_numpy(rng.standard_normal((1, 1, *nodes)).astype(np.float32))
    return interpolate(heights, size=shape, mode="bicubic", align_corners=True)


def render_small(image: Tensor, share: float, smooth: bool) -> Tensor:
    """Through a smaller 8-bit picture and back.

    Args:
        image: ``[1, view, row, column]``.
        share: size of the picture, as a share of the image's.
        smooth: True averages areas on the way down, False samples between pixels.
    """
    size = image.shape[-2:]
    small = interpolate(image, scale_factor=share, mode="bilinear", antialias=smooth)
    grey = 255 / small.amax(dim=(-2, -1), keepdim=True).clamp(min=1e-6)
    small = (small * grey).round() / grey
    return interpolate(small, size=size, mode="bicubic").clamp(min=0)

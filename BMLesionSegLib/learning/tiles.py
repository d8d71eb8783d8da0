"""Training tiles: cut at random from prepared views, and varied as real exports vary."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.functional import interpolate

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.cases import Case
from BMLesionSegLib.preparation import Normalisation, prepare


@dataclass(frozen=True)
class Variation:
    """How a tile is varied.

    Attributes:
        gain: spread (sigma of the logarithm) of the scale of counts.
        mirror: share of tiles mirrored left to right.
        rendered: share of tiles that go through a smaller 8-bit picture and back, as scans that
            were exported from a viewer did.
        smallest: smallest size of that picture, as a share of the scan's.
    """

    gain: float = 0.15
    mirror: float = 0.5
    rendered: float = 0.4
    smallest: float = 0.35


class TilePool:
    """Prepared views with their truth, from which tiles are drawn.

    Attributes:
        images: float16 ``[view, row, column]``, scaled and capped.
        masks: bool ``[view, row, column]``, metastases.
    """

    def __init__(self, cases: Iterable[Case], rule: Normalisation, tile: int = 256) -> None:
        """Prepare every view of the cases.

        Raises:
            TrainingRefused: no case came, or no case has a lesion.
        """
        images, masks = [], []
        for case in cases:
            for view in case.scan:
                ready = prepare(view, rule, tile)
                truth = ready.grid.to_working((case.metastases[view.name] > 0).astype(np.float32))
                images.append(ready.image.astype(np.float16))
                masks.append(truth >= 0.5)
        if not any(mask.any() for mask in masks):
            expected = "training needs cases with lesions"
            raise TrainingRefused(expected, f"{len(masks)} views had none", "Give more cases.")
        self.images: list[NDArray[np.float16]] = images
        self.masks: list[NDArray[np.bool_]] = masks
        self.tile = tile
        self._rows = [np.flatnonzero(mask.any(axis=1)) for mask in masks]
        self._positive = [i for i, rows in enumerate(self._rows) if len(rows)]

    def draw(
        self, count: int, with_lesion: float, rng: np.random.Generator
    ) -> tuple[Tensor, Tensor]:
        """Random tiles.

        Args:
            count: how many.
            with_lesion: share of tiles placed over a lesion; the rest lie anywhere.
            rng: source of chance.

        Returns:
            Images and truth, float32 ``[tile, 1, row, column]``.
        """
        images = np.empty((count, 1, self.tile, self.tile), np.float32)
        masks = np.empty_like(images)
        for i in range(count):
            view, row, column = self._place(rng.random() < with_lesion, rng)
            window = (slice(row, row + self.tile), slice(column, column + self.tile))
            images[i, 0] = self.images[view][window]
            masks[i, 0] = self.masks[view][window]
        return torch.from_numpy(images), torch.from_numpy(masks)

    def _place(self, on_lesion: bool, rng: np.random.Generator) -> tuple[int, int, int]:
        """A view, and the top row and left column of a tile in it."""
        if on_lesion:
            view = self._positive[rng.integers(len(self._positive))]
            row = int(rng.choice(self._rows[view])) - int(rng.integers(16, self.tile - 16))
        else:
            view = int(rng.integers(len(self.images)))
            row = int(rng.integers(0, self.images[view].shape[0] - self.tile + 1))
        height, width = self.images[view].shape
        column = int(rng.integers(0, width - self.tile + 1))
        return view, min(max(row, 0), height - self.tile), column


def vary(
    images: Tensor, masks: Tensor, variation: Variation, cap: float | None, rng: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Vary tiles ``[tile, 1, row, column]``; the truth follows where pixels move."""
    count = len(images)
    mirrored = torch.from_numpy(rng.random(count) < variation.mirror)
    images, masks = images.clone(), masks.clone()
    images[mirrored] = images[mirrored].flip(-1)
    masks[mirrored] = masks[mirrored].flip(-1)
    for i in np.flatnonzero(rng.random(count) < variation.rendered):
        share = float(rng.uniform(variation.smallest, 0.6))
        images[i : i + 1] = render_small(images[i : i + 1], share, smooth=rng.random() < 0.5)
    gain = torch.from_numpy(np.exp(rng.normal(0, variation.gain, (count, 1, 1, 1))))
    images = (images * gain.to(images)).clamp(min=0, max=cap)
    return images, masks


def render_small(image: Tensor, share: float, smooth: bool) -> Tensor:
    """Through a smaller 8-bit picture and back.

    Args:
        image: ``[1, 1, row, column]``.
        share: size of the picture, as a share of the image's.
        smooth: True averages areas on the way down, False samples between pixels.
    """
    size = image.shape[-2:]
    small = interpolate(image, scale_factor=share, mode="bilinear", antialias=smooth)
    grey = 255 / small.max().clamp(min=1e-6)
    small = (small * grey).round() / grey
    return interpolate(small, size=size, mode="bicubic").clamp(min=0)

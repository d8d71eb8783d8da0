"""Training tiles, drawn from prepared views: on the paper's grid, or anywhere."""

from collections.abc import Iterable
from typing import Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.training.recipe import Placing, Recipe
from BMLesionSegLib.preparation import Normalisation, beside, prepare
from BMLesionSegLib.tiling import Tile, tile_grid

Place = tuple[int, Tile]
"""A view's number and a window in it."""
EDGE = 16
"""Pixels from a tile's upper and lower edge at which a lesion under it may lie."""


class PreparedViews:
    """Views with their truth, ready to cut tiles from.

    Attributes:
        images: float16 ``[row, column]`` each, scaled and capped.
        partners: of each view the number of the other one of its scan, None where there is
            none.
        masks: bool ``[row, column]`` each, metastases.
        others: bool ``[row, column]`` each, hot spots that are no metastasis.
        cap: highest value of an image.
        tile: rows, columns of a tile.
        steps: rows, columns from one tile of the grid to the next.
        shown: views that a network is shown at once.
    """

    def __init__(
        self,
        cases: Iterable[Case],
        rule: Normalisation,
        tile: tuple[int, int] = (256, 256),
        shown: int = 1,
    ) -> None:
        """Prepare every view of the cases.

        Raises:
            TrainingRefused: no case came, or no case has a lesion.
        """
        self.images: list[NDArray[np.float16]] = []
        self.partners: list[int | None] = []
        self.masks: list[NDArray[np.bool_]] = []
        self.others: list[NDArray[np.bool_]] = []
        self.cap, self.tile, self.shown = rule.cap, tile, shown
        self.steps = tile[0] // 2, tile[1] // 2
        for case in cases:
            first, paired = len(self.images), len(case.scan.views) == 2
            self.partners += [first + 1, first] if paired else [None]
            for view in case.scan:
                ready = prepare(view, rule, tile, self.steps)
                truth = case.metastases[view.name] > 0
                self.images.append(ready.image.astype(np.float16))
                self.masks.append(ready.grid.mask_to_working(truth))
                self.others.append(ready.grid.mask_to_working(case.other_in(view)))
        if not any(mask.any() for mask in self.masks):
            expected = "training needs cases with lesions"
            raise TrainingRefused(expected, f"{len(self.masks)} views had none", "Give more cases.")

    def cut(self, places: list[Place]) -> tuple[Tensor, Tensor]:
        """Tiles.

        Returns:
            Images ``[tile, view, row, column]``, the view itself first; its truth and its other
            uptake ``[tile, 2, row, column]``; float32.
        """
        images = np.empty((len(places), self.shown, *self.tile), np.float32)
        maps = np.empty((len(places), 2, *self.tile), np.float32)
        for i, (view, tile) in enumerate(places):
            images[i] = self._shown(view)[:, *tile.window]
            maps[i, 0] = self.masks[view][tile.window]
            maps[i, 1] = self.others[view][tile.window]
        return torch.from_numpy(images), torch.from_numpy(maps)

    def _shown(self, view: int) -> NDArray[np.float16]:
        """What a network is shown of a view, ``[view, row, column]``."""
        own, partner = self.images[view], self.partners[view]
        if self.shown == 1:
            return own[None]
        return beside(own, None if partner is None else self.images[partner])

    def grid(self, lesion_only: bool) -> list[Place]:
        """Every tile of the grid (the paper's: 256 at stride 128), or those with a lesion."""
        return [
            (view, tile)
            for view, mask in enumerate(self.masks)
            for tile in tile_grid((mask.shape[0], mask.shape[1]), self.tile, self.steps)
            if not lesion_only or mask[tile.window].any()
        ]


class Sampler(Protocol):
    """Which tiles a step learns from."""

    def places(self, step: int, count: int) -> list[Place]:
        """The tiles of one step, the same whenever it is asked."""


class OnGrid:
    """Every tile of a list once an epoch, in an order of the epoch's own."""

    def __init__(self, tiles: list[Place], seed: int) -> None:
        """Draw from these tiles."""
        self._tiles, self._seed = tiles, seed

    def places(self, step: int, count: int) -> list[Place]:
        """The next ``count`` tiles of the epoch, and of the next one where it ends."""
        numbers = range(step * count, (step + 1) * count)
        total = len(self._tiles)
        orders = {
            epoch: np.random.default_rng([self._seed, epoch]).permutation(total)
            for epoch in {number // total for number in numbers}
        }
        return [self._tiles[orders[number // total][number % total]] for number in numbers]


class Anywhere:
    """Tiles at any place; a share of them over a lesion."""

    def __init__(self, views: PreparedViews, over_lesion: float, seed: int) -> None:
        """Draw from these views."""
        self._views, self._over_lesion, self._seed = views, over_lesion, seed
        self._rows = [np.flatnonzero(mask.any(axis=1)) for mask in views.masks]
        self._positive = [view for view, rows in enumerate(self._rows) if len(rows)]

    def places(self, step: int, count: int) -> list[Place]:
        """Tiles drawn for this step."""
        rng = np.random.default_rng([self._seed, step])
        return [self._place(rng.random() < self._over_lesion, rng) for _ in range(count)]

    def _place(self, on_lesion: bool, rng: np.random.Generator) -> Place:
        """One tile."""
        rows, columns = self._views.tile
        if on_lesion:
            view = self._positive[rng.integers(len(self._positive))]
            row = int(rng.choice(self._rows[view])) - int(rng.integers(EDGE, rows - EDGE))
        else:
            view = int(rng.integers(len(self._views.images)))
            row = int(rng.integers(0, self._views.images[view].shape[0] - rows + 1))
        height, width = self._views.images[view].shape
        column = int(rng.integers(0, width - columns + 1))
        return view, Tile(min(max(row, 0), height - rows), column, (rows, columns))


def sampler_of(recipe: Recipe, views: PreparedViews, seed: int) -> Sampler:
    """The recipe's way of drawing tiles."""
    if recipe.placing is Placing.ANYWHERE:
        return Anywhere(views, recipe.over_lesion, seed)
    return OnGrid(views.grid(recipe.placing is Placing.GRID_WITH_LESION), seed)

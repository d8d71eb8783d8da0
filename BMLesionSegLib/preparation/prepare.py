"""One view made ready for the network."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.preparation.grid import WorkingGrid
from BMLesionSegLib.preparation.normalisation import Normalisation
from BMLesionSegLib.scan import View


@dataclass(frozen=True, eq=False)
class PreparedView:
    """What the network sees, and how to come back.

    Attributes:
        image: float32 ``[row, column]`` on the padded working grid; 1 is bright bone.
        capped: bool ``[row, column]`` on the view's own grid, pixels whose counts were capped.
        grid: the working grid.
    """

    image: NDArray[np.float32]
    capped: NDArray[np.bool_]
    grid: WorkingGrid


def prepare(
    view: View,
    normalisation: Normalisation | None = None,
    tile: tuple[int, int] = (256, 256),
    steps: tuple[int, int] = (128, 128),
) -> PreparedView:
    """Bring a view to the working grid, scale and cap its counts.

    Args:
        view: as read.
        normalisation: the model's own; the project's default if None.
        tile: rows, columns of a tile.
        steps: rows, columns from one tile to the next.
    """
    rule = normalisation or Normalisation()
    grid = WorkingGrid.of(view.shape, view.spacing, tile, steps)
    image, capped = rule.apply(grid.to_working(view.counts), grid.spacing)
    return PreparedView(image, grid.to_source(capped.astype(np.float32)) >= 0.5, grid)

"""The working grid: the pixel size and matrix that the network sees, and the way back.

Spacing within 2.0-2.6 mm keeps its own grid; anything else is resampled to 2.26 mm, the paper's.
Counts are conserved and nothing is cropped: the grid is then padded with zeros to whole tiles.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.scan import Counts

WORKING_SPACING_MM = 2.26
KEPT_SPACING_MM = (2.0, 2.6)


@dataclass(frozen=True)
class WorkingGrid:
    """From a view's own pixels to padded working pixels and back.

    Attributes:
        source_shape: rows, columns of the view.
        shape: rows, columns after resampling; equal to ``source_shape`` where the grid is kept.
        padded_shape: rows, columns in whole tiles.
        spacing: mm between working rows, between working columns.
    """

    source_shape: tuple[int, int]
    shape: tuple[int, int]
    padded_shape: tuple[int, int]
    spacing: tuple[float, float]

    @classmethod
    def of(
        cls,
        source_shape: tuple[int, int],
        spacing: tuple[float, float],
        tile: tuple[int, int] = (256, 256),
        steps: tuple[int, int] = (128, 128),
    ) -> "WorkingGrid":
        """The grid of a view.

        Args:
            source_shape: rows, columns.
            spacing: mm between rows, between columns.
            tile: rows, columns of a tile.
            steps: rows, columns from one tile to the next.
        """
        shape = tuple(
            pixels if keeps(mm) else max(1, round(pixels * mm / WORKING_SPACING_MM))
            for pixels, mm in zip(source_shape, spacing, strict=True)
        )
        padded = tuple(
            size + max(0, -(-(pixels - size) // step)) * step
            for pixels, size, step in zip(shape, tile, steps, strict=True)
        )
        rows, columns = shape
        working = (spacing[0] * source_shape[0] / rows, spacing[1] * source_shape[1] / columns)
        return cls(source_shape, (rows, columns), (padded[0], padded[1]), working)

    @property
    def _window(self) -> tuple[slice, slice]:
        """Where the view lies in the padded grid: at the top, centred sideways."""
        left = (self.padded_shape[1] - self.shape[1]) // 2
        return slice(0, self.shape[0]), slice(left, left + self.shape[1])

    def to_working(self, counts: Counts) -> NDArray[np.float32]:
        """Counts ``[row, column]`` of the view on the padded grid; their sum is unchanged."""
        padded = np.zeros(self.padded_shape, np.float32)
        padded[self._window] = rebin(rebin(counts, self.shape[0], 0), self.shape[1], 1)
        return padded

    def mask_to_working(self, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """A mask ``[row, column]`` of the view on the padded grid: pixels at least half covered."""
        covered = self.to_working(mask.astype(np.float32))
        rows, columns = self.shape
        per_pixel = mask.size / (rows * columns)
        return covered >= np.float32(0.5 * per_pixel)

    def to_source(self, working: NDArray[np.float32]) -> NDArray[np.float32]:
        """A map between 0 and 1 on the padded grid, averaged over each pixel of the view."""
        kept = working[self._window]
        rows, columns = self.source_shape
        per_pixel = kept.shape[0] * kept.shape[1] / (rows * columns)
        averaged = rebin(rebin(kept, rows, 0), columns, 1) / np.float32(per_pixel)
        clipped: NDArray[np.float32] = np.clip(averaged, 0.0, 1.0)
        return clipped


def keeps(spacing_mm: float) -> bool:
    """Whether this spacing keeps its own grid."""
    return KEPT_SPACING_MM[0] <= spacing_mm <= KEPT_SPACING_MM[1]


def rebin(values: NDArray[np.float32], bins: int, axis: int) -> NDArray[np.float32]:
    """Redistribute an axis over another number of equal bins, conserving every sum along it.

    The running sum is interpolated by a monotone cubic, so no bin turns negative.

    Args:
        values: zero or more.
        bins: along ``axis`` afterwards.
        axis: 0 for rows, 1 for columns.
    """
    if values.shape[axis] == bins:
        return values.astype(np.float32)
    from scipy.interpolate import PchipInterpolator

    zero = np.zeros_like(np.take(values, [0], axis), dtype=np.float64)
    running = np.concatenate([zero, np.cumsum(values, axis=axis, dtype=np.float64)], axis=axis)
    edges = np.linspace(0.0, 1.0, values.shape[axis] + 1)
    at_edges = PchipInterpolator(edges, running, axis=axis)(np.linspace(0.0, 1.0, bins + 1))
    rebinned: NDArray[np.float32] = np.maximum(np.diff(at_edges, axis=axis), 0.0).astype(np.float32)
    return rebinned

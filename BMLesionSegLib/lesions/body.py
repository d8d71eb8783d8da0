"""Where the body lies in a view: outline, vertex, feet and midline, without any network."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from BMLesionSegLib.preparation import body_mask
from BMLesionSegLib.scan import View, ViewName

CUT_WIDTH_MM = 80.0
"""Body on the frame's outermost row: wider than this the head (or the legs) is cut off, narrower it
only touches. A cap of a head 150 mm wide has this chord 12 mm below the vertex, which is what the
smoothing adds."""
MEDIAN_LENGTH_MM = 1720.0
"""Vertex to foot tip, median of 20 open whole-body scans (BS-80K) at 2.26 mm."""


@dataclass(frozen=True, eq=False)
class Body:
    """The body in a view.

    Attributes:
        mask: bool ``[row, column]``.
        spacing: mm between rows, columns.
        vertex: row of the top of the head; above the frame (negative) where the head is cut off.
        length_mm: vertex to the tip of the feet.
        midline: column of the body's midline, float64 ``[row]``.
        cut_at_head: the frame ends below the vertex.
        cut_at_feet: the frame ends above the feet.
    """

    mask: NDArray[np.bool_]
    spacing: tuple[float, float]
    vertex: float
    length_mm: float
    midline: NDArray[np.float64]
    cut_at_head: bool
    cut_at_feet: bool

    def height_fraction(self, row: float) -> float:
        """0 at the vertex, 1 at the tip of the feet."""
        return (row - self.vertex) * self.spacing[0] / self.length_mm

    def rows(self, top: float, bottom: float) -> slice:
        """Rows of the frame between two height fractions."""
        per_row = self.length_mm / self.spacing[0]
        last = len(self.mask)
        first, stop = (round(self.vertex + f * per_row) for f in (top, bottom))
        return slice(min(max(first, 0), last), min(max(stop, 0), last))

    def left_of_midline_mm(
        self, name: ViewName, row: ArrayLike, column: ArrayLike
    ) -> NDArray[np.float64]:
        """Distance from the midline to the patient's left in mm; to the right it is negative.

        The columns of an anterior view run to the patient's left, of a posterior one to the right.

        Args:
            name: anterior or posterior.
            row: pixel rows; fractions are allowed.
            column: pixel columns, of a shape that goes with the rows.
        """
        midline = np.interp(np.asarray(row, np.float64), np.arange(len(self.midline)), self.midline)
        distance = (np.asarray(column, np.float64) - midline) * self.spacing[1]
        return distance if name is ViewName.ANTERIOR else -distance


def find_body(view: View) -> Body:
    """Outline the body of a view.

    The outline is the same that the counts are scaled by.
    """
    mask = body_mask(view.counts, view.spacing)
    rows = np.flatnonzero(mask.any(axis=1))
    vertex, feet = float(rows[0]), float(rows[-1])
    widths = mask[[0, -1]].sum(axis=1) * view.spacing[1]
    cut_at_head, cut_at_feet = (bool(width > CUT_WIDTH_MM) for width in widths)
    length_mm = (feet - vertex + 1) * view.spacing[0]
    if cut_at_head != cut_at_feet:
        # One end is seen: the other lies at the median length, so that levels still hold roughly.
        length_mm = max(length_mm, MEDIAN_LENGTH_MM)
    if cut_at_head and not cut_at_feet:
        vertex = feet + 1 - length_mm / view.spacing[0]
    midline = body_midline(mask)
    return Body(mask, view.spacing, vertex, length_mm, midline, cut_at_head, cut_at_feet)


def body_midline(mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Column of the midline for each row: a straight line through the middles of the outline.

    The line runs between the outline's left and right edges and minimises absolute distance, so
    that one arm held away from the body does not pull it.
    """
    rows = np.flatnonzero(mask.any(axis=1))
    left = mask[rows].argmax(axis=1)
    right = mask.shape[1] - 1 - mask[rows, ::-1].argmax(axis=1)
    middles = (left + right) / 2
    weights = np.ones(len(rows), np.float64)
    for _ in range(20):
        slope, intercept = weighted_line(rows, middles, weights)
        distances = np.abs(middles - slope * rows - intercept)
        weights = np.reciprocal(np.maximum(distances, 1.0))
    return slope * np.arange(len(mask), dtype=np.float64) + intercept


def weighted_line(
    x: NDArray[np.int_], y: NDArray[np.float64], weights: NDArray[np.float64]
) -> tuple[float, float]:
    """Slope and intercept of the weighted least-squares line; a single point gives slope 0."""
    centre_x, centre_y = np.average(x, weights=weights), np.average(y, weights=weights)
    spread = (weights * (x - centre_x) ** 2).sum()
    slope = (weights * (x - centre_x) * (y - centre_y)).sum() / spread if spread > 0 else 0.0
    return float(slope), float(centre_y - slope * centre_x)

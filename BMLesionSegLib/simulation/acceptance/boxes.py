"""Boxes in which uptake is read: they follow the bones, and are told in body fractions."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.scan import ViewName
from BMLesionSegLib.simulation.anatomy.points import Floats
from BMLesionSegLib.simulation.anatomy.skeleton import Indices, Skeleton
from BMLesionSegLib.simulation.camera.camera import Rays

TRIM = 6
"""Per cent of a bone's points left out at either end before its extent is taken."""

ANT, POST = ViewName.ANTERIOR, ViewName.POSTERIOR
Span = tuple[float, float]
WHOLE: Span = (0.0, 1.0)


@dataclass(frozen=True)
class Box:
    """A rectangle over some bones of one view.

    Attributes:
        view: in which it lies.
        groups: of bones; their 6-94 % extent is the unit, down the rows, then in those rows
            across the columns.
        side: "left", "right" or "" for the bones of both.
        rows: span of the box in that extent, 0 at the head.
        columns: the same across, 0 at the left of the picture; of a one-sided box 0 is medial.
        names: only these bones of the groups.
    """

    view: ViewName
    groups: tuple[str, ...]
    side: str = ""
    rows: Span = WHOLE
    columns: Span = WHOLE
    names: tuple[str, ...] = ()

    def bones(self, skeleton: Skeleton) -> Indices:
        """Points of the bones that the box follows."""
        named = skeleton.names(*self.groups)
        wanted = [name for name in named if name.startswith(self.side)]
        return skeleton.indices([n for n in wanted if not self.names or n in self.names])

    def place(self, skeleton: Skeleton, seen: Rays) -> tuple[slice, slice]:
        """Rows and columns of the box in a view."""
        chosen = self.bones(skeleton)
        row, column = seen.row[chosen], seen.column[chosen]
        rows = _span(row, self.rows)
        inside = (row >= rows.start) & (row < rows.stop)
        flip = bool(self.side) and (self.side == "left") != (self.view is ANT)
        columns = (1 - self.columns[1], 1 - self.columns[0]) if flip else self.columns
        return rows, _span(column[inside], columns)


def _span(pixels: NDArray[np.int64], share: Span) -> slice:
    start, end = np.percentile(pixels, [TRIM, 100 - TRIM])
    first, last = (start + s * (end - start) for s in share)
    return slice(max(0, round(first)), max(0, round(last)) + 1)


@dataclass(frozen=True)
class Frame:
    """Where a body lies in a view: rows of vertex and foot tip, column of the spine."""

    vertex: float
    foot: float
    middle: float

    def fractions(self, place: tuple[slice, slice]) -> tuple[float, float, float, float]:
        """First row, last row, first column, last column of a box in body lengths."""
        length = self.foot - self.vertex
        rows = [(edge - self.vertex) / length for edge in (place[0].start, place[0].stop)]
        columns = [(edge - self.middle) / length for edge in (place[1].start, place[1].stop)]
        return rows[0], rows[1], columns[0], columns[1]


def body_frame(skeleton: Skeleton, seen: Rays) -> Frame:
    """The frame of a body."""
    spine = skeleton.indices(skeleton.names("thoracic", "lumbar"))
    return Frame(float(seen.row.min()), float(seen.row.max()), float(np.median(seen.column[spine])))


def mean(image: Floats, place: tuple[slice, slice]) -> float:
    """Mean of a box, 0 outside the frame."""
    inside = image[place]
    return float(inside.mean()) if inside.size else 0.0


def high(image: Floats, place: tuple[slice, slice]) -> float:
    """95th percentile of a box."""
    return float(np.percentile(image[place], 95))

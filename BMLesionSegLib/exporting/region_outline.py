"""The outline of a region along the edges of its pixels."""

import numpy as np
from numpy.typing import NDArray

Point = tuple[int, int]
"""Row and column of a pixel's corner; (0, 0) is the outer corner of the first pixel."""


def region_outlines(mask: NDArray[np.bool_]) -> list[list[Point]]:
    """Closed outlines of a region, holes too, with corners only where the line turns.

    The region lies to the right of the line as one walks along it, rows counted downwards. Pixels
    that touch at a corner alone are outlined apart.

    Args:
        mask: bool ``[row, column]``.

    Returns:
        One list of corners an outline; the first corner is repeated at its end.
    """
    ends = edges(mask)
    outlines = []
    while ends:
        start = min(ends)
        outlines.append(walk(start, ends))
    return outlines


def edges(mask: NDArray[np.bool_]) -> dict[Point, list[Point]]:
    """Every pixel edge between inside and outside, as steps from corner to corner."""
    # A lesion is small in its view: only its own rows and columns are looked at.
    (rows,), (columns,) = np.nonzero(mask.any(axis=1)), np.nonzero(mask.any(axis=0))
    if not len(rows):
        return {}
    top, left = int(rows[0]), int(columns[0])
    padded = np.pad(mask[top : rows[-1] + 1, left : columns[-1] + 1], 1)
    inside = padded[1:-1, 1:-1]
    ends: dict[Point, list[Point]] = {}
    # Neighbour that is outside: from which corner of the pixel to which the edge runs.
    sides = (
        (padded[:-2, 1:-1], (0, 0), (0, 1)),
        (padded[1:-1, 2:], (0, 1), (1, 1)),
        (padded[2:, 1:-1], (1, 1), (1, 0)),
        (padded[1:-1, :-2], (1, 0), (0, 0)),
    )
    for neighbour, first, last in sides:
        for row, column in np.argwhere(inside & ~neighbour).tolist():
            start = (top + row + first[0], left + column + first[1])
            end = (top + row + last[0], left + column + last[1])
            ends.setdefault(start, []).append(end)
    return ends


def walk(start: Point, ends: dict[Point, list[Point]]) -> list[Point]:
    """Follow the edges from a corner back to it, using them up."""
    corners = [start]
    here, direction = start, (0, 0)
    while True:
        following = next_corner(here, direction, ends[here])
        ends[here].remove(following)
        if not ends[here]:
            del ends[here]
        step = (following[0] - here[0], following[1] - here[1])
        if step == direction:
            corners[-1] = following
        else:
            corners.append(following)
        here, direction = following, step
        if here == start:
            return corners


def next_corner(here: Point, direction: Point, choices: list[Point]) -> Point:
    """Where two pixels meet at a corner, turn right: stay with the same pixel."""
    right = (here[0] + direction[1], here[1] - direction[0])
    return right if right in choices else choices[0]

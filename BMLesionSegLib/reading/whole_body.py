"""Is this one whole body? By its size before the pixels are decoded, by its profile after."""

import numpy as np

from BMLesionSegLib.errors import GeometryRefused, NotABoneScan
from BMLesionSegLib.scan import Counts
from BMLesionSegLib.scan.view import check_spacing

MOST_ROWS_OR_COLUMNS = 4096
MOST_FRAMES = 64
SMALLEST_ASPECT = 2.0
LENGTHS_MM = (500.0, 2800.0)
"""From a scanned infant to 1024 rows of 2.7 mm."""

GAP_SHARE = 0.2


def check_matrix(shape: tuple[int, int], frames: int = 1) -> None:
    """Refuse a matrix that no gamma camera has, before anything of that size is allocated.

    Raises:
        GeometryRefused: no pixels, or far too many.
    """
    largest = max(shape)
    if min(shape) < 1 or frames < 1 or largest > MOST_ROWS_OR_COLUMNS or frames > MOST_FRAMES:
        raise GeometryRefused(
            f"a scan has at most {MOST_ROWS_OR_COLUMNS} rows, {MOST_ROWS_OR_COLUMNS} columns and "
            f"{MOST_FRAMES} frames, and at least one of each",
            f"{shape[0]} rows, {shape[1]} columns and {frames} frames are stated",
            "Export the scan again from the camera.",
        )


def check_field(shape: tuple[int, int], spacing: tuple[float, float]) -> None:
    """Refuse a field that does not hold a whole body, upright or on its side.

    Args:
        shape: rows, columns.
        spacing: mm between rows, between columns.

    Raises:
        GeometryRefused: impossible spacing, or a body length that nobody has.
        NotABoneScan: not at least twice as long as wide.
    """
    check_spacing(spacing)
    sides = sorted((shape[0] * spacing[0], shape[1] * spacing[1]))
    # A hair of tolerance, for spacings that were rounded.
    if sides[1] < 0.999 * SMALLEST_ASPECT * sides[0]:
        raise NotABoneScan(
            f"a whole-body view is at least {SMALLEST_ASPECT:g} times as long as wide",
            f"{sides[1]:.0f} mm by {sides[0]:.0f} mm came",
            "Give the planar whole-body scan, not a spot view.",
        )
    if not LENGTHS_MM[0] <= sides[1] <= LENGTHS_MM[1]:
        raise GeometryRefused(
            f"a whole-body view is {LENGTHS_MM[0] / 1000:g} to {LENGTHS_MM[1] / 1000:g} m long",
            f"{sides[1] / 1000:.3g} m came",
            "Correct the pixel spacing, for a whole-body scan about 2.26 mm.",
        )


def check_one_body(counts: Counts) -> None:
    """Refuse two bodies side by side: counts on both sides of an empty middle.

    Args:
        counts: upright ``[row, column]``.

    Raises:
        NotABoneScan: both views were put into one picture.
    """
    profile = counts.sum(axis=0, dtype=np.float64)
    tenth = max(1, len(profile) // 10)
    middle = len(profile) // 2
    centre = profile[middle - tenth // 2 : middle - tenth // 2 + tenth].mean()
    left, right = profile[: middle - tenth].max(initial=0), profile[middle + tenth :].max(initial=0)
    if centre < GAP_SHARE * min(left, right):
        raise NotABoneScan(
            "a view shows one body",
            "two bodies seem to lie side by side",
            "Give each view as its own file, with --view.",
        )

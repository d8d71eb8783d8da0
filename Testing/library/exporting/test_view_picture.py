"""Where things stand in the picture of a view."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from BMLesionSegLib.exporting.overlay import shown_views
from BMLesionSegLib.exporting.segment import STATUS_COLOURS, Colour
from BMLesionSegLib.exporting.view_picture import (
    HATCH_COLOUR,
    MARGIN,
    PIXELS_PER_MM,
    draw_view,
    edge_column,
    window_upper,
)
from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.lesions import ReviewStatus, find_body

ROWS = slice(0, 1024)
SCALE = 2 * PIXELS_PER_MM


def picture(segmentation: Segmentation, view: int, rows: slice = ROWS) -> Image.Image:
    return draw_view(shown_views(segmentation)[view], rows, 40.0)


def places(image: Image.Image, colour: Colour) -> np.ndarray:
    """Row and column in view pixels of every picture pixel of that colour."""
    found = np.argwhere((np.asarray(image) == colour).all(axis=-1))
    return (found - (0, MARGIN)) / SCALE


def test_the_picture_keeps_the_bodys_proportions(segmentation: Segmentation):
    image = picture(segmentation, 0)
    assert image.height == round(1024 * SCALE)
    assert image.width - 2 * MARGIN == round(256 * SCALE)


def test_contours_surround_the_lesions_and_leave_them_visible(segmentation: Segmentation):
    contour = places(picture(segmentation, 0), STATUS_COLOURS[ReviewStatus.UNREVIEWED])
    for lesion in segmentation.views[0].lesions.lesions:
        top, left, bottom, right = lesion.box
        near = contour[(contour[:, 0] > top - 5) & (contour[:, 0] < bottom + 5)]
        assert near.min(axis=0) == pytest.approx((top - 1, left - 1), abs=1.5)
        assert near.max(axis=0) == pytest.approx((bottom, right), abs=1.5)
        inside = (abs(near - lesion.centroid) < 3).all(axis=1)
        assert not inside.any()


def test_capped_pixels_are_hatched_and_nothing_else(segmentation: Segmentation):
    hatched = places(picture(segmentation, 1), HATCH_COLOUR)
    rows, columns = np.nonzero(segmentation.views[1].capped)
    assert len(hatched) > 50
    assert hatched.min(axis=0) == pytest.approx((rows.min(), columns.min()), abs=4)
    assert hatched.max(axis=0) == pytest.approx((rows.max(), columns.max()), abs=4)


def test_no_counts_are_white_and_hot_counts_black(segmentation: Segmentation):
    pixels = np.asarray(picture(segmentation, 0))
    room = pixels[round(1000 * SCALE), MARGIN + round(128 * SCALE)]
    spine = pixels[round(240 * SCALE), MARGIN + round(128 * SCALE)]
    assert (room > 245).all()
    assert (spine < 160).all()


def test_rows_are_cut_from_the_picture(segmentation: Segmentation):
    assert picture(segmentation, 0, slice(100, 600)).height == round(500 * SCALE)


def test_the_window_ends_at_the_bodys_99th_percentile_without_urine(segmentation: Segmentation):
    result = segmentation.views[0]
    body = find_body(result.view).mask
    upper = window_upper(shown_views(segmentation)[0])
    counts = result.view.counts
    assert upper == np.percentile(counts[body & ~result.capped], 99)
    assert upper < np.percentile(counts[body], 99)


def test_a_line_to_a_lesion_in_two_pieces_ends_at_its_outermost_column(segmentation: Segmentation):
    labels = np.zeros((8, 10), np.int32)
    labels[1, 2:4] = labels[6, 5:7] = 1
    lesion = replace(
        segmentation.views[0].lesions.lesions[0],
        number=1,
        centroid=(3.5, 4.0),
        box=(1, 2, 7, 7),
    )
    assert [edge_column(labels, lesion, left) for left in (True, False)] == [2, 7]
    upper = replace(lesion, centroid=(1.0, 2.5))
    assert [edge_column(labels, upper, left) for left in (True, False)] == [2, 4]

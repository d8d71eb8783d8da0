"""Length and shape of regions whose size is known."""

import numpy as np
import pytest

from BMLesionSegLib.exporting.report.extent import Shape, longest_diameter_mm, shape_of


def test_a_rectangle_is_as_long_as_its_diagonal():
    mask = np.zeros((20, 20), bool)
    mask[4:7, 5:9] = True
    assert longest_diameter_mm(mask, (2.0, 2.0)) == pytest.approx(10.0)


def test_rows_and_columns_have_their_own_spacing():
    mask = np.zeros((9, 9), bool)
    mask[2:6, 3] = True
    assert longest_diameter_mm(mask, (3.0, 5.0)) == pytest.approx(13.0)


def test_parts_and_holes_count_from_end_to_end():
    mask = np.zeros((30, 30), bool)
    mask[0:5, 0:5] = True
    mask[2, 2] = False
    mask[0, 29] = True
    assert longest_diameter_mm(mask, (1.0, 1.0)) == pytest.approx(np.hypot(5, 30))


@pytest.mark.parametrize(
    ("length", "area", "shape"),
    [
        (20.0, np.pi / 4 * 400, Shape.FOCAL),
        (10**0.5, 3.0, Shape.LINEAR),
        (5**0.5, 2.0, Shape.FOCAL),
        (100.0, 5000.0, Shape.EXTENDED),
        (99.9, 1000.0, Shape.LINEAR),
    ],
)
def test_shape_of_a_disc_and_of_rectangles(length: float, area: float, shape: Shape):
    assert shape_of(length, area) is shape

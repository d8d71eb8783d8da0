"""Both views in space: right-handed, head up, each side of the patient where it belongs."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from BMLesionSegLib.scan import Geometry, ViewName, view_geometry

SHAPES = st.tuples(st.integers(1, 2000), st.integers(1, 2000))
SPACINGS = st.tuples(st.floats(0.1, 10), st.floats(0.1, 10))


def in_space(geometry: Geometry, column: float, row: float) -> np.ndarray:
    """LPS millimetres of a pixel."""
    direction = np.reshape(geometry.direction, (3, 3))
    return np.array(geometry.origin) + direction @ (np.array([column, row, 0]) * geometry.spacing)


@given(st.sampled_from(ViewName), SHAPES, SPACINGS)
def test_axes_are_orthonormal_and_right_handed(view, shape, spacing):
    direction = np.reshape(view_geometry(view, shape, spacing).direction, (3, 3))
    np.testing.assert_allclose(direction.T @ direction, np.eye(3))
    assert np.linalg.det(direction) == pytest.approx(1)


@given(st.sampled_from(ViewName), SHAPES, SPACINGS)
def test_the_middle_of_the_image_is_on_the_midline(view, shape, spacing):
    geometry = view_geometry(view, shape, spacing)
    middle = in_space(geometry, (shape[1] - 1) / 2, (shape[0] - 1) / 2)
    np.testing.assert_allclose(middle[[0, 2]], 0, atol=1e-6)


def test_third_spacing_is_one_so_that_volume_is_area():
    assert view_geometry(ViewName.ANTERIOR, (1024, 256), (2.4, 2.26)).spacing == (2.26, 2.4, 1.0)


@pytest.mark.parametrize(("view", "left_first"), [("anterior", False), ("posterior", True)])
def test_letters(view, left_first):
    geometry = view_geometry(ViewName(view), (1024, 256), (2.26, 2.26))
    first, last = in_space(geometry, 0, 0), in_space(geometry, 255, 0)
    # L is positive in LPS: seen from behind, the patient's left is at the first column.
    assert (first[0] > last[0]) == left_first
    head, feet = in_space(geometry, 0, 0), in_space(geometry, 0, 1023)
    assert head[2] > feet[2]


def test_the_views_lie_in_two_planes_each_on_its_own_side():
    anterior, posterior = (
        in_space(view_geometry(view, (1024, 256), (2.26, 2.26)), 0, 0)[1] for view in ViewName
    )
    # P is positive in LPS.
    assert anterior == -100
    assert posterior == 100


def test_one_spot_has_one_place_across_the_views():
    anterior, posterior = (view_geometry(view, (1024, 256), (2.26, 2.26)) for view in ViewName)
    seen_from_front = in_space(anterior, 60, 300)
    seen_from_behind = in_space(posterior, 255 - 60, 300)
    np.testing.assert_allclose(seen_from_front[[0, 2]], seen_from_behind[[0, 2]])

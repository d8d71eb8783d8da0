"""Holes in an outline."""

import numpy as np
import pytest
from scipy import ndimage

from BMLesionSegLib.preparation.body import without_holes


def test_a_ring_is_filled_and_a_bay_is_not():
    ring = np.ones((5, 5), bool)
    ring[2, 2] = False
    assert without_holes(ring).all()
    ring[2, 3:] = False
    np.testing.assert_array_equal(without_holes(ring), ring)


@pytest.mark.parametrize("share", [0.0, 0.4, 0.6, 0.8, 1.0])
def test_as_scipy_fills_them(share):
    mask = np.random.default_rng(3).random((60, 40)) < share
    np.testing.assert_array_equal(without_holes(mask), ndimage.binary_fill_holes(mask))

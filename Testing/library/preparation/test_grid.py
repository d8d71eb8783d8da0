"""The working grid keeps counts, crops nothing, and comes back to the same pixels."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from BMLesionSegLib.preparation.grid import WorkingGrid, rebin


def test_the_papers_matrix_is_left_alone():
    grid = WorkingGrid.of((1024, 256), (2.26, 2.26))
    counts = np.random.default_rng(0).poisson(3, (1024, 256)).astype(np.float32)
    np.testing.assert_array_equal(grid.to_working(counts), counts)
    np.testing.assert_array_equal(grid.to_source(counts / counts.max()), counts / counts.max())


@pytest.mark.parametrize(
    ("shape", "spacing", "padded"),
    [
        ((1024, 256), (2.40, 2.40), (1024, 256)),
        ((1024, 512), (2.26, 1.13), (1024, 256)),
        ((512, 128), (4.52, 4.52), (1024, 256)),
        ((1100, 300), (2.26, 2.26), (1152, 384)),
        ((900, 200), (2.0, 2.6), (1024, 256)),
        ((100, 100), (2.26, 2.26), (256, 256)),
    ],
)
def test_padded_to_whole_tiles(shape, spacing, padded):
    assert WorkingGrid.of(shape, spacing).padded_shape == padded


@settings(max_examples=60)
@given(
    st.tuples(st.integers(4, 90), st.integers(4, 60)),
    st.tuples(st.floats(0.8, 6.0), st.floats(0.8, 6.0)),
    st.integers(0, 2**32 - 1),
)
def test_counts_are_conserved(shape, spacing, seed):
    counts = np.random.default_rng(seed).poisson(5, shape).astype(np.float32)
    working = WorkingGrid.of(shape, spacing, tile=(16, 16), steps=(8, 8)).to_working(counts)
    assert working.min() >= 0
    assert working.sum(dtype=np.float64) == pytest.approx(counts.sum(dtype=np.float64), rel=1e-5)


@settings(max_examples=60)
@given(
    st.tuples(st.integers(8, 90), st.integers(8, 60)),
    st.tuples(st.floats(0.8, 6.0), st.floats(0.8, 6.0)),
)
def test_a_constant_map_comes_back_constant(shape, spacing):
    grid = WorkingGrid.of(shape, spacing, tile=(16, 16), steps=(8, 8))
    back = grid.to_source(np.full(grid.padded_shape, 0.5, np.float32))
    assert back.shape == shape
    np.testing.assert_allclose(back, 0.5, rtol=1e-5)


def test_a_spot_comes_back_to_its_place():
    grid = WorkingGrid.of((512, 128), (4.52, 4.52))
    counts = np.zeros((512, 128), np.float32)
    counts[300:306, 40:46] = 100
    working = grid.to_working(counts)
    back = grid.to_source(working / working.max())
    rows, columns = np.nonzero(back > 0.5)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (300, 305, 40, 45)


def test_rebin_by_hand():
    halves = rebin(np.array([[4.0, 4.0, 8.0, 8.0]], np.float32), 2, axis=1)
    np.testing.assert_allclose(halves, [[8.0, 16.0]], rtol=1e-6)


def test_a_mask_is_where_pixels_are_at_least_half_covered():
    finer = WorkingGrid.of((512, 128), (4.52, 4.52))
    mask = np.zeros((512, 128), bool)
    mask[300:306, 40:46] = True
    expected = np.zeros((1024, 256), bool)
    expected[600:612, 80:92] = True
    np.testing.assert_array_equal(finer.mask_to_working(mask), expected)
    coarser = WorkingGrid.of((16, 16), (1.13, 1.13), tile=(16, 16), steps=(8, 8))
    line = np.zeros((16, 16), bool)
    line[0, 0:2] = line[2, 2] = True
    found = coarser.mask_to_working(line)
    assert found[0, 4]
    assert found.sum() == 1

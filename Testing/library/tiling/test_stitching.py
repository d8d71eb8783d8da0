"""A pointwise "network" has a known stitched answer, whatever the size, stride and batch."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from BMLesionSegLib.errors import GeometryRefused
from BMLesionSegLib.tiling import Stitcher, cut, tile_grid
from BMLesionSegLib.tiling.stitching import tent


@st.composite
def layouts(draw):
    size = draw(st.integers(1, 24)), draw(st.integers(1, 24))
    steps = tuple(draw(st.integers(1, length)) for length in size)
    shape = (size[0] + draw(st.integers(0, 60)), size[1] + draw(st.integers(0, 40)))
    return shape, size, steps, draw(st.integers(1, 9)), draw(st.integers(0, 2**32 - 1))


@settings(max_examples=150)
@given(layouts())
def test_pointwise_network_is_stitched_exactly(layout):
    shape, size, steps, batch, seed = layout
    rng = np.random.default_rng(seed)
    image = rng.random(shape, np.float32)
    tiles = tile_grid(shape, size, steps)
    order = [tiles[i] for i in rng.permutation(len(tiles))]
    stitcher = Stitcher(shape, tiles)
    for first in range(0, len(order), batch):
        part = tuple(order[first : first + batch])
        stitcher.add(part, 2 * cut(image, part) + 1)
    np.testing.assert_allclose(stitcher.image(), 2 * image + 1, rtol=1e-5)


def test_a_whole_body_scintigram_has_seven_tiles():
    tiles = tile_grid((1024, 256))
    assert [tile.row for tile in tiles] == [0, 128, 256, 384, 512, 640, 768]
    assert {tile.column for tile in tiles} == {0}


def test_a_whole_view_is_one_tile():
    (tile,) = tile_grid((1024, 256), (1024, 256), (512, 128))
    assert tile.window == (slice(0, 1024), slice(0, 256))


def test_last_tile_is_moved_inside():
    assert [tile.row for tile in tile_grid((10, 4), (4, 4), (4, 4))] == [0, 4, 6]


def test_two_tiles_that_disagree_are_blended_by_row():
    tiles = tile_grid((6, 4), (4, 4), (2, 2))
    stitcher = Stitcher((6, 4), tiles)
    stitcher.add(tiles, np.stack([np.zeros((4, 4)), np.ones((4, 4))]).astype(np.float32))
    # Overlap rows 2 and 3: weights 1 and 1/3 for the upper tile, 1/3 and 1 for the lower.
    np.testing.assert_allclose(stitcher.image()[:, 0], [0, 0, 0.25, 0.75, 1, 1], rtol=1e-6)


def test_weights_are_never_zero():
    assert tent(256).min() > 0


@pytest.mark.parametrize(
    ("shape", "size", "stride"), [((3, 9), 4, 2), ((9, 9), 4, 5), ((9, 9), 4, 0)]
)
def test_gaps_are_refused(shape, size, stride):
    with pytest.raises(GeometryRefused):
        tile_grid(shape, (size, size), (stride, stride))


def test_weights_by_hand():
    np.testing.assert_allclose(tent(4), [1 / 3, 1, 1, 1 / 3])

"""Differences counted by hand."""

import numpy as np

from BMLesionSegLib.benchmark.parity import mean_map, parity
from BMLesionSegLib.tiling import tile_grid


def test_the_worst_pixel_and_those_that_change():
    expected = np.array([[-1.0, 0.5], [0.1, 3.0]], np.float32)
    came = np.array([[-1.5, 0.5], [-0.1, 3.25]], np.float32)
    assert parity(came, expected, threshold=0.5) == parity(expected, came, threshold=0.5)
    found = parity(came, expected, threshold=0.5)
    assert (found.largest_logit_difference, found.pixels_changed) == (0.5, 1)
    # 0.27 is a logit of -1: now the first pixel changes instead.
    assert parity(came, expected, threshold=0.26).pixels_changed == 1
    assert parity(came, expected, threshold=0.9).pixels_changed == 0


def test_tiles_that_agree_give_the_image_back():
    image = np.random.default_rng(0).random((1024, 256), np.float32)
    layout = tile_grid(image.shape)
    tiles = np.stack([image[tile.window] for tile in layout])
    np.testing.assert_allclose(mean_map(tiles, layout, image.shape), image, rtol=1e-6)
    tiles[0] += 1
    off = mean_map(tiles, layout, image.shape) - image
    np.testing.assert_allclose(off[:128], 1, rtol=1e-5)
    np.testing.assert_allclose(off[128:256], 0.5, rtol=1e-5)

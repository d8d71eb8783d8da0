"""Tiles for training: where they lie and how they vary."""

import numpy as np
import pytest
import torch

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.cases import Case
from BMLesionSegLib.learning.tiles import TilePool, Variation, render_small, vary
from BMLesionSegLib.preparation import Normalisation
from Testing.library.scans import body_pair, scan_of


@pytest.fixture(scope="module")
def case():
    scan = scan_of(body_pair())
    truth = {view.name: (view.counts > 60).astype(np.int32) for view in scan}
    return Case(scan, truth)


@pytest.fixture(scope="module")
def pool(case):
    return TilePool([case], Normalisation())


def test_tiles_over_a_lesion_hold_it(pool):
    _, masks = pool.draw(20, with_lesion=1.0, rng=np.random.default_rng(0))
    assert (masks.flatten(1).sum(1) > 0).all()
    _, masks = pool.draw(40, with_lesion=0.0, rng=np.random.default_rng(0))
    assert (masks.flatten(1).sum(1) == 0).any()


def test_image_and_truth_are_cut_from_one_place(pool):
    images, masks = pool.draw(10, with_lesion=1.0, rng=np.random.default_rng(1))
    assert images.shape == masks.shape == (10, 1, 256, 256)
    assert images[masks > 0].min() > 1.5


def test_the_same_chance_gives_the_same_tiles(pool):
    first = pool.draw(4, 0.5, np.random.default_rng(7))
    second = pool.draw(4, 0.5, np.random.default_rng(7))
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))


def test_mirrored_tiles_take_their_truth_along(pool):
    images, masks = pool.draw(3, 1.0, np.random.default_rng(2))
    only_mirror = Variation(gain=0.0, mirror=1.0, rendered=0.0)
    seen, truth = vary(images, masks, only_mirror, 3.0, np.random.default_rng(0))
    torch.testing.assert_close(seen, images.flip(-1))
    torch.testing.assert_close(truth, masks.flip(-1))


def test_gain_keeps_the_cap_and_the_truth(pool):
    images, masks = pool.draw(8, 1.0, np.random.default_rng(2))
    seen, truth = vary(images, masks, Variation(1.0, 0.0, 0.0), 3.0, np.random.default_rng(0))
    assert seen.max() <= 3.0
    assert not torch.equal(seen, images)
    assert torch.equal(truth, masks)


@pytest.mark.parametrize("smooth", [True, False])
def test_a_small_rendering_blurs_but_keeps_the_level(smooth):
    image = torch.zeros(1, 1, 256, 256)
    image[..., 100:140, 100:140] = 1.0
    seen = render_small(image, 0.4, smooth)
    assert seen.shape == image.shape
    assert seen[0, 0, 120, 120] == pytest.approx(1.0, abs=0.02)
    assert 0 < seen[0, 0, 99, 120] < 1


def test_cases_without_a_lesion_teach_nothing(case):
    empty = Case(case.scan, {view.name: np.zeros(view.shape, np.int32) for view in case.scan})
    with pytest.raises(TrainingRefused, match="lesions"):
        TilePool([empty], Normalisation())

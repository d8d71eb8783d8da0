"""Tiles for training: where they lie, on the grid and anywhere."""

import numpy as np
import pytest
import torch

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.training.recipe import RECIPES
from BMLesionSegLib.learning.training.tiles import Anywhere, OnGrid, PreparedViews, sampler_of
from BMLesionSegLib.preparation import Normalisation
from BMLesionSegLib.scan import BoneScan
from Testing.library.scans import body_pair, scan_of


@pytest.fixture(scope="module")
def case():
    scan = scan_of(body_pair())
    truth = {view.name: (view.counts > 60).astype(np.int32) for view in scan}
    spine = {view.name: (view.counts > 20) & (view.counts < 40) for view in scan}
    return Case(scan, truth, spine)


@pytest.fixture(scope="module")
def views(case):
    return PreparedViews([case], Normalisation())


def test_tiles_over_a_lesion_hold_it(views):
    _, maps = views.cut(Anywhere(views, 1.0, seed=0).places(0, 20))
    assert (maps[:, 0].flatten(1).sum(1) > 0).all()
    _, maps = views.cut(Anywhere(views, 0.0, seed=0).places(0, 40))
    assert (maps[:, 0].flatten(1).sum(1) == 0).any()


def test_image_truth_and_other_uptake_are_cut_from_one_place(views):
    images, maps = views.cut(Anywhere(views, 1.0, seed=1).places(0, 10))
    assert images.shape == (10, 1, 256, 256)
    assert maps.shape == (10, 2, 256, 256)
    assert images[:, 0][maps[:, 0] > 0].min() > 1.5
    assert images[:, 0][maps[:, 1] > 0].max() < images[:, 0][maps[:, 0] > 0].min()


def test_the_same_step_gives_the_same_tiles(views):
    for name in ("paper", "ours"):
        sampler = sampler_of(RECIPES[name], views, seed=7)
        assert sampler.places(3, 4) == sampler.places(3, 4)
        assert sampler.places(3, 4) != sampler.places(4, 4)


def test_the_grid_is_the_papers(views):
    every = views.grid(lesion_only=False)
    assert [tile.row for view, tile in every if view == 0] == [0, 128, 256, 384, 512, 640, 768]
    with_lesion = views.grid(lesion_only=True)
    assert 0 < len(with_lesion) < len(every) == 14
    assert all(views.masks[view][tile.window].any() for view, tile in with_lesion)


def test_on_the_grid_each_tile_comes_once_an_epoch():
    tiles = [(view, None) for view in range(10)]
    sampler = OnGrid(tiles, seed=0)
    steps = [place for step in range(5) for place in sampler.places(step, 4)]
    assert sorted(steps[:10]) == sorted(steps[10:]) == sorted(tiles)
    assert steps[:10] != steps[10:]


def test_a_recipe_draws_as_it_says(views):
    paper = sampler_of(RECIPES["paper"], views, seed=0)
    _, maps = views.cut(paper.places(0, 8))
    assert (maps[:, 0].flatten(1).sum(1) > 0).all()
    negatives = sampler_of(RECIPES["paper-negatives"], views, seed=0)
    _, maps = views.cut(negatives.places(0, 14))
    assert (maps[:, 0].flatten(1).sum(1) == 0).any()


def test_with_both_views_the_other_one_lies_behind_mirrored(case):
    pairs = PreparedViews([case, case], Normalisation(), (1024, 256), shown=2)
    assert pairs.partners == [1, 0, 3, 2]
    (anterior, posterior), maps = pairs.cut(pairs.grid(lesion_only=False)[:2])
    assert anterior[0].std() > 0
    assert torch.equal(anterior[1], posterior[0].flip(-1))
    assert torch.equal(posterior[1], anterior[0].flip(-1))
    assert maps.shape == (2, 2, 1024, 256)


def test_a_view_alone_has_nothing_behind_it(case):
    first = case.scan.views[0]
    alone = Case(BoneScan((first,), "alone"), {first.name: case.metastases[first.name]})
    views = PreparedViews([alone], Normalisation(), (1024, 256), shown=2)
    images, _ = views.cut(views.grid(lesion_only=True))
    assert views.partners == [None]
    assert images[0, 0].any()
    assert not images[0, 1].any()


def test_cases_without_a_lesion_teach_nothing(case):
    empty = Case(case.scan, {view.name: np.zeros(view.shape, np.int32) for view in case.scan})
    with pytest.raises(TrainingRefused, match="lesions"):
        PreparedViews([empty], Normalisation())


def test_a_case_that_knows_no_other_uptake_has_none(case):
    plain = PreparedViews([Case(case.scan, case.metastases)], Normalisation())
    assert not any(other.any() for other in plain.others)
    assert torch.is_tensor(plain.cut(plain.grid(True))[1])

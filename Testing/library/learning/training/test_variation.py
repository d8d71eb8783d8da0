"""Varied tiles: the truth follows, the cap holds."""

import numpy as np
import pytest
import torch

from BMLesionSegLib.learning.training.variation import (
    ALONE,
    APART,
    ASTRAY,
    FARTHEST,
    Variation,
    moved_down,
    render_small,
    vary,
)

IMAGES = torch.from_numpy(np.random.default_rng(0).uniform(0, 3, (6, 1, 64, 64)).astype(np.float32))
MAPS = (IMAGES.repeat(1, 2, 1, 1) > 2.5).float()


def test_mirrored_tiles_take_their_truth_along():
    only_mirror = Variation(gain=0.0, mirror=1.0, rendered=0.0)
    seen, maps = vary(IMAGES, MAPS, only_mirror, 3.0, np.random.default_rng(0))
    torch.testing.assert_close(seen, IMAGES.flip(-1))
    torch.testing.assert_close(maps, MAPS.flip(-1))


def test_moved_tiles_take_their_truth_along_and_leave_nothing_behind():
    only_moved = Variation(gain=0.0, mirror=0.0, moved=1.0, rendered=0.0)
    seen, maps = vary(IMAGES, MAPS, only_moved, 3.0, np.random.default_rng(0))
    torch.testing.assert_close(maps, (seen.repeat(1, 2, 1, 1) > 2.5).float())
    empty = (seen == 0).all(dim=-1)[:, 0].sum(dim=1)
    assert len(set(empty.tolist())) > 1
    assert empty.max() <= round(64 * FARTHEST)


def test_the_other_view_is_taken_away_moved_or_left_and_the_truth_stays():
    only_pair = Variation(gain=0.0, mirror=0.0, rendered=0.0)
    pairs = IMAGES[:1].repeat(200, 2, 1, 1)
    maps = MAPS[:1].repeat(200, 1, 1, 1)
    seen, same = vary(pairs, maps, only_pair, 3.0, np.random.default_rng(0))
    assert torch.equal(seen[:, 0], pairs[:, 0])
    assert torch.equal(same, maps)
    gone = ~seen[:, 1].flatten(1).any(dim=1)
    left = (seen[:, 1] == pairs[:, 1]).flatten(1).all(dim=1)
    assert gone.float().mean() == pytest.approx(ALONE, abs=0.1)
    assert left.float().mean() == pytest.approx(1 - ALONE - ASTRAY, abs=0.1)
    inner = slice(2 * APART, 64 - 2 * APART)
    own, other = pairs[0, 1], seen[~gone & ~left, 1]
    for moved in other:
        shifts = [
            torch.equal(moved[inner, inner], own.roll((rows, columns), (0, 1))[inner, inner])
            for rows in range(-APART, APART + 1)
            for columns in range(-APART, APART + 1)
        ]
        assert sum(shifts) == 1


def test_both_views_are_mirrored_and_moved_together():
    pairs = torch.cat([IMAGES, IMAGES], dim=1)
    together = Variation(gain=0.0, mirror=0.5, moved=0.5, rendered=0.0)
    seen, maps = vary(pairs, MAPS, together, 3.0, np.random.default_rng(3))
    torch.testing.assert_close(maps[:, :1], (seen[:, :1] > 2.5).float())
    left = [one for one in seen if torch.equal(one[0], one[1])]
    assert left
    assert all(one[1].any() for one in left)


@pytest.mark.parametrize(
    ("rows", "expected"), [(1, [0, 1, 2]), (-1, [2, 3, 0]), (0, [1, 2, 3]), (2, [0, 0, 1])]
)
def test_rows_moved_by_hand(rows, expected):
    planes = torch.tensor([[[1.0], [2.0], [3.0]]])
    assert moved_down(planes, rows)[0, :, 0].tolist() == expected
    assert planes[0, :, 0].tolist() == [1, 2, 3]


def test_gain_keeps_the_cap_and_the_truth():
    seen, maps = vary(IMAGES, MAPS, Variation(1.0, 0.0, 0.0), 3.0, np.random.default_rng(0))
    assert seen.max() <= 3.0
    assert not torch.equal(seen, IMAGES)
    assert torch.equal(maps, MAPS)


def test_uneven_uptake_is_smooth_lies_about_its_level_and_leaves_the_truth():
    flat = torch.ones(8, 1, 512, 128)
    maps = torch.zeros(8, 2, 512, 128)
    only_uneven = Variation(gain=0.0, mirror=0.0, rendered=0.0, uneven=0.25)
    seen, same = vary(flat, maps, only_uneven, 3.0, np.random.default_rng(0))
    assert torch.equal(same, maps)
    field = seen.log()
    assert abs(field.mean()) < 0.05
    assert 0.12 < field.std() < 0.3
    assert field.diff(dim=-1).abs().max() < 0.08, "no edge that could pass for a lesion's"
    assert field.diff(dim=-2).abs().max() < 0.08
    assert not torch.allclose(field[0], field[1]), "every tile has its own"


def test_what_was_given_is_left_as_it_was():
    before = IMAGES.clone()
    vary(IMAGES, MAPS, Variation(), 3.0, np.random.default_rng(1))
    assert torch.equal(IMAGES, before)


@pytest.mark.parametrize("smooth", [True, False])
def test_a_small_rendering_blurs_but_keeps_the_level(smooth):
    image = torch.zeros(1, 1, 256, 256)
    image[..., 100:140, 100:140] = 1.0
    seen = render_small(image, 0.4, smooth)
    assert seen.shape == image.shape
    assert seen[0, 0, 120, 120] == pytest.approx(1.0, abs=0.02)
    assert 0 < seen[0, 0, 99, 120] < 1

"""Losses by hand."""

import math

import numpy as np
import pytest
import torch

from BMLesionSegLib.learning.training.losses import (
    USUAL_SPOT,
    by_component,
    cross_entropy_and_dice,
    cross_entropy_and_tversky,
    soft_dice,
    spot_weight,
)

ZERO = torch.zeros(1, 1, 2, 2)
HALF = torch.tensor([[[[1.0, 1.0], [0.0, 0.0]]]])
ONE = torch.ones(1, 1, 2, 2)
SURE = 40.0
ALL = [cross_entropy_and_dice, cross_entropy_and_tversky, by_component]


def test_dice_of_an_undecided_network():
    # Probability 0.5 everywhere: overlap 1, sums 2 and 2.
    assert soft_dice(ZERO, HALF).item() == pytest.approx(0.5, abs=1e-5)
    assert cross_entropy_and_dice(ZERO, HALF, ONE).item() == pytest.approx(
        0.5 * math.log(2) + 0.5, abs=1e-5
    )


def test_tversky_weighs_what_is_called_too_much():
    # Overlap 1, over 1, missed 1; epsilon 1: (1 + 1) / (1 + 0.6 + 0.4 + 1).
    expected = math.log(2) + 1 - 2 / 3
    assert cross_entropy_and_tversky(ZERO, HALF, ONE).item() == pytest.approx(expected, abs=1e-5)
    over = SURE * torch.ones_like(HALF)
    weighs_over = [cross_entropy_and_tversky(over, HALF, ONE, w).item() for w in (0.2, 0.8)]
    assert weighs_over[0] < weighs_over[1]
    weighs_missed = [cross_entropy_and_tversky(-over, HALF, ONE, w).item() for w in (0.2, 0.8)]
    assert weighs_missed[0] > weighs_missed[1]


def test_a_weighted_pixel_costs_more_when_called_wrongly():
    heavy = torch.tensor([[[[1.0, 1.0], [4.0, 1.0]]]])
    # Cross-entropy: (3 + 4) ln 2 / 4; over-calling 4 / 2 + 1 / 2, so 1 + 0.6 * 2.5 + 0.4 + 1.
    expected = 7 / 4 * math.log(2) + 1 - 2 / 3.9
    assert cross_entropy_and_tversky(ZERO, HALF, heavy).item() == pytest.approx(expected, abs=1e-5)
    right = SURE * (2 * HALF - 1)
    assert cross_entropy_and_tversky(right, HALF, heavy).item() == pytest.approx(0, abs=1e-5)


@pytest.mark.parametrize("loss", ALL)
def test_perfect_is_zero_and_empty_is_finite(loss):
    assert loss(SURE * (2 * HALF - 1), HALF, ONE).item() == pytest.approx(0, abs=1e-4)
    empty = torch.zeros_like(HALF)
    logits = torch.zeros_like(HALF, requires_grad=True)
    value = loss(logits, empty, ONE)
    value.backward()
    assert math.isfinite(value.item())
    assert torch.isfinite(logits.grad).all()


def test_small_spots_weigh_as_much_as_usual_ones():
    true = np.zeros((40, 40), bool)
    true[2:4, 2:4] = True  # a lesion of 4 pixels
    true[10:20, 10:20] = True  # one of 100, larger than usual
    called = np.zeros_like(true)
    called[30:32, 30:33] = True  # a false spot of 6
    called[3, 3:6] = True  # touches the small lesion: no false spot
    weights = spot_weight(called, true)
    assert weights[2, 2] == pytest.approx(USUAL_SPOT / 4)
    assert weights[15, 15] == 1
    assert weights[30, 30] == pytest.approx(USUAL_SPOT / 6)
    assert weights[3, 5] == 1
    assert weights[0, 0] == 1


def test_nothing_called_and_nothing_true_leaves_weights_alone():
    empty = np.zeros((8, 8), bool)
    assert (spot_weight(empty, empty) == 1).all()


def test_scattered_false_spots_cost_more_than_one_of_the_same_pixels():
    truth = torch.zeros(1, 1, 40, 40)
    scattered, together = torch.full_like(truth, -4.0), torch.full_like(truth, -4.0)
    scattered[0, 0, 2::10, 2::10] = 4.0
    together[0, 0, 10:14, 10:14] = 4.0
    weight = torch.ones_like(truth)
    plain = [cross_entropy_and_tversky(one, truth, weight).item() for one in (scattered, together)]
    spots = [by_component(one, truth, weight).item() for one in (scattered, together)]
    assert plain[0] == pytest.approx(plain[1])
    assert spots[0] > spots[1] > plain[1]

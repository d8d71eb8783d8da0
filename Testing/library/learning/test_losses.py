"""Losses by hand."""

import math

import pytest
import torch

from BMLesionSegLib.learning.losses import (
    cross_entropy_and_dice,
    cross_entropy_and_tversky,
    soft_dice,
)

ZERO = torch.zeros(1, 1, 2, 2)
HALF = torch.tensor([[[[1.0, 1.0], [0.0, 0.0]]]])
SURE = 40.0


def test_dice_of_an_undecided_network():
    # Probability 0.5 everywhere: overlap 1, sums 2 and 2.
    assert soft_dice(ZERO, HALF).item() == pytest.approx(0.5, abs=1e-5)
    assert cross_entropy_and_dice(ZERO, HALF).item() == pytest.approx(
        0.5 * math.log(2) + 0.5, abs=1e-5
    )


def test_tversky_weighs_what_is_called_too_much():
    # Overlap 1, over 1, missed 1; epsilon 1: (1 + 1) / (1 + 0.6 + 0.4 + 1).
    expected = math.log(2) + 1 - 2 / 3
    assert cross_entropy_and_tversky(ZERO, HALF).item() == pytest.approx(expected, abs=1e-5)
    over = SURE * (2 * torch.ones_like(HALF) - 1)
    missed = -over
    truth = HALF
    weighs_over = [cross_entropy_and_tversky(over, truth, w).item() for w in (0.2, 0.8)]
    assert weighs_over[0] < weighs_over[1]
    weighs_missed = [cross_entropy_and_tversky(missed, truth, w).item() for w in (0.2, 0.8)]
    assert weighs_missed[0] > weighs_missed[1]


@pytest.mark.parametrize("loss", [cross_entropy_and_dice, cross_entropy_and_tversky])
def test_perfect_is_zero_and_empty_is_finite(loss):
    assert loss(SURE * (2 * HALF - 1), HALF).item() == pytest.approx(0, abs=1e-4)
    empty = torch.zeros_like(HALF)
    logits = torch.zeros_like(HALF, requires_grad=True)
    value = loss(logits, empty)
    value.backward()
    assert math.isfinite(value.item())
    assert torch.isfinite(logits.grad).all()

"""Batches, and what happens when memory runs out or numbers are not finite."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from BMLesionSegLib.errors import BundleRefused, DeviceRefused
from BMLesionSegLib.inference.devices import choose_device
from BMLesionSegLib.inference.prediction import TileNetwork
from Testing.library.pointwise import Pointwise

TILES = np.random.default_rng(0).random((14, 1, 16, 16), np.float32)


class Failing(Pointwise):
    """Runs out of memory above so many tiles a call."""

    def __init__(self, most: int, message: str = "CUDA out of memory") -> None:
        super().__init__()
        self.most, self.message = most, message

    def forward(self, x):
        if len(x) > self.most:
            raise RuntimeError(self.message)
        return super().forward(x)


class NotFinite(nn.Module):
    """Gives NaN in the third tile."""

    def forward(self, x):
        return torch.where(x == TILES[2, 0, 0, 0], torch.nan, x)


def on_cpu(network, batch):
    return TileNetwork(network, replace(choose_device("cpu"), batch=batch))


def probabilities(tiles):
    out = np.empty_like(TILES[:, 0])
    for part, values in tiles.batches(TILES):
        out[part] = values
    return out


@pytest.mark.parametrize("batch", [1, 2, 3, 14, 50])
def test_the_batch_does_not_change_the_answer(batch):
    network = Pointwise()
    expected = 1 / (1 + np.exp(-10 * (TILES[:, 0] - 2)))
    np.testing.assert_allclose(probabilities(on_cpu(network, batch)), expected, rtol=1e-5)
    assert sum(network.batches) == 14
    assert max(network.batches) == min(batch, 14)


@pytest.mark.parametrize("most", [1, 3, 7])
def test_out_of_memory_halves_the_batch_and_says_so(most):
    tiles = on_cpu(Failing(most), batch=14)
    assert np.isfinite(probabilities(tiles)).all()
    assert tiles.device.batch <= most
    assert tiles.notes
    assert all("Memory ran out" in note for note in tiles.notes)


def test_out_of_memory_with_one_tile_on_the_cpu_is_refused():
    with pytest.raises(DeviceRefused, match="fits into memory"):
        probabilities(on_cpu(Failing(0), batch=4))


def test_out_of_memory_on_a_card_ends_on_the_cpu():
    tiles = on_cpu(Failing(0), batch=2)
    tiles.device = replace(tiles.device, kind="mps", batch=1)
    tiles._use_less_memory()
    assert tiles.device.kind == "cpu"
    assert "continued on CPU" in tiles.notes[-1]


def test_other_errors_are_not_taken_for_memory():
    with pytest.raises(RuntimeError, match="bug"):
        probabilities(on_cpu(Failing(0, "a bug"), batch=4))


def test_not_finite_in_full_precision_is_the_models_fault():
    with pytest.raises(BundleRefused, match="finite"):
        probabilities(on_cpu(NotFinite(), batch=2))


class OverflowsInBfloat16(Pointwise):
    """Finite only in full precision."""

    def forward(self, x):
        logits = super().forward(x)
        return logits * torch.nan if torch.is_autocast_enabled("cpu") else logits


def test_not_finite_in_fast_precision_is_repeated_in_full():
    tiles = on_cpu(OverflowsInBfloat16(), batch=5)
    tiles.device = replace(tiles.device, precision="bfloat16")
    assert np.isfinite(probabilities(tiles)).all()
    assert tiles.device.precision == "float32"
    assert "float32" in tiles.notes[-1]

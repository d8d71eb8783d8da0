"""The course of a training."""

import pytest
import torch

from BMLesionSegLib.inference.devices import choose_device
from BMLesionSegLib.learning.pictures.training_curve import write_curve
from BMLesionSegLib.learning.training.curve import Point, Watch, still_rising


def curve(*dsc):
    return [Point(step, 1.0, value) for step, value in enumerate(dsc, 1)]


def test_a_curve_that_climbs_is_marked_and_a_flat_one_is_not():
    assert still_rising(curve(*[0.1 * step for step in range(10)]))
    assert not still_rising(curve(0.1, 0.4, 0.6, 0.65, 0.69, 0.7, 0.7, 0.7, 0.7, 0.7))
    assert not still_rising(curve(0.5, 0.7, 0.7, 0.6, 0.5))


def test_a_curve_too_short_to_tell_counts_as_rising():
    assert still_rising(curve(0.7, 0.7, 0.7))
    assert still_rising([Point(step, 1.0, None) for step in range(20)])
    assert still_rising([])


class Bright(torch.nn.Module):
    """Calls what is brighter than its one weight."""

    def __init__(self):
        super().__init__()
        self.level = torch.nn.Parameter(torch.tensor(1e9))

    def forward(self, x):
        return x - self.level


def test_the_watch_asks_the_weights_it_is_given(phantom_views):
    watch, network = Watch(phantom_views), Bright().train()
    cpu = choose_device("cpu")
    assert watch.dsc(network, {"level": torch.tensor(1e9)}, cpu) == 0.0
    called_all = watch.dsc(network, {"level": torch.tensor(-1.0)}, cpu)
    share = watch.truth.float().mean().item()
    assert called_all == pytest.approx(2 * share / (1 + share))
    assert watch.dsc(network, {"level": torch.tensor(1.5)}, cpu) > 0.5
    assert network.training
    assert network.level.item() == 1e9


def test_files_of_a_curve(tmp_path):
    write_curve(tmp_path, [*curve(0.25, 0.5), Point(3, 0.5, None)])
    lines = (tmp_path / "curve.csv").read_text("utf-8").splitlines()
    assert lines == [
        "step,loss,dsc",
        "1,1.000000,0.250000",
        "2,1.000000,0.500000",
        "3,0.500000,-",
    ]
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")

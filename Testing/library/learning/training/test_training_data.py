"""What a training reads, each part made once."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.training.network_choice import named_network
from BMLesionSegLib.learning.training.plan import Plan
from BMLesionSegLib.learning.training.training_data import SharedData, TrainingData
from Testing.library.scans import body_pair, scan_of


@pytest.fixture(scope="module")
def normal():
    scan = scan_of(body_pair())
    return Case(scan, {view.name: np.zeros(view.shape, np.int32) for view in scan})


def of(*cases):
    """Data of a plan whose validation patients are these."""
    network = SimpleNamespace(tile_shape=(256, 256), views=1)
    return TrainingData(SimpleNamespace(network=network, validation_cases=lambda: iter(cases)))


def test_plans_of_one_seed_and_tile_share_their_data():
    plan = Plan(named_network("small"), "ours", 1, 3, "paper", 2)
    data = TrainingData(plan)
    assert data.serves(replace(plan, network=named_network("u_net"), recipe="paper"))
    assert not data.serves(replace(plan, seed=4))
    assert not data.serves(replace(plan, network=named_network("small-view")))
    views = TrainingData(replace(plan, network=named_network("small-view")))
    assert not views.serves(replace(plan, network=named_network("small-pair")))


def test_patients_without_a_lesion_are_not_watched(normal):
    data = of(normal)
    assert data.validation == [normal]
    assert data.watch is None


def test_one_lesion_is_enough_to_watch_its_tiles(normal):
    labels = {name: array.copy() for name, array in normal.metastases.items()}
    next(iter(labels.values()))[300:310, 72:80] = 1
    watch = of(normal, Case(normal.scan, labels)).watch
    assert watch.truth.any(dim=(1, 2, 3)).all()
    assert 1 <= len(watch.images) == len(watch.truth) <= 4


def test_trainings_on_the_same_data_share_it():
    plan = Plan(named_network("small"), "ours", 1, 3, "paper", 2)
    shared = SharedData()
    assert shared.last is None
    first = shared.of(plan)
    assert shared.of(replace(plan, recipe="paper")) is first is shared.last
    assert shared.of(replace(plan, seed=4)) is not first

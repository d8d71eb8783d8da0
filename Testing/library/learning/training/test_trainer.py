"""The loop: it learns from every head, it resumes to the same place, it refuses strangers."""

import math
from dataclasses import replace

import numpy as np
import pytest
import torch

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.inference.devices import choose_device
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.training import trainer as loop
from BMLesionSegLib.learning.training.curve import Watch
from BMLesionSegLib.learning.training.losses import (
    cross_entropy_and_dice,
    cross_entropy_and_tversky,
)
from BMLesionSegLib.learning.training.recipe import RECIPES
from BMLesionSegLib.learning.training.tiles import PreparedViews, sampler_of
from BMLesionSegLib.learning.training.trainer import Trainer
from BMLesionSegLib.preparation import Normalisation
from Testing.library.learning_networks import OnePixel
from Testing.library.scans import body_pair, scan_of

IDENTITY = {"network": "one pixel", "cohort": "phantom", "seed": 3, "software version": "0"}


def trainer(steps=6, recipe="ours", seed=3, heads=1, identity=IDENTITY):
    torch.manual_seed(seed)
    network = OnePixel(heads)
    return Trainer(network, RECIPES[recipe], steps, seed, choose_device("cpu"), identity)


def test_the_loss_falls(phantom_views):
    losses = []
    trainer(20).run(phantom_views, progress=lambda progress: losses.append(progress.loss))
    assert len(losses) == 20
    assert np.mean(losses[-5:]) < np.mean(losses[:5])


@pytest.mark.parametrize("recipe", list(RECIPES))
def test_every_recipe_trains(phantom_views, recipe):
    one = trainer(2, recipe)
    one.run(phantom_views)
    assert one.step == 2
    assert all(torch.isfinite(value).all() for value in one.weights().values())


def test_in_bfloat16_it_learns_nearly_the_same(phantom_views):
    """Convolutions are rounded to 8 bits; weights and loss stay in float32."""
    last = {}
    for precision in ("float32", "bfloat16"):
        one = trainer(8)
        one.device = replace(one.device, precision=precision)
        losses = []
        one.run(phantom_views, progress=lambda progress, told=losses: told.append(progress.loss))
        last[precision] = losses
        assert all(value.dtype == torch.float32 for value in one.network.parameters())
    assert last["bfloat16"] != last["float32"]
    assert last["bfloat16"] == pytest.approx(last["float32"], rel=0.02)


def test_the_loss_is_the_mean_over_all_heads(phantom_views):
    recipe = RECIPES["paper"]
    one = trainer(1, "paper", heads=2)
    images, maps = phantom_views.cut(sampler_of(recipe, phantom_views, 3).places(0, recipe.batch))
    truth, weight = maps[:, :1], torch.ones_like(maps[:, :1])
    by_hand = [cross_entropy_and_dice(head, truth, weight) for head in one.network(images)]
    before = one.network.conv.weight.detach().clone()
    seen = []
    one.run(phantom_views, progress=lambda progress: seen.append(progress.loss))
    assert by_hand[0] != by_hand[1]
    assert seen == [pytest.approx(sum(by_hand).item() / 2, rel=1e-5)]
    assert (one.network.conv.weight != before).all(), "a head was not trained"


@pytest.mark.parametrize("recipe", ["ours", "paper"])
def test_stopped_and_resumed_equals_run_through(phantom_views, tmp_path, recipe):
    watch = Watch(phantom_views)
    through = trainer(recipe=recipe)
    through.run(phantom_views, watch)

    class Stop(Exception):
        pass

    def stop_after_three(progress):
        if progress.step == 3:
            raise Stop

    stopped = trainer(recipe=recipe)
    with pytest.raises(Stop):
        stopped.run(phantom_views, watch, progress=stop_after_three)
    stopped.save(tmp_path / "checkpoint.pt")
    resumed = trainer(recipe=recipe)
    resumed.resume(tmp_path / "checkpoint.pt")
    assert resumed.step == 3
    resumed.run(phantom_views, watch)
    for name, value in through.weights().items():
        torch.testing.assert_close(resumed.weights()[name], value, rtol=0, atol=0)
    assert resumed.curve == through.curve
    assert [point.step for point in resumed.curve] == [1, 2, 3, 4, 5, 6]


def test_watching_changes_nothing(phantom_views):
    watched, alone = trainer(), trainer()
    watched.run(phantom_views, Watch(phantom_views))
    alone.run(phantom_views)
    for name, value in alone.weights().items():
        assert torch.equal(watched.weights()[name], value)
    assert all(point.dsc is None for point in alone.curve)
    assert all(0 <= point.dsc <= 1 for point in watched.curve)


def test_minutes_stop_it_and_leave_a_checkpoint(phantom_views, tmp_path):
    stopped = trainer()
    stopped.run(phantom_views, minutes=0.0, checkpoint=tmp_path / "checkpoint.pt")
    assert stopped.step == 0
    assert (tmp_path / "checkpoint.pt").exists()


@pytest.mark.parametrize("differs", list(IDENTITY))
def test_a_checkpoint_of_another_training_is_refused_by_name(tmp_path, differs):
    trainer().save(tmp_path / "checkpoint.pt")
    other = trainer(identity=IDENTITY | {differs: "another"})
    with pytest.raises(TrainingRefused, match=f"{differs} was {IDENTITY[differs]} and is another"):
        other.resume(tmp_path / "checkpoint.pt")


def test_weights_that_do_not_fit_are_refused(tmp_path):
    trainer(heads=2).save(tmp_path / "checkpoint.pt")
    with pytest.raises(TrainingRefused, match="belongs to this network"):
        trainer(heads=1).resume(tmp_path / "checkpoint.pt")


def test_half_precision_is_asked_for_where_the_device_has_it(phantom_views, monkeypatch):
    """The convolutions in bfloat16 where the device says so, loss and weights in float32."""
    kinds = []

    def spy(logits, truth, weight):
        kinds.append(logits.dtype)
        return cross_entropy_and_tversky(logits, truth, weight)

    monkeypatch.setattr(loop, "loss_of", lambda recipe: spy)
    for precision in ("bfloat16", "float32"):
        torch.manual_seed(0)
        device = choose_device("cpu").__class__("cpu", "CPU", precision, 2)
        one = Trainer(OnePixel(), RECIPES["ours"], 1, 0, device)
        inside = []
        one.network.conv.register_forward_hook(lambda *seen, kept=inside: kept.append(seen[2]))
        one.run(phantom_views)
        assert inside[0].dtype is getattr(torch, precision)
        assert kinds.pop() is torch.float32
        assert one.network.conv.weight.dtype is torch.float32


def test_the_schedule_warms_up_and_ends_at_zero():
    one = trainer(100)
    factors = []
    for one.step in range(100):
        factors.append(one._schedule())
    assert factors[0] == pytest.approx(0.2, rel=0.01)
    assert max(factors) == pytest.approx(1, abs=0.01)
    assert factors[-1] == pytest.approx(0, abs=1e-9)
    assert math.isclose(trainer(100, "paper")._schedule(), 1.0)


def test_at_least_one_step():
    with pytest.raises(TrainingRefused, match="at least one step"):
        trainer(steps=0)


def test_benign_uptake_costs_more_where_it_is_known():
    scan = scan_of(body_pair())
    truth = {view.name: (view.counts > 60).astype(np.int32) for view in scan}
    # Where this untrained network calls lesion, so that a wrong call is there to weigh.
    benign = {view.name: view.counts < 2 for view in scan}
    losses = {}
    for known in ({}, benign):
        views = PreparedViews([Case(scan, truth, known)], Normalisation())
        for recipe in ("ours", "ours-benign"):
            seen = []
            trainer(1, recipe).run(views, progress=lambda now, kept=seen: kept.append(now.loss))
            losses[recipe, bool(known)] = seen[0]
    assert losses["ours", True] == losses["ours", False] == losses["ours-benign", False]
    assert losses["ours-benign", True] > losses["ours", True]

"""The loop: it learns, it resumes to the same place, it refuses strangers."""

import numpy as np
import pytest
import torch

from BMLesionSegLib.errors import TrainingRefused
from BMLesionSegLib.inference.devices import choose_device
from BMLesionSegLib.learning.cases import Case
from BMLesionSegLib.learning.recipe import RECIPES, recipe_named
from BMLesionSegLib.learning.tiles import TilePool
from BMLesionSegLib.learning.training import Trainer
from BMLesionSegLib.preparation import Normalisation
from Testing.library.scans import body_pair, scan_of


class OnePixel(torch.nn.Module):
    """The smallest network with a norm: logit from brightness."""

    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(1, 1, 1)
        self.norm = torch.nn.BatchNorm2d(1)

    def forward(self, x):
        return self.conv(self.norm(x)) * 10


@pytest.fixture(scope="module")
def pool():
    scan = scan_of(body_pair())
    case = Case(scan, {view.name: (view.counts > 60).astype(np.int32) for view in scan})
    return TilePool([case], Normalisation())


def trainer(steps=6, recipe="ours", seed=3):
    torch.manual_seed(seed)
    return Trainer(OnePixel(), RECIPES[recipe], steps, seed, choose_device("cpu"))


def test_the_loss_falls(pool):
    losses = []
    trainer(40).run(pool, 3.0, progress=lambda progress: losses.append(progress.loss))
    assert len(losses) == 40
    assert np.mean(losses[-5:]) < np.mean(losses[:5])


@pytest.mark.parametrize("recipe", ["ours", "paper"])
def test_stopped_and_resumed_equals_run_through(pool, tmp_path, recipe):
    through = trainer(recipe=recipe)
    through.run(pool, 3.0)

    class Stop(Exception):
        pass

    def stop_after_three(progress):
        if progress.step == 3:
            raise Stop

    stopped = trainer(recipe=recipe)
    with pytest.raises(Stop):
        stopped.run(pool, 3.0, progress=stop_after_three)
    stopped.save(tmp_path / "checkpoint.pt")
    resumed = trainer(recipe=recipe)
    resumed.resume(tmp_path / "checkpoint.pt")
    assert resumed.step == 3
    resumed.run(pool, 3.0)
    for name, value in through.weights().items():
        torch.testing.assert_close(resumed.weights()[name], value, rtol=0, atol=0)


def test_minutes_stop_it_and_leave_a_checkpoint(pool, tmp_path):
    stopped = trainer()
    stopped.run(pool, 3.0, minutes=0.0, checkpoint=tmp_path / "checkpoint.pt")
    assert stopped.step == 0
    assert (tmp_path / "checkpoint.pt").exists()


def test_a_checkpoint_of_another_training_is_refused(tmp_path):
    trainer().save(tmp_path / "checkpoint.pt")
    for other in (trainer(steps=7), trainer(seed=4), trainer(recipe="paper")):
        with pytest.raises(TrainingRefused, match="belongs to this training"):
            other.resume(tmp_path / "checkpoint.pt")


@pytest.mark.parametrize("length", [0, 10, 500])
def test_a_checkpoint_cut_short_is_refused(tmp_path, length):
    path = tmp_path / "checkpoint.pt"
    trainer().save(path)
    path.write_bytes(path.read_bytes()[:length])
    with pytest.raises(TrainingRefused, match="cannot be read"):
        trainer().resume(path)


def test_refusals():
    with pytest.raises(TrainingRefused, match="at least one step"):
        trainer(steps=0)
    with pytest.raises(TrainingRefused, match="ours"):
        recipe_named("grandmother's")

"""A training that ``test_kill`` starts and kills: checkpoint after every step, course on stdout."""

import sys
from pathlib import Path

import numpy as np
import torch

from BMLesionSegLib.inference.devices import choose_device
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.training import trainer as loop
from BMLesionSegLib.learning.training.recipe import RECIPES
from BMLesionSegLib.learning.training.tiles import PreparedViews
from BMLesionSegLib.preparation import Normalisation
from Testing.library.learning_networks import OnePixel
from Testing.library.scans import body_pair, scan_of

STEPS = 12


def train(checkpoint: Path) -> loop.Trainer:
    torch.set_num_threads(1)
    scan = scan_of(body_pair())
    case = Case(scan, {view.name: (view.counts > 60).astype(np.int32) for view in scan})
    torch.manual_seed(0)
    trainer = loop.Trainer(OnePixel(), RECIPES["ours"], STEPS, 0, choose_device("cpu"))
    if checkpoint.exists():
        trainer.resume(checkpoint)
    tell(trainer.step)
    views = PreparedViews([case], Normalisation())
    trainer.run(views, checkpoint=checkpoint, progress=lambda now: tell(now.step))
    return trainer


def tell(step: int) -> None:
    """One line, at once."""
    sys.stdout.write(f"{step}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    loop.CHECKPOINT_SECONDS = -1.0
    train(Path(sys.argv[1]))

"""What the trainer makes of a folder of cases."""

from pathlib import Path

import torch

from BMLesionSegLib.inference.devices import choose_device
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.data.labelled import labelled_cases
from BMLesionSegLib.learning.training.recipe import RECIPES
from BMLesionSegLib.learning.training.tiles import PreparedViews
from BMLesionSegLib.learning.training.trainer import Trainer
from BMLesionSegLib.networks import build_network
from BMLesionSegLib.preparation import Normalisation
from Testing.library.tiny_model import TINY


def cases_of(folder: Path) -> list[Case]:
    """The cases as training and evaluation read them."""
    return list(labelled_cases(folder))


def training_changes_the_weights(folder: Path, checkpoint: Path) -> bool:
    """Train the smallest network for two steps; the rate of the last one is zero."""
    torch.manual_seed(5)
    network = build_network("multi_attention", TINY)
    before = [weight.detach().clone() for weight in network.parameters()]
    trainer = Trainer(network, RECIPES["ours"], 2, 5, choose_device("cpu"))
    trainer.run(PreparedViews(cases_of(folder), Normalisation()), checkpoint=checkpoint)
    return any(
        not torch.equal(old, new) for old, new in zip(before, network.parameters(), strict=True)
    )

"""One training from plan to bundle, resumable at any moment."""

from collections.abc import Callable
from pathlib import Path

import torch

from BMLesionSegLib.bundles import Bundle
from BMLesionSegLib.errors import OutputRefused
from BMLesionSegLib.inference.devices import choose_device
from BMLesionSegLib.learning.plan import Plan
from BMLesionSegLib.learning.recipe import recipe_named
from BMLesionSegLib.learning.shipping import ARCHITECTURE, ship
from BMLesionSegLib.learning.tiles import TilePool
from BMLesionSegLib.learning.training import Progress, Trainer
from BMLesionSegLib.networks import build_network, preset_arguments
from BMLesionSegLib.preparation import Normalisation

CHECKPOINT = "checkpoint.pt"


def train(
    folder: Path,
    plan: Plan,
    device: str = "auto",
    progress: Callable[[Progress], None] | None = None,
) -> Bundle:
    """Train, or go on where the checkpoint in the folder stands, then write the bundle.

    The bundle is written when the steps are done or the minutes are used up; it says how many steps
    it had.

    Args:
        folder: gets ``checkpoint.pt`` and, at the end, the bundle.
        plan: what to train.
        device: "auto", "cpu", "cuda" or "mps".
        progress: told after every step.

    Raises:
        TrainingRefused: nothing to learn from, or a checkpoint of another training.
        OutputRefused: the folder holds a bundle of that name already, or cannot be written.
    """
    bundle = folder / plan.preset
    if bundle.exists():
        expected = "the output folder holds no finished model"
        raise OutputRefused(expected, f"{bundle.name} is there", "Choose another folder.")
    recipe, chosen, rule = recipe_named(plan.recipe), choose_device(device), Normalisation()
    torch.manual_seed(plan.seed)
    network = build_network(ARCHITECTURE, preset_arguments(ARCHITECTURE, plan.preset))
    trainer = Trainer(network, recipe, plan.steps, plan.seed, chosen)
    checkpoint = folder / CHECKPOINT
    if checkpoint.exists():
        trainer.resume(checkpoint)
    if trainer.step < plan.steps and plan.minutes > 0:
        pool = TilePool(plan.training_cases(), rule)
        trainer.run(pool, rule.cap, plan.minutes, checkpoint, progress)
    return ship(bundle, trainer.weights(), plan, trainer.step, device)

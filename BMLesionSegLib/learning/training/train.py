"""One training from plan to bundle, resumable at any moment."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import torch

from BMLesionSegLib.bundles import Bundle, load_bundle
from BMLesionSegLib.errors import OutputRefused, TrainingRefused
from BMLesionSegLib.exporting.atomic import atomic_folder
from BMLesionSegLib.exporting.one_writer import only_writer
from BMLesionSegLib.inference.devices import training_device
from BMLesionSegLib.learning.metrics.evaluation import Evaluation
from BMLesionSegLib.learning.pictures.training_curve import write_curve
from BMLesionSegLib.learning.training.plan import Plan
from BMLesionSegLib.learning.training.processes import joined_team
from BMLesionSegLib.learning.training.shipping import ship
from BMLesionSegLib.learning.training.trainer import Progress, Trainer
from BMLesionSegLib.learning.training.training_data import TrainingData
from BMLesionSegLib.packages import need_packages

CHECKPOINT = "checkpoint.pt"


@dataclass(frozen=True, eq=False)
class Trained:
    """What came of a training.

    Attributes:
        bundle: the model.
        evaluation: on the plan's test cases, at the model's threshold.
        trainer: with the curve.
    """

    bundle: Bundle
    evaluation: Evaluation
    trainer: Trainer


def train(
    folder: Path,
    plan: Plan,
    device: str = "auto",
    progress: Callable[[Progress], None] | None = None,
    data: TrainingData | None = None,
    only_whole: bool = False,
) -> Trained | None:
    """Train, or go on where the checkpoint in the folder stands, then write the bundle.

    The bundle is written when the steps are done or the minutes are used up; it says how many steps
    it had. One whose minutes were used up is replaced when the training went on.

    Args:
        folder: gets ``checkpoint.pt``, ``curve.csv``, ``curve.png`` and, at the end, the bundle.
        plan: what to train.
        device: "auto", "cpu", "cuda" or "mps".
        progress: told after every step.
        data: the plan's, where it is in memory already.
        only_whole: write no bundle when the minutes end before the steps, and write anew one that
            is there.

    Returns:
        None where no bundle was written: on all processes of ``torchrun`` but the first, or when
        the minutes ended first and only a whole training was wanted.

    Raises:
        TrainingRefused: nothing to learn from, no time for a single step, a checkpoint of another
            training, or a start of another network.
        PackagesMissing: the extra ``train`` is not installed.
        FolderBusy: another process trains in the folder.
        OutputRefused: it holds a finished bundle of that name already, or cannot be written.
    """
    need_packages("train")
    if plan.cases is None and plan.seed == plan.test_seed:
        expected = "patients to train on and to test on are of two seeds"
        raise TrainingRefused(expected, f"both are {plan.seed}", "Choose another seed.")
    bundle, checkpoint = folder / plan.network.name, folder / CHECKPOINT
    if bundle.exists() and not only_whole:
        refuse_finished(bundle, checkpoint)
    data = data or TrainingData(plan)
    chosen = training_device(device)
    # Whatever is to be refused of the cases is refused before anything is written.
    identity = plan.identity()
    # The first process holds the folder until the bundle is written.
    with ExitStack() as held:
        with joined_team(chosen.kind) as team:
            if team.leads:
                held.enter_context(only_writer(folder))
            torch.manual_seed(plan.seed)
            trainer = Trainer(
                plan.first_network(),
                plan.settings(),
                plan.steps,
                plan.seed,
                chosen,
                identity,
                team,
            )
            if checkpoint.exists():
                trainer.resume(checkpoint)
            if trainer.step < plan.steps and plan.minutes > 0:
                trainer.run(data.views, data.watch, plan.minutes, checkpoint, progress)
        if not team.leads or (only_whole and trainer.step < plan.steps):
            return None
        if trainer.step == 0:
            expected = "a model has learnt for at least one step"
            raise TrainingRefused(expected, "there was no time for one", "Give more minutes.")
        write_curve(folder, trainer.curve)
        with atomic_folder(bundle) as new:
            _, evaluation = ship(new, trainer.weights(), plan, data, trainer.step, device)
    return Trained(load_bundle(bundle), evaluation, trainer)


def refuse_finished(bundle: Path, checkpoint: Path) -> None:
    """Refuse a folder whose model had all its steps, or without what its training goes on from.

    Raises:
        OutputRefused: it did.
        BundleRefused: the model there is not whole.
    """
    said = load_bundle(bundle).manifest.training
    stopped = said.get("steps") != said.get("steps_planned")
    if not (stopped and checkpoint.exists()):
        expected = "the output folder holds no finished model"
        remedy = "Choose another folder, or move the model away to train anew."
        raise OutputRefused(expected, f"{bundle.name} is there", remedy)

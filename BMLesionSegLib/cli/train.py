"""``bmlesionseg train``: a model from simulated or labelled cases."""

import argparse
import math
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from BMLesionSegLib.cli.arguments import add_held_out, positive
from BMLesionSegLib.cli.cases import add_cases

if TYPE_CHECKING:
    from BMLesionSegLib.learning.training.trainer import Progress


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``train``."""
    parser = commands.add_parser("train", help="train a model; goes on where it was stopped")
    parser.add_argument(
        "--output", type=Path, required=True, metavar="DIR", help="checkpoint, curve and model"
    )
    parser.add_argument(
        "--network",
        default="small",
        metavar="NAME",
        help="small, small-view, small-pair, base32, base32-view or base64 of the paper's network,"
        " or one of"
        " `bmlesionseg networks`, if need be as NAME/PRESET (small)",
    )
    parser.add_argument(
        "--set",
        nargs="+",
        default=[],
        metavar="NAME=VALUE",
        help="arguments of the network that differ from the preset's, e.g. vit_fusion=tokens",
    )
    parser.add_argument(
        "--start",
        nargs="+",
        default=[],
        metavar="MODEL",
        help="train the weights of a model further, or the mean of several: of that network, or"
        " small for small-view, small-view for small-pair",
    )
    parser.add_argument(
        "--recipe",
        default="ours",
        metavar="NAME",
        help="paper, ours, views (for networks of whole views), or an idea of docs/ideas.md (ours)",
    )
    parser.add_argument(
        "--learning-rate", type=float, metavar="R", help="instead of the recipe's own"
    )
    length = parser.add_mutually_exclusive_group()
    length.add_argument(
        "--steps", type=positive, default=4000, metavar="N", help="of one batch each (4000)"
    )
    length.add_argument(
        "--epochs",
        type=positive,
        metavar="N",
        help="instead, of the recipes paper and paper-negatives: each tile so many times",
    )
    parser.add_argument(
        "--minutes",
        type=float,
        default=math.inf,
        metavar="M",
        help="stop training after so many (the patients' simulation not counted) and write the"
        " model; the same command goes on",
    )
    add_cases(parser, patients=400)
    add_held_out(parser, validation=60, test=60)
    parser.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train and write the bundle."""
    from BMLesionSegLib.bundles import find_bundle, load_bundle
    from BMLesionSegLib.learning.data.labelled import LabelledFolder
    from BMLesionSegLib.learning.training.network_choice import named_network
    from BMLesionSegLib.learning.training.plan import Plan
    from BMLesionSegLib.learning.training.train import train
    from BMLesionSegLib.learning.training.training_data import TrainingData
    from BMLesionSegLib.packages import need_packages

    need_packages("train")
    plan = Plan(
        network=named_network(arguments.network, tuple(arguments.set)),
        recipe=arguments.recipe,
        steps=arguments.steps,
        seed=arguments.seed,
        cohort=arguments.cohort,
        patients=arguments.patients,
        cases=LabelledFolder(arguments.cases) if arguments.cases else None,
        starts=tuple(load_bundle(find_bundle(one)) for one in arguments.start),
        learning_rate=arguments.learning_rate,
        workers=arguments.workers,
        minutes=arguments.minutes,
        validation_patients=arguments.validation_patients,
        test_patients=arguments.test_patients,
    )
    data = TrainingData(plan)
    if arguments.epochs:
        plan = replace(plan, steps=data.steps(arguments.epochs, plan.settings()))
    with tqdm(total=plan.steps, unit="step", disable=quiet()) as bar:

        def show(progress: "Progress") -> None:
            bar.n = progress.step
            bar.set_postfix(loss=f"{progress.loss:.3f}")

        trained = train(arguments.output, plan, arguments.device, show, data)
    if trained is not None:
        print(f"Model written to {trained.bundle.folder}")
        print(trained.bundle.card())
    return 0


def quiet() -> bool:
    """True where no terminal shows a progress bar, or another process of torchrun shows it."""
    return not sys.stderr.isatty() or os.environ.get("RANK", "0") != "0"

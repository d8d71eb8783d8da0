"""``bmlesionseg train``: a model from simulated or labelled cases."""

import argparse
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from BMLesionSegLib.cli.arguments import add_cohort, positive

if TYPE_CHECKING:
    from BMLesionSegLib.learning.training import Progress


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``train``."""
    parser = commands.add_parser("train", help="train a model; goes on where it was stopped")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR")
    parser.add_argument("--network", choices=("small", "base32", "base64"), default="small")
    parser.add_argument("--recipe", choices=("ours", "paper"), default="ours")
    parser.add_argument(
        "--steps", type=positive, default=4000, metavar="N", help="of 8 tiles (4000)"
    )
    parser.add_argument(
        "--minutes", type=float, default=math.inf, help="write the model after so many"
    )
    parser.add_argument(
        "--cases", type=Path, metavar="FOLDER", help="labelled cases instead of simulated ones"
    )
    add_cohort(parser, patients=400)
    parser.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"))
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train and write the bundle."""
    from BMLesionSegLib.learning.plan import Plan
    from BMLesionSegLib.learning.train import train

    plan = Plan(
        preset=arguments.network,
        recipe=arguments.recipe,
        steps=arguments.steps,
        seed=arguments.seed,
        cohort=arguments.cohort,
        patients=arguments.patients,
        cases=arguments.cases,
        workers=arguments.workers,
        minutes=arguments.minutes,
    )
    with tqdm(total=plan.steps, unit="step", disable=not sys.stderr.isatty()) as bar:

        def show(progress: "Progress") -> None:
            bar.n = progress.step
            bar.set_postfix(loss=f"{progress.loss:.3f}")

        bundle = train(arguments.output, plan, arguments.device, show)
    print(f"Model written to {bundle.folder}")
    print(bundle.card())
    return 0

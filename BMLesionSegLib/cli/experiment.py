"""What ``compare`` and ``ablate`` have in common: their arguments, their run, their report."""

import argparse
import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from BMLesionSegLib.cli.arguments import add_held_out, natural, positive

if TYPE_CHECKING:
    from BMLesionSegLib.learning.experiments.experiment import Experiment
    from BMLesionSegLib.learning.experiments.planned import PlannedRow, Setting
    from BMLesionSegLib.learning.training.trainer import Progress


def add_experiment(parser: argparse.ArgumentParser) -> None:
    """Everything but which table."""
    parser.add_argument(
        "--output", type=Path, required=True, metavar="DIR", help="rows, models and tables"
    )
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="TEXT", help="only lines whose label contains it"
    )
    parser.add_argument(
        "--steps", type=positive, default=7400, metavar="N", help="of a training (7400)"
    )
    parser.add_argument(
        "--seeds", nargs="+", type=natural, default=[1, 2], metavar="S", help="of each line (1 2)"
    )
    parser.add_argument(
        "--learning-rates",
        nargs="+",
        type=float,
        default=[],
        metavar="R",
        help="each line at the best of them, found with the first seed (the recipe's own)",
    )
    parser.add_argument(
        "--narrow",
        type=positive,
        default=1,
        metavar="N",
        help="divide widths, for a machine without a graphics card, down to what the blocks take"
        " (1)",
    )
    parser.add_argument(
        "--minutes",
        type=float,
        default=math.inf,
        metavar="M",
        help="stop training after so many (a row's test comes on top); a later call goes on",
    )
    parser.add_argument(
        "--cases", type=Path, metavar="FOLDER", help="labelled cases instead of simulated ones"
    )
    parser.add_argument(
        "--cohort", choices=("clinic", "paper"), default="clinic", help="simulated (clinic)"
    )
    parser.add_argument(
        "--patients",
        type=positive,
        default=400,
        metavar="N",
        help="simulated to train on, of each seed (400)",
    )
    add_held_out(parser, validation=20, test=100)
    parser.add_argument(
        "--workers", type=positive, default=1, metavar="W", help="processes that simulate (1)"
    )
    parser.add_argument("--device", default="auto", choices=("auto", "cpu", "cuda", "mps"))


def run_tables(arguments: argparse.Namespace, experiments: "list[Experiment]") -> int:
    """Train, test and report; the tables are written anew after every row."""
    from BMLesionSegLib.learning.experiments.planned import finished_rows
    from BMLesionSegLib.learning.experiments.report import write_report
    from BMLesionSegLib.learning.experiments.run import run_experiment
    from BMLesionSegLib.learning.training.training_data import SharedData
    from BMLesionSegLib.packages import need_packages

    need_packages("train")
    setting, shared = setting_of(arguments), SharedData()
    # All before the first training: a wrong --only ends nothing half-way.
    chosen = [narrowed_to(experiment, arguments.only) for experiment in experiments]
    for experiment, lines in zip(experiments, chosen, strict=True):
        rows = finished_rows(arguments.output, experiment, setting)
        with tqdm(unit="step", disable=not sys.stderr.isatty()) as bar:

            def show(row: "PlannedRow", progress: "Progress", bar: "tqdm[None]" = bar) -> None:
                bar.set_description(row.name)
                bar.total, bar.n = progress.steps, progress.step
                bar.set_postfix(loss=f"{progress.loss:.3f}")

            for row in run_experiment(arguments.output, lines, setting, show, shared):
                if row not in rows:
                    rows = finished_rows(arguments.output, experiment, setting)
                    write_report(arguments.output, experiment, setting, rows)
        rows = finished_rows(arguments.output, experiment, setting)
        if rows:
            print(write_report(arguments.output, experiment, setting, rows))
        else:
            print(f"{experiment.title}: no row is finished yet; call again to go on.")
    return 0


def setting_of(arguments: argparse.Namespace) -> "Setting":
    """The arguments as the library takes them."""
    from BMLesionSegLib.learning.data.labelled import LabelledFolder
    from BMLesionSegLib.learning.experiments.planned import Setting
    from BMLesionSegLib.learning.training.network_choice import named_network
    from BMLesionSegLib.learning.training.plan import Plan
    from BMLesionSegLib.simulation.frozen import TEST_SEED

    plan = Plan(
        network=named_network("base32"),
        recipe="paper",
        steps=arguments.steps,
        seed=0,
        cohort=arguments.cohort,
        patients=arguments.patients,
        cases=LabelledFolder(arguments.cases) if arguments.cases else None,
        workers=arguments.workers,
        minutes=arguments.minutes,
        validation_patients=arguments.validation_patients,
        test_patients=arguments.test_patients,
        test_seed=TEST_SEED,
    )
    return Setting(
        plan,
        tuple(arguments.seeds),
        tuple(arguments.learning_rates),
        arguments.narrow,
        arguments.device,
    )


def narrowed_to(experiment: "Experiment", texts: list[str]) -> "Experiment":
    """The lines whose label, or model's name, contains one of the texts; all without texts.

    Raises:
        TrainingRefused: none does.
    """
    from dataclasses import replace

    from BMLesionSegLib.errors import TrainingRefused

    if not texts:
        return experiment
    kept = tuple(one for one in experiment.contestants if any(text in one.label for text in texts))
    models = tuple(name for name in experiment.models if any(text in name for text in texts))
    if not kept and not models:
        labels = ", ".join([*(one.label for one in experiment.contestants), *experiment.models])
        expected = f"--only names a part of {labels}"
        raise TrainingRefused(expected, "nothing has it", "Correct it.")
    return replace(experiment, contestants=kept, models=models)

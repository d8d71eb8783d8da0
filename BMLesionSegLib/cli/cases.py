"""Which cases a command works on: a folder's, or patients simulated in memory."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from BMLesionSegLib.cli.arguments import add_cohort

if TYPE_CHECKING:
    from BMLesionSegLib.bundles import Manifest
    from BMLesionSegLib.learning.data.case import Case


def add_cases(parser: argparse.ArgumentParser, patients: int, seed: int = 1) -> None:
    """``--cases``, or ``--patients``, ``--seed``, ``--cohort`` and ``--workers``."""
    parser.add_argument(
        "--cases",
        type=Path,
        metavar="FOLDER",
        help="labelled cases (see docs/method.md); without it, patients are simulated in memory",
    )
    add_cohort(parser, patients, seed)


def add_test_cases(parser: argparse.ArgumentParser, patients: int) -> None:
    """The same for a command that tests a model: other patients than ``train`` learns from."""
    from BMLesionSegLib.simulation.frozen import CARD_SEED

    add_cases(parser, patients, CARD_SEED)
    parser.add_argument(
        "--part",
        choices=("all", "test"),
        default="all",
        help="of labelled cases: all, or those that `train` leaves for the test (all)",
    )


def chosen_cases(arguments: argparse.Namespace) -> "Iterator[Case]":
    """The cases that the arguments name, one at a time."""
    from BMLesionSegLib.learning.data.labelled import labelled_cases
    from BMLesionSegLib.learning.data.simulated import simulated_cases

    if arguments.cases:
        return labelled_cases(arguments.cases)
    patients = range(1, arguments.patients + 1)
    return simulated_cases(arguments.seed, patients, arguments.cohort, arguments.workers)


def cases_to_test(arguments: argparse.Namespace, models: "Sequence[Manifest]") -> "Iterator[Case]":
    """The same, or the test part of labelled cases.

    Says on stderr which of the models learnt from some of these patients, as far as their manifests
    tell: the same seed and cohort, or just these files.

    Raises:
        TrainingRefused: a part of simulated patients is asked for.
    """
    from BMLesionSegLib.errors import TrainingRefused
    from BMLesionSegLib.learning.data.labelled import LabelledFolder

    if not arguments.cases:
        if arguments.part == "test":
            expected = "--part test goes with --cases"
            raise TrainingRefused(expected, "simulated patients have no parts", "Leave it out.")
        drawn = {"data": "simulated", "seed": arguments.seed, "cohort": arguments.cohort}
        tell_learnt(models, drawn, "choose another --seed")
        return chosen_cases(arguments)
    folder = LabelledFolder(arguments.cases)
    if arguments.part == "test":
        return folder.cases(folder.split.test)
    if any(model.training.get("labelled_cases", "-") != "-" for model in models):
        files = {"labelled_cases": folder.fingerprint}
        tell_learnt(models, files, "--part test leaves them out")
    return folder.cases()


def tell_learnt(models: "Sequence[Manifest]", shown: Mapping[str, object], remedy: str) -> None:
    """Name the models whose manifest says of their training what is said of the patients."""
    for model in models:
        if all(model.training.get(key) == value for key, value in shown.items()):
            told = f"note: {model.name} learnt from some of these patients; {remedy}"
            print(told, file=sys.stderr)

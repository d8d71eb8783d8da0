"""Which cases a command works on: a folder's, or patients simulated in memory."""

import argparse
import sys
from collections.abc import Iterator
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


def cases_to_test(arguments: argparse.Namespace) -> "Iterator[Case]":
    """The same, or the test part of labelled cases."""
    from BMLesionSegLib.learning.data.labelled import LabelledFolder, labelled_cases

    if arguments.cases and arguments.part == "test":
        return labelled_cases(arguments.cases, LabelledFolder(arguments.cases).split.test)
    return chosen_cases(arguments)


def tell_if_learnt(manifest: "Manifest", arguments: argparse.Namespace) -> None:
    """Say on stderr that a model learnt from some of the patients that it is about to be shown."""
    from BMLesionSegLib.learning.data.labelled import LabelledFolder

    said = manifest.training
    if not arguments.cases:
        remedy = "choose another --seed"
        learnt = (said.get("data"), said.get("seed"), said.get("cohort")) == (
            "simulated",
            arguments.seed,
            arguments.cohort,
        )
    else:
        remedy = "--part test leaves them out"
        known = LabelledFolder(arguments.cases).fingerprint
        learnt = arguments.part == "all" and said.get("labelled_cases") == known
    if learnt:
        told = f"note: {manifest.name} learnt from some of these patients; {remedy}"
        print(told, file=sys.stderr)

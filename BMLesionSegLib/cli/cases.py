"""Which cases a command works on: a folder's, or patients simulated in memory."""

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from BMLesionSegLib.cli.arguments import add_cohort

if TYPE_CHECKING:
    from BMLesionSegLib.learning.data.case import Case


def add_cases(parser: argparse.ArgumentParser, patients: int) -> None:
    """``--cases``, or ``--patients``, ``--seed``, ``--cohort`` and ``--workers``."""
    parser.add_argument(
        "--cases",
        type=Path,
        metavar="FOLDER",
        help="labelled cases (see docs/method.md); without it, patients are simulated in memory",
    )
    add_cohort(parser, patients)


def chosen_cases(arguments: argparse.Namespace) -> "Iterator[Case]":
    """The cases that the arguments name, one at a time."""
    from BMLesionSegLib.learning.data.labelled import labelled_cases
    from BMLesionSegLib.learning.data.simulated import simulated_cases

    if arguments.cases:
        return labelled_cases(arguments.cases)
    patients = range(1, arguments.patients + 1)
    return simulated_cases(arguments.seed, patients, arguments.cohort, arguments.workers)

"""Arguments that several commands share."""

import argparse

from BMLesionSegLib.inference.engines import ENGINES
from BMLesionSegLib.scan import ViewName


def add_model(parser: argparse.ArgumentParser) -> None:
    """``--model``, ``--device`` and ``--engine``."""
    parser.add_argument("--model", metavar="M", help="a model's name or folder (the shipped one)")
    parser.add_argument(
        "--device",
        default="auto",
        choices=("auto", "cpu", "cuda", "mps"),
        help="where to compute (auto)",
    )
    parser.add_argument(
        "--engine",
        default="torch",
        choices=ENGINES,
        help="what computes: torch, openvino (CPU, to be installed), or the reference (torch)",
    )


def add_cohort(parser: argparse.ArgumentParser, patients: int, seed: int = 1) -> None:
    """``--patients``, ``--seed``, ``--cohort`` and ``--workers``."""
    parser.add_argument(
        "--patients", type=positive, default=patients, metavar="N", help=f"how many ({patients})"
    )
    parser.add_argument(
        "--seed",
        type=natural,
        default=seed,
        metavar="S",
        help=f"of patients and training ({seed})",
    )
    parser.add_argument("--cohort", choices=("clinic", "paper"), default="clinic")
    parser.add_argument(
        "--workers", type=positive, default=1, metavar="W", help="processes that simulate (1)"
    )


def add_held_out(parser: argparse.ArgumentParser, validation: int, test: int) -> None:
    """``--validation-patients`` and ``--test-patients``."""
    parser.add_argument(
        "--validation-patients",
        type=positive,
        default=validation,
        metavar="N",
        help=f"simulated to choose the threshold on ({validation})",
    )
    parser.add_argument(
        "--test-patients",
        type=positive,
        default=test,
        metavar="N",
        help=f"simulated to measure on ({test})",
    )


def view_name(text: str) -> ViewName:
    """A view by its name, for argparse."""
    return ViewName(text.lower())


def positive(text: str) -> int:
    """A whole number from 1, for argparse."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"a whole number from 1 on is wanted, not {text}")
    return number


def natural(text: str) -> int:
    """A whole number from 0, for argparse."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"a whole number from 0 on is wanted, not {text}")
    return number

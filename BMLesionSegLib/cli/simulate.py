"""``bmlesionseg simulate``: bone scans of patients who do not exist, with exact truth."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from BMLesionSegLib.cli.arguments import add_cohort

POPULATIONS = 3


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``simulate``."""
    parser = commands.add_parser("simulate", help="simulate bone scans with exact truth")
    made = parser.add_mutually_exclusive_group(required=True)
    made.add_argument("--output", type=Path, metavar="DIR", help="write the patients there")
    made.add_argument(
        "--report",
        type=Path,
        metavar="DIR",
        help="instead measure so many patients against published statistics",
    )
    parser.add_argument(
        "--files",
        default="two-frames",
        choices=("two-frames", "one-a-view", "siemens", "wide"),
        help="two views in one file, one file a view, 2.40 mm pixels, or a 1024 x 512 matrix",
    )
    add_cohort(parser, patients=10)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the cohort, or its report."""
    return report(arguments) if arguments.report else write(arguments)


def write(arguments: argparse.Namespace) -> int:
    """Write the cohort."""
    from BMLesionSegLib.simulation.writing import FileKind, write_cohort

    written = write_cohort(
        arguments.output,
        arguments.cohort,
        arguments.seed,
        arguments.patients,
        arguments.workers,
        FileKind(arguments.files),
    )
    for _ in tqdm(written, total=arguments.patients, unit="patient", disable=quiet()):
        pass
    print(f"{arguments.patients} simulated patients in {arguments.output}")
    return 0


def report(arguments: argparse.Namespace) -> int:
    """Print each statistic beside its range."""
    from BMLesionSegLib.packages import need_packages
    from BMLesionSegLib.simulation.acceptance.report import write_report

    need_packages("train")
    told = write_report(arguments.report, arguments.seed, arguments.patients, arguments.workers)
    total = POPULATIONS * arguments.patients
    for line in tqdm(told, total=total, unit="patient", disable=quiet()):
        if line != "patient":
            print(line)
    return 0


def quiet() -> bool:
    """True where no terminal shows a progress bar."""
    return not sys.stderr.isatty()

"""``bmlesionseg simulate``: bone scans of patients who do not exist, with exact truth."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from BMLesionSegLib.cli.arguments import add_cohort


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``simulate``."""
    parser = commands.add_parser("simulate", help="simulate bone scans with exact truth")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR")
    add_cohort(parser, patients=10)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the cohort."""
    from BMLesionSegLib.simulation.writing import write_cohort

    written = write_cohort(
        arguments.output, arguments.cohort, arguments.seed, arguments.patients, arguments.workers
    )
    quiet = not sys.stderr.isatty()
    for _ in tqdm(written, total=arguments.patients, unit="patient", disable=quiet):
        pass
    print(f"{arguments.patients} simulated patients in {arguments.output}")
    return 0

"""``bmlesionseg compare``: the paper's network and its eleven rivals (Table 6, Figure 7)."""

import argparse

from BMLesionSegLib.cli.experiment import add_experiment, run_tables


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``compare``."""
    parser = commands.add_parser("compare", help="train and test twelve networks; goes on")
    parser.add_argument(
        "--recipe", default="paper", metavar="NAME", help="one for all networks (paper)"
    )
    add_experiment(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train, test, write the table."""
    from BMLesionSegLib.learning.experiments.experiment import networks

    return run_tables(arguments, [networks(arguments.recipe)])

"""``bmlesionseg ablate``: parts of the network and the training, one changed at a time."""

import argparse

from BMLesionSegLib.cli.experiment import add_experiment, run_tables


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``ablate``."""
    parser = commands.add_parser(
        "ablate", help="the paper's Tables 7, 8, 10, Figure 14, and ideas of ours; goes on"
    )
    parser.add_argument(
        "--tables",
        nargs="+",
        default=["table-7", "table-8", "table-10", "figure-14"],
        metavar="NAME",
        help="of table-7, table-8, table-10, figure-14, ideas (the paper's four)",
    )
    add_experiment(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Train, test, write the tables."""
    from BMLesionSegLib.learning.experiments.experiment import ablation_named

    return run_tables(arguments, [ablation_named(name) for name in arguments.tables])

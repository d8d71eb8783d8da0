"""The command ``bmlesionseg``: finds the subcommand, turns refusals into one line each.

Exit 0 done; 1 something was refused; 2 wrong usage.
"""

import argparse
import os
import sys
from collections.abc import Sequence

from BMLesionSegLib import RESEARCH_USE, __version__
from BMLesionSegLib.cli import (
    ablate,
    benchmark,
    compare,
    demo,
    evaluate,
    export,
    import_dicom,
    networks,
    pacs,
    pictures,
    refusals,
    report,
    segment,
    simulate,
    statistics,
    train,
)
from BMLesionSegLib.errors import BMLesionSegError, Cancelled

COMMANDS = (
    segment,
    export,
    import_dicom,
    report,
    pacs,
    simulate,
    statistics,
    train,
    evaluate,
    compare,
    ablate,
    pictures,
    networks,
    benchmark,
    demo,
)


def build_parser() -> argparse.ArgumentParser:
    """The parser of all subcommands; each module adds its own."""
    parser = argparse.ArgumentParser(
        prog="bmlesionseg",
        description=f"Segments metastases in whole-body bone scans. {RESEARCH_USE}",
    )
    parser.add_argument("--version", action="version", version=f"bmlesionseg {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.add_parser(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        arguments: without the program's name; those of the process if None.

    Returns:
        The exit code.
    """
    parsed = build_parser().parse_args(arguments)
    try:
        code: int = parsed.run(parsed)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read the output, `head` say, has enough of it; nor is there a place to say so.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except BMLesionSegError as error:
        refusals.report(error)
        return 1
    except KeyboardInterrupt:
        refusals.report(Cancelled())
        return 1
    return code

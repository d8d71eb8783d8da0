"""``bmlesionseg evaluate``: a model's figures on cases with truth."""

import argparse
import json
import sys
from pathlib import Path

from tqdm import tqdm

from BMLesionSegLib.cli.arguments import add_cohort, add_model


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``evaluate``."""
    parser = commands.add_parser("evaluate", help="a model's figures on cases with truth")
    parser.add_argument(
        "--cases",
        type=Path,
        metavar="FOLDER",
        help="as `simulate` writes them; without it, patients are simulated in memory",
    )
    add_cohort(parser, patients=60)
    add_model(parser)
    parser.add_argument("--threshold", type=float, metavar="T")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Segment all cases and print the figures."""
    from BMLesionSegLib.inference import Segmenter
    from BMLesionSegLib.learning.cases import labelled_cases, simulated_cases
    from BMLesionSegLib.learning.evaluation import evaluate

    segmenter = Segmenter(arguments.model, arguments.device)
    if arguments.cases:
        cases = labelled_cases(arguments.cases)
    else:
        patients = range(1, arguments.patients + 1)
        cases = simulated_cases(arguments.seed, patients, arguments.cohort, arguments.workers)
    shown = tqdm(cases, desc="Evaluating", unit="scan", disable=not sys.stderr.isatty())
    figures = evaluate(segmenter, shown, arguments.threshold)
    print(json.dumps(figures) if arguments.json else as_lines(figures))
    return 0


def as_lines(figures: dict[str, object], indent: str = "") -> str:
    """The figures for a person, one a line."""
    lines = []
    for name, value in figures.items():
        if isinstance(value, dict):
            lines += [f"{indent}{name}:", as_lines(value, indent + "  ")]
        elif value is None:
            lines.append(f"{indent}{name:28s} -")
        else:
            lines.append(f"{indent}{name:28s} {value:.3f}".replace(".000", ""))
    return "\n".join(lines)

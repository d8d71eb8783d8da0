"""``bmlesionseg evaluate``: a model's figures on cases with truth."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from BMLesionSegLib.cli.arguments import add_model
from BMLesionSegLib.cli.cases import add_test_cases, cases_to_test

if TYPE_CHECKING:
    from BMLesionSegLib.learning.metrics.evaluation import Evaluation


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``evaluate``."""
    parser = commands.add_parser("evaluate", help="a model's figures on cases with truth")
    add_test_cases(parser, patients=60)
    add_model(parser)
    parser.add_argument(
        "--threshold", type=float, metavar="T", help="that a peak must reach (the model's own)"
    )
    parser.add_argument(
        "--output", type=Path, metavar="DIR", help="write figures, curves and pictures there"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Segment all cases and print the figures."""
    from BMLesionSegLib.bundles import find_bundle, load_bundle
    from BMLesionSegLib.inference import Segmenter
    from BMLesionSegLib.learning.metrics.evaluation import evaluate
    from BMLesionSegLib.packages import need_packages

    if arguments.output:
        need_packages("train")
    bundle = load_bundle(find_bundle(arguments.model))
    segmenter = Segmenter(bundle, arguments.device, arguments.engine)
    cases = cases_to_test(arguments, [bundle.manifest])
    shown = tqdm(cases, desc="Evaluating", unit="scan", disable=not sys.stderr.isatty())
    evaluation = evaluate(segmenter, shown, arguments.threshold)
    figures = evaluation.figures() | {"intervals_95_percent": evaluation.intervals()}
    if arguments.output:
        threshold = arguments.threshold or bundle.manifest.threshold
        write(arguments.output, evaluation, figures, threshold)
    print(json.dumps(figures) if arguments.json else as_lines(figures))
    return 0


def write(
    folder: Path, evaluation: "Evaluation", figures: dict[str, object], threshold: float
) -> None:
    """Figures, the free-response curve, the reliability diagram, and all spots one by one."""
    from BMLesionSegLib.exporting.atomic import atomic_path
    from BMLesionSegLib.learning.metrics.spot_list import by_level, by_uptake
    from BMLesionSegLib.learning.pictures.curves import draw_free_response, draw_reliability
    from BMLesionSegLib.learning.tables import shown, write_csv

    with atomic_path(folder / "figures.json") as temporary:
        temporary.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")
    points = [
        {
            "threshold": f"{point.threshold:g}",
            "pooled DSC": shown(point.pooled_dsc),
            "lesions found": shown(point.lesion_sensitivity),
            "false spots a view": shown(point.false_spots_per_view),
        }
        for point in evaluation.curve
    ]
    write_csv(folder / "free-response.csv", points)
    bins = [
        {"probability": shown(given), "share lesion": shown(true), "pixels": str(pixels)}
        for given, true, pixels in evaluation.reliability.rows()
    ]
    write_csv(folder / "reliability.csv", bins)
    write_csv(folder / "spots.csv", [spot.row() for spot in evaluation.spots])
    write_csv(folder / "found-by-uptake.csv", by_uptake(evaluation.spots))
    write_csv(folder / "found-by-level.csv", by_level(evaluation.spots))
    draw_free_response(folder / "free-response.png", evaluation.curve, threshold)
    draw_reliability(folder / "reliability.png", evaluation.reliability)


def as_lines(figures: dict[str, object], indent: str = "") -> str:
    """The figures for a person, one a line."""
    lines = []
    for name, value in figures.items():
        if isinstance(value, dict):
            lines += [f"{indent}{name}:", as_lines(value, indent + "  ")]
        elif isinstance(value, tuple):
            lines.append(f"{indent}{name:28s} {value[0]:.3f} to {value[1]:.3f}")
        elif value is None:
            lines.append(f"{indent}{name:28s} -")
        else:
            lines.append(f"{indent}{name:28s} {value:.3f}".replace(".000", ""))
    return "\n".join(lines)

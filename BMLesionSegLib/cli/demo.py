"""``bmlesionseg demo``: the shipped simulated scan, segmented before your eyes."""

import argparse
from pathlib import Path

from BMLesionSegLib.cli.arguments import add_model
from BMLesionSegLib.resources import resource


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``demo``."""
    parser = commands.add_parser("demo", help="segment the shipped simulated scan")
    parser.add_argument("--output", type=Path, default=Path("output") / "demo", metavar="DIR")
    add_model(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Segment, compare with the simulation's truth, say where to look."""
    from BMLesionSegLib import RESEARCH_USE
    from BMLesionSegLib.cli.segment import segment_files, write
    from BMLesionSegLib.inference import Segmenter
    from BMLesionSegLib.learning.data.label_map import read_truth
    from BMLesionSegLib.learning.metrics.view_score import score_view

    sample = resource("SampleData", "simulated-patient")
    segmenter = Segmenter(arguments.model, arguments.device, arguments.engine)
    print(f"Model {segmenter.bundle.manifest.name} on {segmenter.device}.")
    segmentation = segment_files((sample / "scan.dcm",), segmenter, None, None)
    folder = write(segmentation, arguments.output, segmentation.scan.name)
    print(segmentation.quality.headline(len(segmentation.findings)))
    for result in segmentation.views:
        truth, _ = read_truth(sample / f"{result.view.name}.seg.nrrd", result.view)
        score = score_view(truth, result.lesions.labels > 0)
        print(
            f"{result.view.name}: {score.hit} of {score.lesions} simulated lesions found,"
            f" {score.false_spots} false spots, DSC {score.dsc:.2f} (simulated scan)"
        )
    seconds = sum(segmentation.record.seconds.values())
    print(f"From file to lesions in {seconds:.1f} s.")
    print(f"Look at {(folder / 'overlay.png').resolve()}")
    print(RESEARCH_USE)
    return 0

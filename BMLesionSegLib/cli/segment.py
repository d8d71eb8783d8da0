"""``bmlesionseg segment``: scans in, lesions out."""

import argparse
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from BMLesionSegLib.cli.arguments import add_model, view_name
from BMLesionSegLib.cli.refusals import report
from BMLesionSegLib.errors import BMLesionSegError
from BMLesionSegLib.scan import BoneScan, ViewName

if TYPE_CHECKING:
    from BMLesionSegLib.inference import Segmentation, Segmenter, Step


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``segment``."""
    parser = commands.add_parser("segment", help="find lesions in bone scans")
    parser.add_argument("inputs", nargs="+", type=Path, metavar="INPUT", help="files or folders")
    parser.add_argument("--output", type=Path, required=True, metavar="DIR")
    add_model(parser)
    parser.add_argument(
        "--threshold",
        type=float,
        metavar="T",
        help="probability that the peak of a lesion has at least (the model's own)",
    )
    parser.add_argument(
        "--view",
        type=view_name,
        choices=tuple(ViewName),
        help="of inputs that cannot say it themselves",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Segment every input; a refused one does not stop the others."""
    from BMLesionSegLib.inference import Segmenter
    from BMLesionSegLib.inference.memory import give_back_memory
    from BMLesionSegLib.inference.segmenter import check_threshold

    if arguments.threshold is not None:
        check_threshold(arguments.threshold)
    segmenter = Segmenter(arguments.model, arguments.device, arguments.engine)
    names: set[str] = set()
    refused = 0
    for place, files in found_scans(arguments.inputs):
        try:
            if isinstance(files, BMLesionSegError):
                raise files
            segmentation = segment_files(files, segmenter, arguments.threshold, arguments.view)
            name = unused_name(segmentation.scan.name, names)
            folder = write(segmentation, arguments.output, name)
        except BMLesionSegError as error:
            report(error, place)
            refused += 1
            continue
        findings = len(segmentation.findings)
        print(f"{folder}: {segmentation.quality.headline(findings)}")
        del segmentation
        give_back_memory()
    return 1 if refused else 0


def found_scans(
    inputs: Sequence[Path],
) -> Iterator[tuple[str, tuple[Path, ...] | BMLesionSegError]]:
    """Every scan of the inputs as its files, or why an input holds none.

    Each with its place for messages: paths carry patients' names, so inputs are counted as they
    were typed, and the scans of a folder in the order of their names.
    """
    from BMLesionSegLib.reading import find_scans

    for number, path in enumerate(inputs, start=1):
        place = f"input {number}"
        try:
            scans = find_scans(path)
        except BMLesionSegError as error:
            yield place, error
            continue
        for index, files in enumerate(scans, start=1):
            yield f"{place}, scan {index} of {len(scans)}" if len(scans) > 1 else place, files


def segment_files(
    files: tuple[Path, ...],
    segmenter: "Segmenter",
    threshold: float | None,
    view: ViewName | None,
) -> "Segmentation":
    """Read and segment one scan, with a progress bar on a terminal."""
    from BMLesionSegLib.reading import load_files

    began = time.perf_counter()
    scan = load_files(files, view)
    reading = time.perf_counter() - began
    segmentation = with_progress_bar(scan, segmenter, threshold)
    seconds = {"read": reading, **segmentation.record.seconds}
    return replace(segmentation, record=replace(segmentation.record, seconds=seconds))


def with_progress_bar(
    scan: BoneScan, segmenter: "Segmenter", threshold: float | None
) -> "Segmentation":
    """Segment; the bar shows on a terminal only."""
    with tqdm(total=1, desc=scan.name, leave=False, disable=not sys.stderr.isatty()) as bar:

        def show(step: "Step") -> None:
            bar.total, bar.n = step.total, step.done
            bar.set_postfix_str(step.label)

        return segmenter.segment(scan, threshold, show)


def write(segmentation: "Segmentation", output: Path, name: str) -> Path:
    """Write one scan's results, and say so."""
    from BMLesionSegLib.exporting.results import write_results

    return write_results(output, segmentation, name)


def unused_name(name: str, names: set[str]) -> str:
    """The name, or the name with the first free number behind it; remembered in ``names``.

    Compared without case, because some file systems do not know it.
    """
    candidate, number = name, 1
    while candidate.casefold() in names:
        number += 1
        candidate = f"{name}-{number}"
    names.add(candidate.casefold())
    return candidate

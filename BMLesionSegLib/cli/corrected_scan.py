"""A corrected segmentation and its scan, as several commands take them."""

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from BMLesionSegLib.cli.arguments import view_name
from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.scan import BoneScan, ViewName

if TYPE_CHECKING:
    from BMLesionSegLib.exporting.reported import Reported

SUFFIX = ".seg.nrrd"


def add_corrected(parser: argparse.ArgumentParser) -> None:
    """``SEGMENTATION...``, ``--scan``, ``--output`` and ``--view``."""
    parser.add_argument(
        "segmentations",
        nargs="+",
        type=Path,
        metavar="SEGMENTATION",
        help=f"corrected {SUFFIX} files, or the folder that holds them",
    )
    add_scan(parser)
    parser.add_argument("--output", type=Path, required=True, metavar="DIR")


def add_scan(parser: argparse.ArgumentParser) -> None:
    """``--scan`` and ``--view``."""
    parser.add_argument(
        "--scan",
        nargs="+",
        type=Path,
        required=True,
        metavar="SCAN",
        help="the scan that was segmented: its file, files or folder",
    )
    parser.add_argument(
        "--view",
        type=view_name,
        choices=tuple(ViewName),
        help="of a scan that cannot say it itself",
    )


def read_corrected(arguments: argparse.Namespace) -> "Reported":
    """The corrected result that the arguments name."""
    from BMLesionSegLib.exporting.corrected import corrected
    from BMLesionSegLib.exporting.segmentation_nrrd import read_segmentation

    scan = read_scan(arguments)
    paths = list(segmentation_files(arguments.segmentations))
    return corrected(scan, map(read_segmentation, paths))


def read_scan(arguments: argparse.Namespace) -> BoneScan:
    """The one scan of a file, a folder, or two files of one view each."""
    from BMLesionSegLib.reading import load_files, load_scan

    inputs, view = arguments.scan, arguments.view
    return load_scan(inputs[0], view) if len(inputs) == 1 else load_files(inputs, view)


def segmentation_files(inputs: Iterable[Path]) -> Iterator[Path]:
    """The files given, and those in the folders given.

    Raises:
        FileRefused: a folder holds none.
    """
    for path in inputs:
        if not path.is_dir():
            yield path
            continue
        found = [path / f"{name}{SUFFIX}" for name in ViewName]
        present = [file for file in found if file.is_file()]
        if not present:
            raise FileRefused(
                f"a result folder holds anterior{SUFFIX} or posterior{SUFFIX}",
                "it holds neither",
                "Give the corrected files themselves.",
            )
        yield from present

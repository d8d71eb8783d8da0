"""``bmlesionseg export``: a corrected segmentation out as DICOM objects."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from BMLesionSegLib.cli.arguments import view_name
from BMLesionSegLib.errors import FileRefused
from BMLesionSegLib.scan import BoneScan, ViewName

SUFFIX = ".seg.nrrd"


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``export``."""
    parser = commands.add_parser("export", help="a corrected segmentation out as DICOM")
    parser.add_argument(
        "segmentations",
        nargs="+",
        type=Path,
        metavar="SEGMENTATION",
        help=f"corrected {SUFFIX} files, or the folder that holds them",
    )
    parser.add_argument(
        "--scan",
        nargs="+",
        type=Path,
        required=True,
        metavar="SCAN",
        help="the DICOM scan that was segmented: its file, files or folder",
    )
    parser.add_argument("--output", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--view",
        type=view_name,
        choices=tuple(ViewName),
        help="of a scan that cannot say it itself",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the DICOM objects of a corrected result into a folder named like its scan."""
    from BMLesionSegLib.exporting.corrected import corrected
    from BMLesionSegLib.exporting.export import export_dicom
    from BMLesionSegLib.exporting.segmentation_nrrd import read_segmentation

    scan = read_scan(arguments.scan, arguments.view)
    paths = list(segmentation_files(arguments.segmentations))
    result = corrected(scan, map(read_segmentation, paths))
    folder = arguments.output / scan.name
    export_dicom(folder, result, datetime.now())
    print(f"{folder}: {result.headline}")
    return 0


def read_scan(inputs: Sequence[Path], view: ViewName | None) -> BoneScan:
    """The one scan of a file, a folder, or two files of one view each."""
    from BMLesionSegLib.reading import load_files, load_scan

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

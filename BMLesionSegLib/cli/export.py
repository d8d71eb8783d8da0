"""``bmlesionseg export``: a corrected segmentation out as DICOM objects, or as a training case."""

import argparse
from datetime import datetime

from BMLesionSegLib.cli.corrected_scan import add_corrected, read_corrected


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``export``."""
    parser = commands.add_parser("export", help="a corrected segmentation out as DICOM")
    add_corrected(parser)
    parser.add_argument(
        "--training",
        action="store_true",
        help="instead, a case for `train --cases` in new files that name nobody",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write into a folder named like the scan; a training case has a name of its own."""
    from BMLesionSegLib.exporting.export import export_dicom
    from BMLesionSegLib.exporting.training_case import write_training_case

    result = read_corrected(arguments)
    if arguments.training:
        folder = write_training_case(arguments.output, result)
        print(f"{folder}: {result.headline}")
        return 0
    folder = arguments.output / result.scan.name
    export_dicom(folder, result, datetime.now())
    print(f"{folder}: {result.headline}")
    return 0

"""``bmlesionseg import``: DICOM segmentations back onto their scan, to correct them further."""

import argparse
from pathlib import Path

from BMLesionSegLib.cli.corrected_scan import add_scan, read_scan


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``import``."""
    parser = commands.add_parser("import", help="DICOM segmentations back to .seg.nrrd files")
    parser.add_argument(
        "inputs",
        nargs="+",
        type=Path,
        metavar="DICOM",
        help="BINARY segmentations, measurements.sr.dcm for the statuses, or their folder",
    )
    add_scan(parser)
    parser.add_argument("--output", type=Path, required=True, metavar="DIR")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the segmentations into a folder named like the scan."""
    from BMLesionSegLib.exporting.import_files import import_files

    scan = read_scan(arguments)
    folder = arguments.output / scan.name
    found = import_files(folder, arguments.inputs, scan)
    counted = ", ".join(f"{name} {count}" for name, count in found.items())
    print(f"{folder}: segments by view: {counted}")
    return 0

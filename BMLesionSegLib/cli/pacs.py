"""``bmlesionseg pacs``: scans out of the hospital's archive, results back into it."""

import argparse
import os
from collections.abc import Callable
from pathlib import Path

from BMLesionSegLib.cli.arguments import add_model, positive
from BMLesionSegLib.cli.pacs_actions import fetch, query, segment, store

SERVER = "BMLESIONSEG_PACS_SERVER"
MODALITIES = ("NM", "SEG", "SR", "PR")
ENVIRONMENT = """\
Who we are is taken from the environment alone, never from the command line:
  BMLESIONSEG_PACS_USER, BMLESIONSEG_PACS_PASSWORD   HTTP basic authentication
  BMLESIONSEG_PACS_TOKEN                             or an HTTP bearer token
  BMLESIONSEG_PACS_CA                                PEM file of the authority to trust
  BMLESIONSEG_PACS_CERTIFICATE, BMLESIONSEG_PACS_KEY PEM files of our own certificate
  BMLESIONSEG_PACS_SERVER                            the archive, where --server is not given
"""


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``pacs`` and what it can do."""
    parser = commands.add_parser("pacs", help="scans from an image archive, results back into it")
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add_query(actions)
    add_fetch(actions)
    add_segment(actions)
    add_store(actions)


def add_query(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``query``."""
    parser = add_action(actions, "query", "list studies with nuclear medicine images", query)
    parser.add_argument("--study", metavar="UID")
    parser.add_argument("--date", metavar="YYYYMMDD[-YYYYMMDD]", type=date_range)
    parser.add_argument("--patient", metavar="ID", help="patient ID")
    parser.add_argument("--accession", metavar="NUMBER", help="accession number")
    parser.add_argument("--json", action="store_true", help="one JSON list")


def add_fetch(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``fetch``."""
    parser = add_action(actions, "fetch", "write a study's files into a folder", fetch)
    add_studies(parser)
    parser.add_argument(
        "--modality",
        nargs="+",
        choices=MODALITIES,
        default=["NM"],
        help="scans, segmentations, reports, presentations (NM)",
    )


def add_segment(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``segment``."""
    parser = add_action(actions, "segment", "fetch, find lesions, store the results", segment)
    add_studies(parser)
    add_model(parser)
    parser.add_argument(
        "--threshold",
        type=float,
        metavar="T",
        help="probability that the peak of a lesion has at least (the model's own)",
    )


def add_store(actions: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``store``."""
    parser = add_action(actions, "store", "store DICOM results", store)
    parser.add_argument(
        "inputs", nargs="+", type=Path, metavar="INPUT", help="DICOM files, or folders of .dcm"
    )
    parser.add_argument(
        "--again", action="store_true", help="send also what was stored there before"
    )


def add_action(
    actions: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    does: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    """Add an action with what all of them need to know."""
    parser = actions.add_parser(
        name,
        help=does,
        epilog=ENVIRONMENT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    server = os.environ.get(SERVER)
    parser.add_argument(
        "--server",
        metavar="ADDRESS",
        default=server,
        required=server is None,
        help="https://HOST/PATH (DICOMweb), dicom://AE@HOST:PORT, dicoms://AE@HOST:PORT (TLS)",
    )
    parser.add_argument(
        "--ae-title", default="BMLESIONSEG", metavar="AE", help="our own, for dicom (BMLESIONSEG)"
    )
    parser.add_argument(
        "--receive",
        type=positive,
        metavar="PORT",
        help="let a dicom archive send to this port (C-MOVE); without it, images come over our"
        " own call (C-GET)",
    )
    parser.add_argument(
        "--timeout", type=positive, default=30, metavar="S", help="seconds of silence (30)"
    )
    parser.set_defaults(run=run)
    return parser


def add_studies(parser: argparse.ArgumentParser) -> None:
    """``--study`` and ``--output``."""
    parser.add_argument(
        "--study", nargs="+", required=True, metavar="UID", help="study instance UIDs"
    )
    parser.add_argument("--output", type=Path, required=True, metavar="DIR")


def date_range(text: str) -> str:
    """A day or a range of days, for argparse."""
    days = text.split("-")
    if len(days) > 2 or not all(len(day) == 8 and day.isdecimal() for day in days):
        raise argparse.ArgumentTypeError("YYYYMMDD or YYYYMMDD-YYYYMMDD is wanted")
    return text

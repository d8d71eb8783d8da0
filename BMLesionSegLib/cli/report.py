"""``bmlesionseg report``: a report to edit and sign, from a corrected segmentation."""

import argparse
from datetime import datetime

from BMLesionSegLib.cli.corrected_scan import add_corrected, read_corrected


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``report``."""
    parser = commands.add_parser(
        "report",
        help="a PDF report of a corrected segmentation",
        description="Writes report.pdf, report.json, report.csv and impression.txt. Edit "
        "impression.txt and write the report again: your lines are kept.",
    )
    add_corrected(parser)
    parser.add_argument(
        "--final", action="store_true", help="for signature; refused while a finding is unreviewed"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write the report into a folder named like its scan."""
    from BMLesionSegLib.exporting.report import write_report
    from BMLesionSegLib.exporting.report.phrases import summary
    from BMLesionSegLib.exporting.run_record import recorded_model

    result = read_corrected(arguments)
    folder = arguments.output / result.scan.name
    model = recorded_model(arguments.segmentations[0])
    facts = write_report(folder, result, datetime.now(), arguments.final, model)
    state = "final report" if arguments.final else "draft report"
    print(f"{folder}: {state}. {summary(facts)}")
    return 0

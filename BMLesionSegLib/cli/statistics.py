"""``bmlesionseg statistics``: what a cohort holds, as the paper counts its own."""

import argparse
import sys
from pathlib import Path

from tqdm import tqdm

from BMLesionSegLib.cli.cases import add_cases, chosen_cases


def add_parser(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``statistics``."""
    parser = commands.add_parser(
        "statistics", help="patients, lesions and tiles of a cohort (Tables 2, 3, 9; Figures 6, 10)"
    )
    add_cases(parser, patients=100)
    parser.add_argument("--output", type=Path, required=True, metavar="DIR")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Count, write the tables and the picture, print the tables."""
    from BMLesionSegLib import RESEARCH_USE
    from BMLesionSegLib.exporting.atomic import atomic_path
    from BMLesionSegLib.learning.data.statistics import count_cohort, patient_table, tile_table
    from BMLesionSegLib.learning.pictures.cohort import draw_cohort
    from BMLesionSegLib.learning.tables import markdown, write_csv
    from BMLesionSegLib.packages import need_packages

    need_packages("train")
    cases = chosen_cases(arguments)
    quiet = not sys.stderr.isatty()
    patients = count_cohort(tqdm(cases, desc="Counting", unit="scan", disable=quiet))
    tables = {"patients": patient_table(patients), "tiles": tile_table(patients)}
    for name, rows in tables.items():
        write_csv(arguments.output / f"{name}.csv", rows)
    text = "\n".join([*map(markdown, tables.values()), RESEARCH_USE])
    with atomic_path(arguments.output / "statistics.md") as temporary:
        temporary.write_text(text + "\n", "utf-8")
    draw_cohort(arguments.output / "cohort.png", patients)
    print(text)
    return 0

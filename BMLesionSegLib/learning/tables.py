"""Tables as CSV and Markdown, from rows of named texts."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

from BMLesionSegLib.exporting.atomic import atomic_path

Row = Mapping[str, str]


def write_csv(path: Path, rows: Sequence[Row]) -> None:
    """Write a table with the columns of its first row.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    with atomic_path(path) as temporary, temporary.open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, list(rows[0]) if rows else [])
        writer.writeheader()
        writer.writerows(rows)


def markdown(rows: Sequence[Row]) -> str:
    """A table with the columns of its first row; empty without rows."""
    if not rows:
        return ""
    names = list(rows[0])
    lines = [names, ["---"] * len(names), *([row[name] for name in names] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def shown(value: float | int | None, digits: int = 3) -> str:
    """A figure for a table; "-" where there is none."""
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.{digits}f}"

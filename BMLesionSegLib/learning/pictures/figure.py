"""What every drawn figure needs: pairs to columns, and a file that is whole or not there."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from BMLesionSegLib.exporting.atomic import atomic_path

DPI = 130


def columns(pairs: Sequence[tuple[float, float]]) -> tuple[list[float], list[float]]:
    """Places across and up, for drawing."""
    return [across for across, _ in pairs], [up for _, up in pairs]


def save(figure: Any, path: Path) -> None:
    """Write a figure, whole or not at all."""
    with atomic_path(path) as temporary:
        figure.savefig(temporary, dpi=DPI)

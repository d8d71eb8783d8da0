"""Figures 7 and 14 of the paper: DSC, recall and precision of each line of a table."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from BMLesionSegLib.learning.pictures.figure import save

if TYPE_CHECKING:
    from BMLesionSegLib.learning.experiments.summary import Line

COLOURS = {"DSC": "tab:red", "recall": "tab:blue", "precision": "0.6"}
HEIGHT = 0.26


def draw_bars(path: Path, title: str, lines: "Sequence[Line]") -> None:
    """A group of bars a line, with intervals; the paper's own figures as open diamonds.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8, 1.6 + 0.62 * len(lines)), layout="constrained")
    axes = figure.add_subplot()
    rows = np.arange(len(lines))
    for place, (name, colour) in enumerate(COLOURS.items()):
        at = rows + (place - 1) * HEIGHT
        values = np.array([line.figures[name].value for line in lines])
        low = np.array([line.figures[name].low for line in lines])
        high = np.array([line.figures[name].high for line in lines])
        error = np.nan_to_num(np.clip([values - low, high - values], 0, None))
        axes.barh(at, np.nan_to_num(values), HEIGHT, color=colour, xerr=error, label=name)
        told = [(line.paper[name], y) for line, y in zip(lines, at, strict=True) if line.paper]
        axes.plot([x for x, _ in told], [y for _, y in told], "kD", markerfacecolor="none")
    axes.plot([], [], "kD", markerfacecolor="none", label="the paper, other patients")
    axes.set_yticks(rows, [f"{line.label}{' *' if line.still_rising else ''}" for line in lines])
    axes.set(xlim=(0, 1), ylim=(len(lines) - 0.5, -0.5))
    axes.set_xlabel("on the test patients, 95 % interval over patients; * curve still rising")
    axes.set_title(title, fontsize=10, loc="left", wrap=True)
    figure.legend(*axes.get_legend_handles_labels(), loc="outside lower center", ncols=4)
    save(figure, path)

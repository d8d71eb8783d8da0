"""Pictures of the acceptance report: values in their ranges, lesions a view, uptake of spots."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from BMLesionSegLib.simulation.acceptance.acceptance import Statistic


def draw(
    folder: Path,
    statistics: Sequence[Statistic],
    paper: Sequence[dict[str, Any]],
    clinic: Sequence[dict[str, Any]],
) -> None:
    """Write ``statistics.png`` and ``lesions.png``."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 0.17 * len(statistics) + 1), layout="constrained")
    draw_ranges(figure.add_subplot(), statistics)
    figure.savefig(folder / "statistics.png", dpi=110)
    figure = Figure(figsize=(9, 3.2), layout="constrained")
    left, right = figure.subplots(1, 2)
    draw_lesions(left, paper)
    draw_uptake(right, clinic)
    figure.savefig(folder / "lesions.png", dpi=110)


def draw_ranges(axes: Any, statistics: Sequence[Statistic]) -> None:
    """Each value as a share of its range: 0 at the lower limit, 1 at the upper."""
    shares = [(s.value - s.low) / (s.high - s.low) for s in statistics]
    colours = ["tab:green" if s.passed else "tab:red" for s in statistics]
    rows = np.arange(len(statistics))
    axes.axvspan(0, 1, color="0.93")
    axes.scatter(np.clip(shares, -1, 2), rows, c=colours, s=14)
    axes.set_yticks(rows, [s.name for s in statistics], fontsize=6)
    axes.set(xlim=(-1.05, 2.05), ylim=(len(statistics), -1), xlabel="place in the allowed range")


def draw_lesions(axes: Any, paper: Sequence[dict[str, Any]]) -> None:
    """Lesions a view in the cohort ``paper``."""
    bins = np.arange(0, 22) - 0.5
    for view in ("anterior", "posterior"):
        axes.hist([p[f"lesions {view}"] for p in paper], bins, histtype="step", label=view)
    axes.set(xlabel="lesions in a view, paper", ylabel="patients")
    axes.legend()


def draw_uptake(axes: Any, clinic: Sequence[dict[str, Any]]) -> None:
    """Uptake of benign and malignant spots in the cohort ``clinic``."""
    bins = np.geomspace(1, 20, 30)
    for kind in ("benign", "metastatic"):
        values = [uptake for p in clinic for uptake in p[f"{kind} uptake"]]
        if values:
            axes.hist(values, bins, histtype="step", density=True, label=kind)
    axes.set(xscale="log", xlabel="highest uptake over normal, clinic", ylabel="density")
    if axes.has_data():
        axes.legend()

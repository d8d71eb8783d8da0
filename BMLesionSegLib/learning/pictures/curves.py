"""Curves of an evaluation: free response and reliability."""

from collections.abc import Sequence
from pathlib import Path

from BMLesionSegLib.learning.metrics.calibration import Reliability
from BMLesionSegLib.learning.metrics.thresholds import OperatingPoint
from BMLesionSegLib.learning.pictures.figure import columns, save

MOST_FALSE_SPOTS = 8.0
"""A view, at the right edge: nobody reads on with more, and the lowest thresholds give dozens."""


def draw_free_response(path: Path, curve: Sequence[OperatingPoint], threshold: float) -> None:
    """Lesions found against false spots a view, up to eight; the model's own threshold marked.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(4.6, 3.6), layout="constrained")
    axes = figure.add_subplot()
    shown = {
        point.threshold: (point.false_spots_per_view, point.lesion_sensitivity)
        for point in curve
        if point.lesion_sensitivity is not None
    }
    axes.plot(*columns(list(shown.values())), color="tab:red", marker=".")
    if shown:
        own = shown[min(shown, key=lambda candidate: abs(candidate - threshold))]
        axes.plot(*own, "ko", markerfacecolor="none", label=f"threshold {threshold:g}")
        axes.legend(frameon=False, loc="lower right")
        most = max(spots for spots, _ in shown.values())
        axes.set_xlim(right=max(1.1 * own[0], min(MOST_FALSE_SPOTS, 1.1 * most), 0.1))
    axes.set(xlabel="false spots a view", ylabel="share of lesions found", ylim=(0, 1))
    axes.set_xlim(left=0)
    axes.grid(alpha=0.3)
    save(figure, path)


def draw_reliability(path: Path, reliability: Reliability) -> None:
    """Share of lesion pixels against the probability that the model gave them.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(3.8, 3.6), layout="constrained")
    axes = figure.add_subplot()
    rows = reliability.rows()
    axes.plot([0, 1], [0, 1], color="0.6", linewidth=1)
    axes.plot([row[0] for row in rows], [row[1] for row in rows], color="tab:red", marker="o")
    error = reliability.expected_error()
    if error is not None:
        axes.set_title(f"expected calibration error {error:.3f}", fontsize=9)
    axes.set(xlabel="probability given", ylabel="share truly lesion", xlim=(0, 1), ylim=(0, 1))
    save(figure, path)

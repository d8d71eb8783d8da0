"""The course of a training as table and picture."""

from collections.abc import Sequence
from pathlib import Path

from BMLesionSegLib.learning.pictures.figure import columns, save
from BMLesionSegLib.learning.tables import shown, write_csv
from BMLesionSegLib.learning.training.curve import Point


def write_curve(folder: Path, curve: Sequence[Point]) -> None:
    """Write ``curve.csv`` and ``curve.png``.

    Raises:
        OutputRefused: the files cannot be written there.
    """
    rows = [
        {"step": str(point.step), "loss": f"{point.loss:.6f}", "dsc": shown(point.dsc, 6)}
        for point in curve
    ]
    write_csv(folder / "curve.csv", rows)
    draw_curve(folder / "curve.png", curve)


def draw_curve(path: Path, curve: Sequence[Point]) -> None:
    """Loss and DSC by step.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    from matplotlib.figure import Figure

    figure = Figure(figsize=(6, 3.4), layout="constrained")
    loss = figure.add_subplot()
    steps = [point.step for point in curve]
    loss.plot(steps, [point.loss for point in curve], color="tab:blue", marker=".")
    loss.set_xlabel("step")
    loss.set_ylabel("training loss", color="tab:blue")
    dsc = loss.twinx()
    watched = [(point.step, point.dsc) for point in curve if point.dsc is not None]
    dsc.plot(*columns(watched), color="tab:red", marker=".")
    dsc.set_ylabel("DSC on validation tiles", color="tab:red")
    dsc.set_ylim(0, 1)
    save(figure, path)

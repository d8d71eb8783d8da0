"""Figures 8, 11 and 12 of the paper: truth in yellow, a model's contours in red, side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.metrics.view_score import score_view
from BMLesionSegLib.learning.pictures.figure import save
from BMLesionSegLib.lesions import find_body
from BMLesionSegLib.scan import BoneScan, View

TRUTH, FOUND = "gold", "red"
DARKEST_PERCENTILE = 99.5
ROWS = 256
"""Shown of a view: a tile's height, round the middle of its lesions."""


@dataclass(frozen=True, eq=False)
class Example:
    """One view to show.

    Attributes:
        scan: that the view is of.
        view: the counts.
        truth: label map ``[row, column]``.
        found: of each model by its name, bool ``[row, column]``.
    """

    scan: BoneScan
    view: View
    truth: NDArray[np.int32]
    found: Mapping[str, NDArray[np.bool_]]


def examples_of(cases: Sequence[Case], models: Mapping[str, Segmenter]) -> list[Example]:
    """Each case's view with the larger lesion area, as every model segments it.

    Args:
        cases: with truth.
        models: by name.
    """
    examples = []
    for case in cases:
        view = max(case.scan, key=lambda one: int((case.metastases[one.name] > 0).sum()))
        found = {}
        for name, segmenter in models.items():
            results = segmenter.segment(case.scan).views
            mine = next(result for result in results if result.view.name is view.name)
            found[name] = mine.lesions.labels > 0
        examples.append(Example(case.scan, view, case.metastases[view.name], found))
    return examples


def draw_contours(path: Path, examples: Sequence[Example]) -> None:
    """A row a view, a column a model.

    Args:
        path: of the picture.
        examples: at least one, all with the same models.

    Raises:
        OutputRefused: the file cannot be written there.
    """
    from matplotlib.figure import Figure

    names = list(examples[0].found)
    size = (0.4 + 2.7 * len(names), 0.7 + 2.9 * len(examples))
    figure = Figure(figsize=size, layout="constrained")
    grid = figure.subplots(len(examples), len(names), squeeze=False)
    for row, example in zip(grid, examples, strict=True):
        for axes, name in zip(row, names, strict=True):
            draw_view(axes, example, name)
    figure.suptitle("truth yellow, model red; DSC of the whole view", fontsize=9)
    save(figure, path)


def draw_view(axes: Any, example: Example, name: str) -> None:
    """One view's rows round its lesions, in inverted grey, with both contours."""
    rows = shown_rows(example.truth)
    counts = example.view.counts
    darkest = np.percentile(counts[find_body(example.view).mask], DARKEST_PERCENTILE)
    axes.imshow(counts[rows], cmap="gray_r", vmin=0, vmax=darkest, interpolation="bicubic")
    for mask, colour in ((example.truth > 0, TRUTH), (example.found[name], FOUND)):
        if mask[rows].any():
            axes.contour(mask[rows], levels=[0.5], colors=colour, linewidths=0.9)
    score = score_view(example.truth, example.found[name])
    axes.set_title(f"{name}, {example.view.name.short}, DSC {score.dsc:.2f}", fontsize=8)
    axes.set_axis_off()


def shown_rows(truth: NDArray[np.int32]) -> slice:
    """The rows of one tile's height that hold most lesion pixels."""
    filled = np.concatenate([[0], np.cumsum((truth > 0).sum(axis=1))])
    height = min(ROWS, len(truth))
    held = filled[height:] - filled[:-height]
    best = np.flatnonzero(held == held.max())
    top = int(best[len(best) // 2])
    return slice(top, top + height)

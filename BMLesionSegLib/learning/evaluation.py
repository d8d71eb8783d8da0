"""A model's figures over a set of cases."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.learning.cases import Case
from BMLesionSegLib.learning.metrics import ViewScore, pool, score_view, share

Figures = dict[str, object]


@dataclass(frozen=True)
class CaseScore:
    """One case: its views' scores, and whether it is free of metastases."""

    views: tuple[ViewScore, ...]
    normal: bool


def score_case(case: Case, predicted: list[NDArray[np.bool_]]) -> CaseScore:
    """Compare a case's views, anterior first, with predicted masks ``[row, column]``."""
    scores = tuple(
        score_view(case.metastases[view.name], mask)
        for view, mask in zip(case.scan, predicted, strict=True)
    )
    return CaseScore(scores, case.normal)


def figures(scores: Iterable[CaseScore]) -> Figures:
    """All figures: over every view, and under ``positives_only`` over views with a lesion."""
    cases = list(scores)
    views = [view for case in cases for view in case.views]
    normal = [case for case in cases if case.normal]
    false_on_normal = sum(view.false_spots for case in normal for view in case.views)
    return {
        **pool(views),
        "false_spots_per_normal_scan": share(false_on_normal, len(normal)),
        "scans": len(cases),
        "normal_scans": len(normal),
        "positives_only": pool(view for view in views if view.lesions),
    }


def evaluate(
    segmenter: Segmenter,
    cases: Iterable[Case],
    threshold: float | None = None,
    progress: Callable[[int], None] | None = None,
) -> Figures:
    """Segment every case and compare.

    Args:
        segmenter: the model on its device.
        cases: with truth.
        threshold: the model's own if None.
        progress: told how many cases are done.
    """
    scores = []
    for done, case in enumerate(cases, 1):
        segmentation = segmenter.segment(case.scan, threshold)
        scores.append(score_case(case, [view.lesions.labels > 0 for view in segmentation.views]))
        if progress is not None:
            progress(done)
    return figures(scores)

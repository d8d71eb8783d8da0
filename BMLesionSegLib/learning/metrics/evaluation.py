"""A model's figures over a set of cases."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.metrics.bootstrap import (
    Statistic,
    Tally,
    false_spots,
    interval,
    pooled_dsc,
    precision,
    recall,
    sensitivity,
    tally_patient,
    without_lesions,
)
from BMLesionSegLib.learning.metrics.calibration import Reliability
from BMLesionSegLib.learning.metrics.spot_list import ListedSpot, list_spots
from BMLesionSegLib.learning.metrics.surface_distance import hd95
from BMLesionSegLib.learning.metrics.thresholds import (
    OperatingPoint,
    Sweep,
    free_response,
    sweep_view,
)
from BMLesionSegLib.learning.metrics.view_score import ViewScore, pool, score_view, share

Figures = dict[str, object]


@dataclass(frozen=True)
class CaseScore:
    """One case: its views' scores, and whether it is free of metastases."""

    views: tuple[ViewScore, ...]
    normal: bool


@dataclass(frozen=True, eq=False)
class Evaluation:
    """All cases.

    Attributes:
        cases: in order.
        curve: all views together at each threshold.
        reliability: of all pixels.
        spots: every lesion and every false spot.
    """

    cases: tuple[CaseScore, ...]
    curve: tuple[OperatingPoint, ...]
    reliability: Reliability
    spots: tuple[ListedSpot, ...] = ()

    def figures(self) -> Figures:
        """Every figure by its name, over all views and over those with a lesion."""
        error = self.reliability.expected_error()
        return figures(self.cases) | {"expected_calibration_error": error}

    def intervals(self) -> dict[str, tuple[float, float] | None]:
        """95 % of draws of these patients (bootstrap), for the figures of which it is asked."""
        tally = self.tally()
        normal, views = without_lesions(tally), sum(len(case.views) for case in self.cases)
        asked: dict[str, tuple[Tally, Statistic]] = {
            "pooled_dsc": (tally, pooled_dsc),
            "recall": (tally, recall),
            "precision": (tally, precision),
            "lesion_sensitivity": (tally, sensitivity),
            "false_spots_per_view": (tally, false_spots(views)),
            "false_spots_per_normal_scan": (normal, false_spots(len(normal))),
        }
        return {name: ends(*question) for name, question in asked.items()}

    def tally(self) -> Tally:
        """What the bootstrap draws from, ``[patient, 6]``."""
        return np.array([tally_patient(case.views) for case in self.cases], np.int64)


def ends(tally: Tally, statistic: Statistic) -> tuple[float, float] | None:
    """The ends of a figure's interval; None where there is no figure."""
    if not len(tally):
        return None
    drawn = interval(tally, statistic)
    return None if np.isnan(drawn.low) else (drawn.low, drawn.high)


def score_case(case: Case, predicted: list[NDArray[np.bool_]]) -> CaseScore:
    """Compare a case's views, anterior first, with predicted masks ``[row, column]``."""
    scores = []
    for view, mask in zip(case.scan, predicted, strict=True):
        truth = case.metastases[view.name]
        distance = hd95(truth > 0, mask, view.spacing)
        scores.append(replace(score_view(truth, mask), hd95_mm=distance))
    return CaseScore(tuple(scores), case.normal)


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
) -> Evaluation:
    """Segment every case and compare.

    Args:
        segmenter: the model on its device.
        cases: with truth.
        threshold: the model's own if None.
    """
    scores: list[CaseScore] = []
    sweeps: list[Sweep] = []
    spots: list[ListedSpot] = []
    reliability = Reliability.empty()
    manifest = segmenter.bundle.manifest
    area, extent = manifest.minimum_area_mm2, manifest.extent
    for number, case in enumerate(cases, 1):
        found = segmenter.segment(case.scan, threshold).views
        scores.append(score_case(case, [result.lesions.labels > 0 for result in found]))
        spots += list_spots(number, case, found)
        for result in found:
            truth = case.metastases[result.view.name]
            pixel_area = result.view.pixel_area
            sweeps.append(sweep_view(result.probability, truth, pixel_area, area, extent))
            reliability += Reliability.of(result.probability, truth > 0)
    return Evaluation(tuple(scores), free_response(sweeps), reliability, tuple(spots))

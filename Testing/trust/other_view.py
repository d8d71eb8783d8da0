"""What a view's findings owe to the other view: the shipped model, shown a wrong one or none."""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from BMLesionSegLib.inference import Segmenter
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.data.simulated import simulated_cases
from BMLesionSegLib.learning.metrics.evaluation import CaseScore, figures, score_case
from BMLesionSegLib.learning.tables import Row, markdown, shown
from BMLesionSegLib.scan import BoneScan, Counts, View

SEED, PATIENTS = 770001, 60
COLUMNS = {
    "DSC": "pooled_dsc",
    "lesions found": "lesion_sensitivity",
    "false spots a view": "false_spots_per_view",
    "a normal scan": "false_spots_per_normal_scan",
}


def moved(counts: Counts, rows: int, columns: int) -> Counts:
    """Counts that lie ``rows`` lower and ``columns`` further to the right; none come in."""
    result = np.zeros_like(counts)
    result[rows:, columns:] = counts[: counts.shape[0] - rows, : counts.shape[1] - columns]
    return result


def other_views(view: View, stranger: View) -> dict[str, View | None]:
    """A view as another may be shown beside it, and the same view of another patient."""
    return {
        "as it was taken": view,
        "none": None,
        "8 pixels lower and to the side": replace(view, counts=moved(view.counts, 8, 8)),
        "30 pixels lower": replace(view, counts=moved(view.counts, 30, 0)),
        "left and right exchanged": replace(view, counts=view.counts[:, ::-1]),
        "another patient's": replace(view, counts=stranger.counts),
    }


def masks(segmenter: Segmenter, case: Case, stranger: Case) -> dict[str, list[NDArray[np.bool_]]]:
    """What is found in each of a case's views beside each other view, ``[row, column]``."""
    found: dict[str, list[NDArray[np.bool_]]] = {}
    for number, view in enumerate(case.scan):
        other, strange = case.scan.views[1 - number], stranger.scan.views[1 - number]
        for name, beside in other_views(other, strange).items():
            scan = BoneScan((view, beside) if beside else (view,), case.scan.name)
            results = segmenter.segment(scan).views
            mine = next(result for result in results if result.view.name is view.name)
            found.setdefault(name, []).append(mine.lesions.labels > 0)
    return found


def scores(
    segmenter: Segmenter, cases: Iterable[Case], stranger: Case
) -> dict[str, list[CaseScore]]:
    """All cases beside each other view; another patient's is that of the case before."""
    scored: dict[str, list[CaseScore]] = {}
    for case in cases:
        for name, found in masks(segmenter, case, stranger).items():
            scored.setdefault(name, []).append(score_case(case, found))
        stranger = case
    return scored


def table(scored: dict[str, list[CaseScore]]) -> Iterator[Row]:
    """One line for each other view."""
    for name, cases in scored.items():
        measured = figures(cases)
        values = {column: measured[figure] for column, figure in COLUMNS.items()}
        yield {"the other view": name} | {
            column: shown(value if isinstance(value, float) else None)
            for column, value in values.items()
        }


if __name__ == "__main__":
    last, *_ = simulated_cases(SEED, [PATIENTS])
    patients = tqdm(simulated_cases(SEED, range(1, PATIENTS + 1)), total=PATIENTS, file=sys.stderr)
    sys.stdout.write(markdown(list(table(scores(Segmenter(), patients, last)))))

"""All lesions and false spots of an evaluation, one by one: what a model misses and invents."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.inference.segmentation import ViewResult
from BMLesionSegLib.learning.data.case import Case
from BMLesionSegLib.learning.metrics.view_score import match_spots, share
from BMLesionSegLib.learning.tables import Row, shown
from BMLesionSegLib.lesions import Lesion, Level, measure_lesions

ON_OTHER_UPTAKE = 0.25
"""Share of a false spot's pixels that lie on uptake known to be no metastasis."""
UPTAKE_CLASSES = (0.0, 1.0, 1.5, 2.0, 3.0, 5.0)
"""Where classes begin: mean counts of a spot over the view's median skeletal uptake."""


class Outcome(StrEnum):
    """What became of a spot."""

    FOUND = "lesion found"
    MISSED = "lesion missed"
    FALSE_ON_OTHER = "false spot on other uptake"
    FALSE = "false spot"


@dataclass(frozen=True)
class ListedSpot:
    """A lesion of the truth, or a component that is none.

    Attributes:
        case: place in the evaluation, from 1; never a name.
        outcome: of it.
        measured: in the counts as read, with the outline of the truth, or of the component.
        peak: highest probability in it.
    """

    case: int
    outcome: Outcome
    measured: Lesion
    peak: float

    def row(self) -> Row:
        """For a table."""
        row, column = self.measured.centroid
        return {
            "case": str(self.case),
            "view": str(self.measured.view),
            "outcome": str(self.outcome),
            "site": str(self.measured.site),
            "row": f"{row:.1f}",
            "column": f"{column:.1f}",
            "area mm2": f"{self.measured.area_mm2:.0f}",
            "uptake over the skeleton's median": f"{self.measured.uptake_ratio:.2f}",
            "highest probability": f"{self.peak:.3f}",
        }


def list_spots(number: int, case: Case, results: Iterable[ViewResult]) -> Iterator[ListedSpot]:
    """All lesions of a case, then all false spots, view by view.

    Args:
        number: of the case in the evaluation.
        case: with truth.
        results: of its views.
    """
    for result in results:
        truth = case.metastases[result.view.name]
        match = match_spots(truth, result.lesions.labels > 0)
        hit = dict(zip(match.lesions.tolist(), match.hit.tolist(), strict=True))
        for lesion, peak in measured(result, truth):
            outcome = Outcome.FOUND if hit[lesion.number] else Outcome.MISSED
            yield ListedSpot(number, outcome, lesion, peak)
        invented = np.where(np.isin(match.components, match.false_spots), match.components, 0)
        other = case.other_in(result.view)
        for spot, peak in measured(result, invented):
            known = other[invented == spot.number].mean() >= ON_OTHER_UPTAKE
            outcome = Outcome.FALSE_ON_OTHER if known else Outcome.FALSE
            yield ListedSpot(number, outcome, spot, peak)


def measured(result: ViewResult, labels: NDArray[np.int32]) -> Iterator[tuple[Lesion, float]]:
    """Each label of a view, with the highest probability in it."""
    for lesion in measure_lesions(result.view, result.body, labels, result.probability):
        yield lesion, float(result.probability[labels == lesion.number].max())


def by_uptake(spots: Iterable[ListedSpot]) -> list[Row]:
    """How many lesions were found, and false spots seen, in each class of uptake."""
    classes = [
        *(f"{low:g} to {high:g}" for low, high in pairwise(UPTAKE_CLASSES)),
        f"{UPTAKE_CLASSES[-1]:g} and more",
    ]

    def class_of(spot: ListedSpot) -> str:
        """The class that holds a spot's uptake."""
        return classes[bisect_right(UPTAKE_CLASSES, spot.measured.uptake_ratio) - 1]

    return counted(spots, "uptake over the skeleton's median", classes, class_of)


def by_level(spots: Iterable[ListedSpot]) -> list[Row]:
    """How many lesions were found, and false spots seen, at each level of the body."""
    levels = [str(level) for level in Level]
    return counted(spots, "level", levels, lambda spot: str(spot.measured.site.level))


def counted(
    spots: Iterable[ListedSpot],
    heading: str,
    groups: list[str],
    group_of: Callable[[ListedSpot], str],
) -> list[Row]:
    """A row a group that has a spot: lesions, share found, false spots of both kinds."""
    tally = {group: dict.fromkeys(Outcome, 0) for group in groups}
    for spot in spots:
        tally[group_of(spot)][spot.outcome] += 1
    rows: list[Row] = []
    for group, number in tally.items():
        if not any(number.values()):
            continue
        lesions = number[Outcome.FOUND] + number[Outcome.MISSED]
        rows.append(
            {
                heading: group,
                "lesions": str(lesions),
                "found": shown(share(number[Outcome.FOUND], lesions)),
                "false spots": str(number[Outcome.FALSE]),
                "false spots on other uptake": str(number[Outcome.FALSE_ON_OTHER]),
            }
        )
    return rows

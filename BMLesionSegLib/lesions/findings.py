"""Findings: what both views show of one spot counts once."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from BMLesionSegLib.lesions.lesion import Lesion
from BMLesionSegLib.lesions.site import Site
from BMLesionSegLib.lesions.view_lesions import ViewLesions
from BMLesionSegLib.scan import View, ViewName

LATERAL_TOLERANCE_MM = 30.0
"""Between the mirrored columns of one spot: blur, outline and motion of 10 mm each."""


@dataclass(frozen=True)
class Finding:
    """One spot of the patient, seen in one view or in both.

    Attributes:
        number: from head to foot, the same in both views.
        anterior: the spot in the anterior view, or None.
        posterior: the spot in the posterior view, or None.
    """

    number: int
    anterior: Lesion | None
    posterior: Lesion | None

    @property
    def lesions(self) -> tuple[Lesion, ...]:
        """One or two lesions, anterior first."""
        return tuple(lesion for lesion in (self.anterior, self.posterior) if lesion is not None)

    @property
    def site(self) -> Site:
        """From the view that shows the spot more clearly."""
        return max(self.lesions, key=lambda lesion: lesion.uptake_ratio).site


def pair_findings(views: Sequence[tuple[View, ViewLesions]]) -> tuple[Finding, ...]:
    """Pair the lesions of both views; every lesion belongs to exactly one finding.

    Two lesions are one spot where they share rows and lie on the same side at the same distance
    from the body's midline, within 30 mm. The closest pair is joined first, each lesion once.

    Args:
        views: one or two views with their lesions.

    Returns:
        Findings numbered from head to foot.
    """
    lesions: dict[ViewName, Sequence[Lesion]] = dict.fromkeys(ViewName, ())
    lesions |= {view.name: found.lesions for view, found in views}
    row_mm = views[0][0].spacing[0]
    pairs = sorted(
        (distance_mm(front, back, row_mm), front.number, back.number)
        for front, back in product(lesions[ViewName.ANTERIOR], lesions[ViewName.POSTERIOR])
        if may_be_one(front, back)
    )
    back_of: dict[int, int] = {}
    for _, front_number, back_number in pairs:
        if front_number not in back_of and back_number not in back_of.values():
            back_of[front_number] = back_number
    posterior = {lesion.number: lesion for lesion in lesions[ViewName.POSTERIOR]}
    spots: list[tuple[Lesion | None, Lesion | None]] = [
        (front, posterior.pop(back_of[front.number]) if front.number in back_of else None)
        for front in lesions[ViewName.ANTERIOR]
    ]
    spots += [(None, back) for back in posterior.values()]
    spots.sort(key=top_of)
    return tuple(Finding(number, *spot) for number, spot in enumerate(spots, start=1))


def may_be_one(front: Lesion, back: Lesion) -> bool:
    """Whether two lesions share rows and lie at the same place across the body."""
    first, stop = max(front.box[0], back.box[0]), min(front.box[2], back.box[2])
    lateral = abs(front.left_of_midline_mm - back.left_of_midline_mm)
    return first < stop and lateral <= LATERAL_TOLERANCE_MM


def distance_mm(front: Lesion, back: Lesion, row_mm: float) -> float:
    """Between the centroids, the posterior one mirrored."""
    down = (front.centroid[0] - back.centroid[0]) * row_mm
    across = front.left_of_midline_mm - back.left_of_midline_mm
    return float((down**2 + across**2) ** 0.5)


def top_of(spot: tuple[Lesion | None, Lesion | None]) -> tuple[float, float]:
    """Sorting key: the higher centroid first, at equal height the patient's right first."""
    lesions = [lesion for lesion in spot if lesion is not None]
    return min((lesion.centroid[0], lesion.left_of_midline_mm) for lesion in lesions)

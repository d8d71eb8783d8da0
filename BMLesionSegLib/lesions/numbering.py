"""Findings of a review: numbers that stay, and a place for every lesion that was added."""

from collections.abc import Sequence
from dataclasses import dataclass

from BMLesionSegLib.lesions.findings import Finding, distance_mm, may_be_one
from BMLesionSegLib.lesions.lesion import Lesion
from BMLesionSegLib.scan import ViewName


@dataclass(frozen=True)
class NumberedLesion:
    """A lesion with the number of its finding, as far as it has one.

    Attributes:
        lesion: in one view.
        finding: its finding's number, None for a lesion that was added.
    """

    lesion: Lesion
    finding: int | None


def number_findings(lesions: Sequence[NumberedLesion], row_mm: float) -> tuple[Finding, ...]:
    """Put every lesion into exactly one finding, without renumbering what has a number.

    An added lesion joins the finding that only the other view shows, where both may be one spot;
    otherwise it is a finding of its own, with the next number. So is the second lesion of one view
    that claims the same number, as after a lesion was split.

    Args:
        lesions: of both views.
        row_mm: spacing between rows.

    Returns:
        Findings in the order of their numbers.
    """
    found: dict[int, dict[ViewName, Lesion]] = {}
    added: list[Lesion] = []
    for one in lesions:
        taken = one.finding is not None and one.lesion.view in found.get(one.finding, {})
        if one.finding is None or taken:
            added.append(one.lesion)
        else:
            found.setdefault(one.finding, {})[one.lesion.view] = one.lesion
    for lesion in sorted(added, key=lambda lesion: lesion.centroid):
        number = partner(lesion, found, row_mm) or max(found, default=0) + 1
        found.setdefault(number, {})[lesion.view] = lesion
    return tuple(
        Finding(number, spots.get(ViewName.ANTERIOR), spots.get(ViewName.POSTERIOR))
        for number, spots in sorted(found.items())
    )


def partner(lesion: Lesion, found: dict[int, dict[ViewName, Lesion]], row_mm: float) -> int | None:
    """The nearest finding that only the other view shows and that may be the same spot."""
    candidates = [
        (distance_mm(lesion, other, row_mm), number)
        for number, spots in found.items()
        for other in spots.values()
        if lesion.view not in spots and may_be_one(lesion, other)
    ]
    return min(candidates)[1] if candidates else None

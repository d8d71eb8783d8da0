"""One finding as a row of the table: what both views say of one spot."""

import math
from dataclasses import dataclass

from BMLesionSegLib.exporting.segment import STATUS_COLOURS
from BMLesionSegLib.lesions import Finding, Lesion, ReviewStatus, Site
from BMLesionSegLib.scan import ViewName


@dataclass(frozen=True)
class FindingRow:
    """What the table shows of a finding; of two views always the larger number.

    Attributes:
        number: the same in both views.
        views: that show it, anterior first.
        site: level and side of the patient.
        status: unreviewed as long as one of its lesions is.
        areaMm2: of the projection.
        maxCounts: of the hottest pixel.
        uptakeRatio: mean counts over the view's median skeletal uptake.
        probability: of the network; None where a person drew or changed the outline.
        lesions: one or two, with their places in the views.
    """

    number: int
    views: tuple[ViewName, ...]
    site: Site
    status: ReviewStatus
    areaMm2: float
    maxCounts: float
    uptakeRatio: float
    probability: float | None
    lesions: tuple[Lesion, ...]

    @property
    def color(self) -> tuple[float, float, float]:
        """Of the status, each channel from 0 to 1."""
        red, green, blue = STATUS_COLOURS[self.status]
        return red / 255, green / 255, blue / 255


def rowOf(finding: Finding) -> FindingRow:
    """The row of a finding."""
    lesions = finding.lesions
    probabilities = [one.mean_probability for one in lesions]
    known = [value for value in probabilities if not math.isnan(value)]
    return FindingRow(
        number=finding.number,
        views=tuple(one.view for one in lesions),
        site=finding.site,
        status=statusOf(finding),
        areaMm2=max(one.area_mm2 for one in lesions),
        maxCounts=max(one.max_counts for one in lesions),
        uptakeRatio=max(one.uptake_ratio for one in lesions),
        probability=max(known) if known else None,
        lesions=lesions,
    )


def statusOf(finding: Finding) -> ReviewStatus:
    """Of a finding whose lesions were reviewed apart, the first in the order of the statuses."""
    statuses = [one.status for one in finding.lesions]
    return next(status for status in ReviewStatus if status in statuses)

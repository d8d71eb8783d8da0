"""Everything that a report says, gathered once; its writers only put it down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from BMLesionSegLib.exporting.report.extent import Shape, longest_diameter_mm, shape_of
from BMLesionSegLib.exporting.reported import Reported, ReportedLesion, ReportedView
from BMLesionSegLib.lesions import ReviewStatus, Side, Site
from BMLesionSegLib.quality import QualityReport
from BMLesionSegLib.quality.flag import FlagKind
from BMLesionSegLib.scan import ViewName

SUPERSCAN_SIGNS = (FlagKind.DIFFUSE_AXIAL, FlagKind.KIDNEYS_NOT_SEEN)


class Intensity(StrEnum):
    """Uptake in a word."""

    FAINT = "faint"
    MILD = "mild"
    MODERATE = "moderate"
    INTENSE = "intense"


INTENSITY_BELOW = {Intensity.FAINT: 1.2, Intensity.MILD: 2.0, Intensity.MODERATE: 4.0}
"""Upper ends, as ratios to the view's median skeletal uptake; our convention, for want of one."""


@dataclass(frozen=True)
class LesionFacts:
    """A lesion of one view.

    Attributes:
        reported: measured, with its status and origin.
        length_mm: the longest diameter of its outline.
    """

    reported: ReportedLesion
    length_mm: float

    @property
    def shape(self) -> Shape:
        """As a reader would say it."""
        return shape_of(self.length_mm, self.reported.lesion.area_mm2)

    @property
    def intensity(self) -> Intensity:
        """In a word; of the ratio as it is printed, with one decimal."""
        ratio = round(self.reported.lesion.uptake_ratio, 1)
        words = (word for word, end in INTENSITY_BELOW.items() if ratio < end)
        return next(words, Intensity.INTENSE)


@dataclass(frozen=True)
class FindingFacts:
    """One spot of the patient.

    Attributes:
        number: as drawn.
        lesions: one or two, anterior first.
    """

    number: int
    lesions: tuple[LesionFacts, ...]

    @property
    def clearest(self) -> LesionFacts:
        """From the view that shows the spot more clearly."""
        return max(self.lesions, key=lambda one: one.reported.lesion.uptake_ratio)

    @property
    def longest(self) -> LesionFacts:
        """From the view that shows it longer."""
        return max(self.lesions, key=lambda one: one.length_mm)

    @property
    def site(self) -> Site:
        """Level and side."""
        return self.clearest.reported.lesion.site

    @property
    def status(self) -> ReviewStatus:
        """Of the spot; where the views disagree, the one that asks for more care.

        Unreviewed before metastasis, before indeterminate, before benign.
        """
        said = {one.reported.lesion.status for one in self.lesions}
        return next(status for status in ReviewStatus if status in said)


@dataclass(frozen=True)
class ViewFacts:
    """A view.

    Attributes:
        name: anterior or posterior.
        evidence: how that was known.
        shape: rows, columns.
        spacing: mm between rows, columns.
        total_counts: of all pixels.
    """

    name: ViewName
    evidence: str
    shape: tuple[int, int]
    spacing: tuple[float, float]
    total_counts: float


@dataclass(frozen=True)
class ReportFacts:
    """What a report says, the patient's identity apart.

    Attributes:
        scan_name: never a patient's name.
        when: it was written.
        final: whether it may be signed.
        findings: by number.
        rejected: contours that the reader rejected.
        searched_by: name and version of the model that searched, empty where nothing says it.
        views: anterior first.
        quality: of the scan.
    """

    scan_name: str
    when: datetime
    final: bool
    findings: tuple[FindingFacts, ...]
    rejected: int
    searched_by: str
    views: tuple[ViewFacts, ...]
    quality: QualityReport

    @property
    def lesions(self) -> tuple[LesionFacts, ...]:
        """Of all findings, in their order."""
        return tuple(lesion for finding in self.findings for lesion in finding.lesions)

    @property
    def models(self) -> tuple[str, ...]:
        """Name and version of every model that searched or drew a contour."""
        said = {self.searched_by, *(one.reported.model for one in self.lesions)}
        return tuple(sorted(said - {""}))

    @property
    def unreviewed(self) -> int:
        """Findings that nobody has judged."""
        return sum(one.status is ReviewStatus.UNREVIEWED for one in self.findings)

    @property
    def superscan_signs(self) -> tuple[str, ...]:
        """Signs of diffuse disease, each once."""
        kinds = (flag.kind for flag in self.quality.flags if flag.kind in SUPERSCAN_SIGNS)
        return tuple(dict.fromkeys(kind.value for kind in kinds))

    @property
    def care(self) -> tuple[str, ...]:
        """Why the scan is to be read with care, each reason once."""
        reasons = (flag.kind.value for flag in self.quality.flags if flag.blocks_normal)
        return tuple(dict.fromkeys(reasons))


def report_facts(
    result: Reported, when: datetime, final: bool, searched_by: str = ""
) -> ReportFacts:
    """Gather what a report says.

    Args:
        result: what leaves of a scan.
        when: the moment of writing.
        final: whether it may be signed.
        searched_by: name and version of the model, for a result without lesions to name it.
    """
    return ReportFacts(
        scan_name=result.scan.name,
        when=when,
        final=final,
        findings=tuple(findings(result.views)),
        rejected=result.rejected,
        searched_by=searched_by,
        views=tuple(
            ViewFacts(
                view.name,
                view.evidence.kind.value,
                view.shape,
                view.spacing,
                result.quality.total_counts[view.name],
            )
            for view in result.scan
        ),
        quality=result.quality,
    )


def findings(views: Iterable[ReportedView]) -> list[FindingFacts]:
    """The lesions of all views by finding, in the order of the numbers."""
    by_number: dict[int, list[LesionFacts]] = {}
    for view in views:
        for one in view.lesions:
            mask = view.labels == one.lesion.number
            length = longest_diameter_mm(mask, view.view.spacing)
            by_number.setdefault(one.finding, []).append(LesionFacts(one, length))
    return [FindingFacts(number, tuple(found)) for number, found in sorted(by_number.items())]


def sides(found: Iterable[FindingFacts]) -> dict[Side, int]:
    """How many lie at each side of the patient."""
    all_sides = [one.site.side for one in found]
    return {side: all_sides.count(side) for side in Side if side in all_sides}

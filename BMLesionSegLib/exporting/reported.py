"""What leaves the workstation: the lesions of each view that nobody rejected, and one line."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from BMLesionSegLib.exporting.origin import (
    COUNTS_TAG,
    MODEL_TAG,
    Origin,
    counts_fingerprint,
    origin_of,
    origin_tags,
)
from BMLesionSegLib.exporting.segment import FINDING_TAG, Segment, lesion_segment
from BMLesionSegLib.inference import Segmentation
from BMLesionSegLib.lesions import Body, Labels, Lesion, ReviewStatus
from BMLesionSegLib.quality import QualityReport
from BMLesionSegLib.scan import BoneScan, View, ViewName


@dataclass(frozen=True)
class ReportedLesion:
    """A lesion as other programs see it.

    Attributes:
        lesion: measured; its number is its label in the view that leaves.
        finding: number of its finding; the same in both views, and the same before and after
            others were rejected.
        name: for the reader, e.g. "3P left chest".
        origin: who drew it.
        model: name and version of the model that drew it, empty if none did.
    """

    lesion: Lesion
    finding: int
    name: str
    origin: Origin
    model: str


@dataclass(frozen=True, eq=False)
class ReportedView:
    """A view with the lesions that leave.

    Attributes:
        view: as read.
        body: bool ``[row, column]``, the patient's outline.
        labels: int32 ``[row, column]``; 1 to n in the order of the lesions, 0 elsewhere.
        lesions: in the order of their labels.
    """

    view: View
    body: NDArray[np.bool_]
    labels: Labels
    lesions: tuple[ReportedLesion, ...]


@dataclass(frozen=True, eq=False)
class Reported:
    """A scan with the lesions that leave.

    Attributes:
        scan: as read.
        views: anterior first.
        rejected: lesions of all views that stay behind.
        quality: of the scan.
    """

    scan: BoneScan
    views: tuple[ReportedView, ...]
    rejected: int
    quality: QualityReport

    @property
    def headline(self) -> str:
        """The result in one line."""
        return headline(self.views, self.quality)

    @property
    def blocks_normal(self) -> bool:
        """Whether the scan's quality forbids to say "none found"."""
        return self.quality.blocks_normal


def view_segments(segmentation: Segmentation) -> dict[ViewName, tuple[Segment, ...]]:
    """The segments of each view of a run, in the order of its lesions."""
    record = segmentation.record
    finding_of = {
        (lesion.view, lesion.number): finding.number
        for finding in segmentation.findings
        for lesion in finding.lesions
    }
    segments: dict[ViewName, tuple[Segment, ...]] = {}
    for result in segmentation.views:
        drawn = []
        seen = {COUNTS_TAG: counts_fingerprint(result.view)}
        for lesion in result.lesions.lesions:
            segment = lesion_segment(lesion, finding_of[lesion.view, lesion.number])
            model = f"{record.model_name} {record.model_version}"
            made = origin_tags(model, result.lesions.labels == lesion.number) | seen
            drawn.append(replace(segment, tags=segment.tags | made))
        segments[result.view.name] = tuple(drawn)
    return segments


def reported(segmentation: Segmentation) -> Reported:
    """What leaves of a run."""
    segments = view_segments(segmentation)
    views = tuple(
        reported_view(
            result.view,
            result.body,
            result.lesions.labels,
            result.lesions.lesions,
            segments[result.view.name],
        )
        for result in segmentation.views
    )
    return Reported(segmentation.scan, views, 0, segmentation.quality)


def reported_view(
    view: View,
    body: Body,
    labels: Labels,
    lesions: Iterable[Lesion],
    segments: Iterable[Segment],
) -> ReportedView:
    """Leave out what was rejected, and number the rest from 1.

    Args:
        view: as read.
        body: the patient's outline.
        labels: ``[row, column]``, a lesion's number where it lies.
        lesions: with their status.
        segments: of these lesions, in the same order, each with its finding's number.
    """
    kept: list[ReportedLesion] = []
    renumbered = np.zeros(labels.shape, np.int32)
    for lesion, segment in zip(lesions, segments, strict=True):
        if lesion.status is ReviewStatus.REJECTED:
            continue
        mask = labels == lesion.number
        model = segment.tags.get(MODEL_TAG, "")
        name = plain(segment.name) or lesion.segment_id
        number = len(kept) + 1
        finding = int(segment.tags[FINDING_TAG])
        origin = origin_of(segment, mask)
        kept.append(ReportedLesion(replace(lesion, number=number), finding, name, origin, model))
        renumbered[mask] = number
    return ReportedView(view, body.mask, renumbered, tuple(kept))


def plain(text: str) -> str:
    """Text that any DICOM attribute takes: no control characters, no backslash."""
    allowed = (letter if letter.isprintable() and letter != "\\" else " " for letter in text)
    return " ".join("".join(allowed).split())


def headline(views: Iterable[ReportedView], quality: QualityReport) -> str:
    """The result in one line: lesions by status, or that none was found, and what to beware of."""
    statuses = [one.lesion.status for view in views for one in view.lesions]
    if not statuses:
        return quality.headline(0)
    counted = [
        f"{statuses.count(status)} {status}" for status in ReviewStatus if status in statuses
    ]
    reasons = dict.fromkeys(flag.kind for flag in quality.flags if flag.blocks_normal)
    care = f"; read with care: {', '.join(reasons)}" if reasons else ""
    return f"lesions in all views: {', '.join(counted)}{care}"

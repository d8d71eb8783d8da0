"""Corrected lesions keep the numbers of their findings; new ones get numbers of their own."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from BMLesionSegLib.exporting.segment import FINDING_TAG, Segment
from BMLesionSegLib.lesions import ViewLesions, pair_findings
from BMLesionSegLib.scan import View

Drawn = tuple[View, ViewLesions, Sequence[Segment]]
"""A view, its lesions and the segment of each lesion, in the same order."""


def numbered(views: Sequence[Drawn]) -> list[list[Segment]]:
    """The segments of each view, every one with its finding's number as a tag.

    A number that a segment brings along stays, so that a finding is called the same in every file
    and after others were rejected. In one view only the first segment of a number keeps it: a
    lesion split in two makes two findings. What has no number is paired across the views like the
    lesions of a run, and numbered after the highest.

    Args:
        views: one or two.
    """
    kept = {view.name: kept_numbers(segments) for view, _, segments in views}
    highest = max((number for numbers in kept.values() for number in numbers.values()), default=0)
    unnumbered = [(view, without(found, kept[view.name])) for view, found, _ in views]
    for finding in pair_findings(unnumbered):
        for lesion in finding.lesions:
            kept[lesion.view][lesion.number] = highest + finding.number
    return [
        [with_number(one, kept[view.name][one.label]) for one in segments]
        for view, _, segments in views
    ]


def kept_numbers(segments: Iterable[Segment]) -> dict[int, int]:
    """Finding's number by label, of the segments that bring one along."""
    numbers: dict[int, int] = {}
    for segment in segments:
        said = segment.tags.get(FINDING_TAG, "")
        if said.isdecimal() and int(said) > 0 and int(said) not in numbers.values():
            numbers[segment.label] = int(said)
    return numbers


def without(found: ViewLesions, numbers: dict[int, int]) -> ViewLesions:
    """The lesions whose labels have no number yet."""
    lesions = tuple(lesion for lesion in found.lesions if lesion.number not in numbers)
    return ViewLesions(found.labels, lesions)


def with_number(segment: Segment, number: int) -> Segment:
    """The segment with its finding's number."""
    return replace(segment, tags=segment.tags | {FINDING_TAG: str(number)})

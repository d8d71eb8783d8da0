"""The lesions of one view as they are now: read from the scene, measured by the library."""

from dataclasses import replace
from functools import cached_property

import numpy as np
import slicer

from BMLesionSegLib.exporting.corrected import status_of
from BMLesionSegLib.exporting.origin import Origin
from BMLesionSegLib.exporting.segment import FINDING_TAG, Segment
from BMLesionSegLib.lesions import Body, Lesion, NumberedLesion, find_body, measure_lesions
from BMLesionSegLib.scan import View
from BMLesionSegMRML.segment_tags import ALGORITHM_TYPE_TAG, PROBABILITY_TAG, tagOf
from BMLesionSegMRML.segmentations import (
    BINARY,
    DrawnView,
    SegmentationNode,
    drawnView,
    segmentsOf,
)

UNKNOWN = float("nan")


class MeasuredView:
    """One view and its segmentation; measures again only what was drawn anew.

    Attributes:
        view: the library's.
        node: its segmentation.
    """

    def __init__(self, view: View, node: SegmentationNode) -> None:
        self.view = view
        self.node = node
        self._measured: tuple[Lesion, ...] = ()
        self._labels: np.ndarray | None = None

    @cached_property
    def body(self) -> Body:
        """Its outline and midline."""
        return find_body(self.view)

    def pixelsState(self) -> tuple[tuple[str, str, int, int], ...]:
        """Differs whenever pixels of a segment may have changed; cheap to ask."""
        states = []
        for segmentId, segment in segmentsOf(self.node).items():
            image: slicer.vtkOrientedImageData | None = segment.GetRepresentation(BINARY)
            name, time = (image.GetAddressAsString(""), image.GetMTime()) if image else ("", 0)
            states.append((segmentId, name, time, segment.GetLabelValue()))
        return tuple(states)

    def drawn(self) -> DrawnView:
        """Label map and segments as they are now."""
        return drawnView(self.node)

    def lesions(self, drawn: DrawnView | None = None) -> list[NumberedLesion]:
        """Every lesion with pixels, in the order of the segments."""
        drawn = drawn or self.drawn()
        if self._labels is None or not np.array_equal(drawn.labels, self._labels):
            # A single number for the whole map: what is known is kept with the segments.
            unknown = np.full(self.view.shape, UNKNOWN, np.float32)
            self._measured = measure_lesions(self.view, self.body, drawn.labels, unknown)
            self._labels = drawn.labels
        return [
            self._numbered(lesion, segment)
            for lesion, segment in zip(self._measured, drawn.segments, strict=True)
        ]

    def _numbered(self, lesion: Lesion, segment: Segment) -> NumberedLesion:
        """A measured lesion with what is said of it."""
        said = segment.tags.get(FINDING_TAG, "")
        number = int(said) if said.isascii() and said.isdigit() and int(said) > 0 else None
        known = replace(
            lesion,
            segment_id=segment.segment_id,
            status=status_of(segment),
            mean_probability=self._probability(segment),
        )
        return NumberedLesion(known, number)

    def _probability(self, segment: Segment) -> float:
        """The network's, while the outline is still its own."""
        tagged = segmentsOf(self.node)[segment.segment_id]
        said = segment.tags.get(PROBABILITY_TAG, "")
        untouched = tagOf(tagged, ALGORITHM_TYPE_TAG) == Origin.AUTOMATIC.value
        return float(said) if said and untouched else UNKNOWN

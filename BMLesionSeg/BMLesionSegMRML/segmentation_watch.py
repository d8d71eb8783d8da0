"""Watches segmentations while they are reviewed, whoever changes them: editor, undo, script.

Keeps true what follows from the pixels and the status: who drew a segment, and that a rejected one
is hidden.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import slicer
from slicer.util import VTKObservationMixin

from BMLesionSegLib.exporting.segment import STATUS_TAG
from BMLesionSegLib.lesions import ReviewStatus
from BMLesionSegMRML.measured_view import MeasuredView
from BMLesionSegMRML.segment_tags import tagOf
from BMLesionSegMRML.segmentations import refreshOrigins, segmentsOf

EVENTS = (
    slicer.vtkSegmentation.SourceRepresentationModified,
    slicer.vtkSegmentation.SegmentAdded,
    slicer.vtkSegmentation.SegmentRemoved,
    slicer.vtkSegmentation.SegmentModified,
)
"""An undone edit announces itself by the last one only."""


class SegmentationWatch(VTKObservationMixin):
    """Tells after a change, once everything is true again."""

    def __init__(self, views: Iterable[MeasuredView], changed: Callable[[], None]) -> None:
        """Begin.

        Args:
            views: with their segmentations.
            changed: called without arguments after every change.
        """
        super().__init__()
        self._views = list(views)
        self._changed = changed
        self._busy = False
        self._pixels = dict.fromkeys(self._views, ())
        self._hidden = {view: set() for view in self._views}
        for view in self._views:
            for event in EVENTS:
                self.addObserver(view.node, event, self._modified)
        self.keepTrue()

    def stop(self) -> None:
        """Watch no more."""
        self.removeObservers()

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Many changes at once; what follows from them is done at the end, and told once."""
        try:
            with self.silent():
                yield
        finally:
            self._modified()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """A change from which nothing follows, and that nobody is told of."""
        self._busy = True
        try:
            yield
        finally:
            self._busy = False

    def keepTrue(self) -> None:
        """Origins and visibility as they follow from pixels and statuses."""
        with self.silent():
            for view in self._views:
                state = view.pixelsState()
                if state != self._pixels[view]:
                    refreshOrigins(view.node)
                    self._pixels[view] = state
                self._hideRejected(view)

    def _modified(self, _caller: object = None, _event: object = None) -> None:
        if self._busy:
            return
        self.keepTrue()
        self._changed()

    def _hideRejected(self, view: MeasuredView) -> None:
        display, hidden = view.node.GetDisplayNode(), self._hidden[view]
        if display is None:
            return
        for segmentId, segment in segmentsOf(view.node).items():
            rejected = tagOf(segment, STATUS_TAG) == ReviewStatus.REJECTED.value
            if rejected != (segmentId in hidden):
                display.SetSegmentVisibility(segmentId, not rejected)
                (hidden.add if rejected else hidden.discard)(segmentId)

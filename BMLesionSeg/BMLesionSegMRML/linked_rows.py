"""One height of the body stands at one height of the screen in all bone-scan views.

Slicer's own linking copies a pan only between views of one orientation, and the chosen volume with
it; here only the head-foot position and the scale are copied.
"""

from collections.abc import Sequence

import slicer
import vtk
from slicer.util import VTKObservationMixin

from BMLesionSegMRML.slice_plane import centre, moveCentre, setFieldHeight

AFTER_GUARD = 50.0
"""Observer priority: copy what the plane guard left, before anything is drawn."""


class LinkedRows(VTKObservationMixin):
    """Watches slice views; what one does along the body, the others do."""

    def __init__(self, sliceNodes: Sequence[slicer.vtkMRMLSliceNode]) -> None:
        super().__init__()
        self._sliceNodes = list(sliceNodes)
        self._busy = False
        for node in sliceNodes:
            event = vtk.vtkCommand.ModifiedEvent
            self.addObserver(node, event, self._follow, priority=AFTER_GUARD)

    def stop(self) -> None:
        """Let each view go its own way."""
        self.removeObservers()

    def _follow(self, leader: slicer.vtkMRMLSliceNode, _event: object) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            height = leader.GetFieldOfView()[1]
            _, _, s = centre(leader)
            for node in self._sliceNodes:
                if node is not leader:
                    if abs(node.GetFieldOfView()[1] - height) > 1e-6:
                        setFieldHeight(node, height)
                    r, a, _ = centre(node)
                    moveCentre(node, (r, a, s))
        finally:
            self._busy = False

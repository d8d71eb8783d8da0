"""Keeps a slice view on its scintigram: one plane, upright, the image in sight.

A scintigram is one slice thick. One turn of the wheel, an arrow key or a jump from another module
moves a slice view off it, and the view goes blank; this brings it back at once.
"""

import slicer
import vtk
from slicer.util import VTKObservationMixin

from BMLesionSegMRML.body_region import Region
from BMLesionSegMRML.slice_plane import centre, edges, moveCentre, refresh, showRegion
from BMLesionSegMRML.view_slots import ViewSlot, planeAxes

BEFORE_DRAWING = 100.0
"""Observer priority: whoever draws sees the corrected plane only."""


class PlaneGuard(VTKObservationMixin):
    """Watches one slice view while it shows one volume."""

    def __init__(
        self,
        slot: ViewSlot,
        sliceNode: slicer.vtkMRMLSliceNode,
        volume: slicer.vtkMRMLScalarVolumeNode,
        region: Region,
    ) -> None:
        """Keep the view on the volume; show the region now and whenever the view is resized."""
        super().__init__()
        self._axes = planeAxes(slot.viewName)
        self._orientation = slot.orientation
        self._sliceNode = sliceNode
        self._volume = volume
        self._region = region
        self._size = (0, 0)
        self._busy = False
        event = vtk.vtkCommand.ModifiedEvent
        self.addObserver(sliceNode, event, self._keep, priority=BEFORE_DRAWING)
        self._keep()

    def stop(self) -> None:
        """Let the view go where it likes."""
        self.removeObservers()

    def _keep(self, _caller: object = None, _event: object = None) -> None:
        if self._busy:
            return
        self._busy = True
        try:
            self._keepOrientation()
            size = tuple(self._sliceNode.GetDimensions()[:2])
            if size != self._size:
                self._size = size
                showRegion(self._sliceNode, self._region.r, self._region.s)
            self._keepInSight()
        finally:
            self._busy = False

    def _keepOrientation(self) -> None:
        matrix = self._sliceNode.GetSliceToRAS()
        turned = any(
            abs(matrix.GetElement(row, column) - self._axes.GetElement(row, column)) > 1e-6
            for row in range(3)
            for column in range(3)
        )
        if turned:
            self._sliceNode.SetOrientation(self._orientation)
            refresh(self._sliceNode)

    def _keepInSight(self) -> None:
        """The plane is the image's, and the middle of the view lies on the patient."""
        r, _, s = centre(self._sliceNode)
        _, (back, front), _ = edges(self._volume)
        moveCentre(
            self._sliceNode,
            (within(r, self._region.r), (back + front) / 2, within(s, self._region.s)),
        )


def within(value: float, limits: tuple[float, float]) -> float:
    """The nearest value between two limits."""
    return min(max(value, limits[0]), limits[1])

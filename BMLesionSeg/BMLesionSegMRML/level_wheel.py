"""The mouse wheel sets the upper level; a scintigram has no slices to leaf through."""

from collections.abc import Callable

import vtk

STEP = 1.1
"""Ratio of two neighbouring levels."""
FACTORS = {"MouseWheelForwardEvent": 1 / STEP, "MouseWheelBackwardEvent": STEP}
"""Forward darkens."""
BEFORE_SLICER = 10.0
"""Observer priority: Slicer's own handler would leave the plane."""


class LevelWheel:
    """Listens to one view's interactor."""

    def __init__(
        self, interactor: vtk.vtkRenderWindowInteractor, change: Callable[[float], None]
    ) -> None:
        """Call ``change`` with the factor for the upper level."""
        self._interactor = interactor
        self._change = change
        self._tags = {
            event: interactor.AddObserver(event, self._turned, BEFORE_SLICER) for event in FACTORS
        }

    def remove(self) -> None:
        """Listen no more."""
        for tag in self._tags.values():
            self._interactor.RemoveObserver(tag)

    def _turned(self, interactor: vtk.vtkRenderWindowInteractor, event: str) -> None:
        if interactor.GetControlKey() or interactor.GetShiftKey():
            return  # Slicer's zoom and brush size
        interactor.GetCommand(self._tags[event]).SetAbortFlag(True)
        self._change(FACTORS[event])

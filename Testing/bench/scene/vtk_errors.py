"""What VTK prints: recorded, so that a test can fail on it."""

from functools import cache

import vtk


class VtkErrors:
    """Every error and warning that VTK has printed since the last look."""

    def __init__(self) -> None:
        self._messages: list[str] = []
        self._window = vtk.vtkStringOutputWindow()
        for event in ("ErrorEvent", "WarningEvent"):
            self._window.AddObserver(event, self._record)
        vtk.vtkOutputWindow.SetInstance(self._window)

    def take(self) -> list[str]:
        """The messages, forgotten afterwards."""
        messages, self._messages = self._messages, []
        return messages

    @vtk.calldata_type(vtk.VTK_STRING)
    def _record(self, _window: vtk.vtkObject, _event: str, message: str) -> None:
        self._messages.append(message.strip())


@cache
def vtk_errors() -> VtkErrors:
    """The process's one recorder: VTK has one output window."""
    return VtkErrors()

"""The drawn side of a slice view, as the application's layout manager hands it out."""

from collections.abc import Callable
from typing import Any

import slicer

from BMLesionSegMRML.halo import Halo
from BMLesionSegMRML.level_wheel import LevelWheel
from BMLesionSegMRML.side_letters import SideLetters
from BMLesionSegMRML.view_slots import ViewSlot

WHITE = (1.0, 1.0, 1.0)


class SliceWindow:
    """Letters, halo, white background and wheel of one view."""

    def __init__(
        self,
        slot: ViewSlot,
        sliceNode: slicer.vtkMRMLSliceNode,
        sliceView: Any,
        changeLevel: Callable[[float], None],
    ) -> None:
        window = sliceView.renderWindow()
        self._view = sliceView
        # Inverted grey on Slicer's black ground would put a black frame around a white scan.
        renderers = window.GetRenderers()
        for index in range(renderers.GetNumberOfItems()):
            renderers.GetItemAsObject(index).SetBackground(*WHITE)
        allowBrowsing(sliceView, False)
        renderer = renderers.GetFirstRenderer()
        self._letters = SideLetters(slot, renderer)
        self.halo = Halo(sliceNode, renderer)
        self._wheel = LevelWheel(window.GetInteractor(), changeLevel)
        self.render()

    def render(self) -> None:
        """Draw again, soon."""
        self._view.scheduleRender()

    def remove(self) -> None:
        """Take our drawings and our hands off."""
        self._letters.remove()
        self.halo.remove()
        self._wheel.remove()
        allowBrowsing(self._view, True)
        self.render()


def sliceView(slot: ViewSlot) -> Any | None:
    """The application's widget of a slot; None without a window, or while the slot is not shown."""
    manager = slicer.app.layoutManager()
    widget = manager.sliceWidget(slot.tag) if manager is not None else None
    return widget.sliceView() if widget is not None else None


def allowBrowsing(sliceView: Any, allowed: bool) -> None:
    """Whether keys and wheel leaf through slices in this view."""
    crosshair = sliceView.displayableManagerByClassName("vtkMRMLCrosshairDisplayableManager")
    widget = crosshair.GetSliceIntersectionWidget() if crosshair is not None else None
    if widget is not None:
        widget.SetActionEnabled(widget.ActionBrowseSlice, allowed)

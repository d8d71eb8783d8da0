"""The application's layout manager without its window."""

import atexit
from functools import cache

import slicer
import vtk

from Testing.bench.views.slice_widget import SliceWidget

CONVENTIONAL = 2
"""Slicer's own layout at start: the user's, until ours is shown."""
VIEW_SIZE = (360, 900)


class OffscreenLayoutManager:
    """Makes a slice widget for each slice view of the current layout, as the application does."""

    def __init__(self, scene: slicer.vtkMRMLScene, size: tuple[int, int] = VIEW_SIZE) -> None:
        self._size = size
        self._widgets: dict[str, SliceWidget] = {}
        self._logic = slicer.vtkMRMLLayoutLogic()
        self._logic.SetMRMLScene(scene)
        node = self._logic.GetLayoutNode()
        node.SetViewArrangement(CONVENTIONAL)
        node.AddObserver(vtk.vtkCommand.ModifiedEvent, self._arranged)
        self._arranged()

    def layoutLogic(self) -> slicer.vtkMRMLLayoutLogic:  # noqa: N802
        """Makes the views' nodes."""
        return self._logic

    def sliceViewNames(self) -> tuple[str, ...]:  # noqa: N802
        """Names of all slice views made so far."""
        return tuple(self._widgets)

    def sliceWidget(self, name: str) -> SliceWidget | None:  # noqa: N802
        """The slice view of that name, once a layout has shown it."""
        return self._widgets.get(name)

    def shown(self) -> list[SliceWidget]:
        """The current layout's slice views, in its order."""
        return [self._widgets[name] for name in self._current()]

    def close(self) -> None:
        """Let go of the scene, or VTK ends with a crash."""
        for widget in self._widgets.values():
            widget.close()
        self._widgets = {}
        self._logic.SetMRMLScene(None)

    def _current(self) -> list[str]:
        nodes = self._logic.GetViewNodes()
        found = [nodes.GetItemAsObject(index) for index in range(nodes.GetNumberOfItems())]
        return [node.GetLayoutName() for node in found if isinstance(node, slicer.vtkMRMLSliceNode)]

    def _arranged(self, _caller: object = None, _event: object = None) -> None:
        nodes = self._logic.GetViewNodes()
        for index in range(nodes.GetNumberOfItems()):
            node = nodes.GetItemAsObject(index)
            if isinstance(node, slicer.vtkMRMLSliceNode) and (
                node.GetLayoutName() not in self._widgets
            ):
                self._widgets[node.GetLayoutName()] = SliceWidget(node, self._size)


@cache
def offscreen_layout_manager() -> OffscreenLayoutManager:
    """The process's one layout manager; a script finds it as ``slicer.app.layoutManager()``."""
    manager = OffscreenLayoutManager(slicer.mrmlScene)
    atexit.register(manager.close)
    return manager

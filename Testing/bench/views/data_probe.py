"""``slicer.modules.DataProbeInstance``: writes the patient's name into every slice view's corner.

As hostile as the application's: it writes anew whenever the mouse moves or a layout is chosen, and
knows nothing of whose layout that is. One switch, for all views.
"""

from types import SimpleNamespace

import vtk

from Testing.bench.views.layout_manager import OffscreenLayoutManager

NAME = "DOE^JANE"
UPPER_LEFT = 2


class SliceAnnotations:
    """The part that scripts are told to switch."""

    def __init__(self, manager: OffscreenLayoutManager) -> None:
        self.sliceViewAnnotationsEnabled = True
        self._manager = manager
        self._texts: dict[str, tuple[vtk.vtkRenderer, vtk.vtkCornerAnnotation]] = {}
        self._layout_node = manager.layoutLogic().GetLayoutNode()
        event = vtk.vtkCommand.ModifiedEvent
        self._tag = self._layout_node.AddObserver(event, self.mouse_moves)

    def updateSliceViewFromGUI(self) -> None:  # noqa: N802
        """Every view there is: its text, or none."""
        for name in self._manager.sliceViewNames():
            if name not in self._texts:
                window = self._manager.sliceWidget(name).sliceView().renderWindow()
                renderer = window.GetRenderers().GetFirstRenderer()
                text = vtk.vtkCornerAnnotation()
                text.GetTextProperty().SetColor(0, 0, 0)
                renderer.AddViewProp(text)
                self._texts[name] = renderer, text
            self._texts[name][1].SetText(
                UPPER_LEFT, NAME if self.sliceViewAnnotationsEnabled else ""
            )

    def mouse_moves(self, *_: object) -> None:
        """While it is switched on, the probe writes again."""
        if self.sliceViewAnnotationsEnabled:
            self.updateSliceViewFromGUI()

    def close(self) -> None:
        """Leave the views as they were."""
        self._layout_node.RemoveObserver(self._tag)
        for renderer, text in self._texts.values():
            renderer.RemoveViewProp(text)


def data_probe(manager: OffscreenLayoutManager) -> SimpleNamespace:
    """The module's instance, as far as scripts reach into it."""
    return SimpleNamespace(infoWidget=SimpleNamespace(sliceAnnotations=SliceAnnotations(manager)))

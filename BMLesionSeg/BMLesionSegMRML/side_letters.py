"""R and L at the edges of a slice view, its name at the foot, as actors of our own.

Slicer's corner texts are rewritten by its data probe, which also prints the patient's name there.
"""

import vtk

from BMLesionSegMRML.view_slots import ViewSlot

EDGE = 0.02
HEIGHT = 0.5
"""Of the view: half-way down, clear of the corner texts."""
NAME_HEIGHT = 0.03
FONT_SIZE = 22
INK = (0.25, 0.25, 0.28)


class SideLetters:
    """The patient's sides and the view's name in one renderer."""

    def __init__(self, slot: ViewSlot, renderer: vtk.vtkRenderer) -> None:
        self._renderer = renderer
        left, right = slot.letters
        self._actors = [
            text(left, EDGE, HEIGHT, "Left"),
            text(right, 1 - EDGE, HEIGHT, "Right"),
            text(slot.label, 0.5, NAME_HEIGHT, "Centered"),
        ]
        for actor in self._actors:
            renderer.AddViewProp(actor)

    def remove(self) -> None:
        """Take them away."""
        for actor in self._actors:
            self._renderer.RemoveViewProp(actor)


def text(words: str, x: float, y: float, side: str) -> vtk.vtkTextActor:
    """Words at a fraction of the view's width and height, aligned to that side."""
    actor = vtk.vtkTextActor()
    actor.SetInput(words)
    actor.GetPositionCoordinate().SetCoordinateSystemToNormalizedViewport()
    actor.SetPosition(x, y)
    style = actor.GetTextProperty()
    style.SetFontFamilyToArial()
    style.SetFontSize(FONT_SIZE)
    style.BoldOn()
    style.SetColor(*INK)
    getattr(style, f"SetJustificationTo{side}")()
    style.SetVerticalJustificationToCentered()
    return actor

"""The four slice views of the bone-scan layout, and how a plane lies in each."""

from dataclasses import dataclass

import slicer
import vtk

PLANE_AXES = {
    # Columns: screen right, screen up, towards the viewer; in RAS. A view stands as acquired:
    # anterior as the patient is met, posterior as seen from behind.
    "anterior": ((-1, 0, 0), (0, 0, 1), (0, 1, 0)),
    "posterior": ((1, 0, 0), (0, 0, 1), (0, -1, 0)),
}


@dataclass(frozen=True)
class ViewSlot:
    """One place in the layout.

    Attributes:
        tag: singleton tag of its slice node; never one of Slicer's own (Red, Green).
        viewName: "anterior" or "posterior".
        label: what its bar shows.
        group: view group; each its own, so that no click here moves another view's plane.
        hotSpots: shows the higher upper level of dual intensity.
    """

    tag: str
    viewName: str
    label: str
    group: int
    hotSpots: bool = False

    @property
    def orientation(self) -> str:
        """Name of the orientation preset."""
        return self.viewName.capitalize()

    @property
    def letters(self) -> tuple[str, str]:
        """The patient's side at the left and at the right of the screen."""
        return ("R", "L") if self.viewName == "anterior" else ("L", "R")


MAIN_SLOTS = (
    ViewSlot("BMLesionSegAnterior", "anterior", "ANT", 71801),
    ViewSlot("BMLesionSegPosterior", "posterior", "POST", 71802),
)
HOT_SPOT_SLOTS = (
    ViewSlot("BMLesionSegAnteriorHotSpots", "anterior", "ANT hot spots", 71803, hotSpots=True),
    ViewSlot("BMLesionSegPosteriorHotSpots", "posterior", "POST hot spots", 71804, hotSpots=True),
)


def addOrientations(scene: slicer.vtkMRMLScene) -> None:
    """Teach every slice node, present and future, how the two views stand.

    Slicer's own "Coronal" follows the user's left-right convention and would mirror a view.
    """
    default = scene.GetDefaultNodeByClass("vtkMRMLSliceNode")
    nodes = [default] if default else []
    for node in [*nodes, *slicer.util.getNodesByClass("vtkMRMLSliceNode", scene)]:
        for viewName in PLANE_AXES:
            name = viewName.capitalize()
            if not node.HasSliceOrientationPreset(name):
                node.AddSliceOrientationPreset(name, planeAxes(viewName))


def planeAxes(viewName: str) -> vtk.vtkMatrix3x3:
    """Slice axes to RAS."""
    matrix = vtk.vtkMatrix3x3()
    for column, axis in enumerate(PLANE_AXES[viewName]):
        for row, value in enumerate(axis):
            matrix.SetElement(row, column, value)
    return matrix


def sliceNode(scene: slicer.vtkMRMLScene, slot: ViewSlot) -> slicer.vtkMRMLSliceNode | None:
    """The slot's slice node; None before its layout was shown for the first time."""
    return scene.GetSingletonNode(slot.tag, "vtkMRMLSliceNode")


def compositeNode(
    scene: slicer.vtkMRMLScene, slot: ViewSlot
) -> slicer.vtkMRMLSliceCompositeNode | None:
    """The node that says which volume the slot shows; None before it was shown."""
    node = sliceNode(scene, slot)
    return slicer.vtkMRMLSliceLogic.GetSliceCompositeNode(node) if node is not None else None

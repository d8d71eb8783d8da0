"""Lesions as contours, drawn only in the views of their own side.

Slicer draws a segmentation in every slice view whose plane it meets. All scans lie in the same two
planes, so without care the lesions of one scan would be ghosts on another.
"""

from collections.abc import Mapping, Sequence

import slicer

from BMLesionSegMRML.view_slots import ViewSlot

LINE_WIDTH = 2

SegmentationNode = slicer.vtkMRMLSegmentationNode
SliceNode = slicer.vtkMRMLSliceNode


class ContourDisplay:
    """The segmentations of the scan that is shown, and how all others are kept out of its views."""

    def __init__(self, scene: slicer.vtkMRMLScene) -> None:
        self._scene = scene
        self._keptOut: list[SegmentationNode] = []
        self.segmentations: dict[str, SegmentationNode] = {}

    def show(
        self, segmentations: Mapping[str, SegmentationNode], views: Mapping[ViewSlot, SliceNode]
    ) -> None:
        """Draw each view's own lesions in it, and nothing else.

        Args:
            segmentations: by "anterior" and "posterior".
            views: the slice nodes of the layout.
        """
        self.release()
        self.segmentations = dict(segmentations)
        for name, segmentation in segmentations.items():
            own = [node for slot, node in views.items() if slot.viewName == name]
            showAsContours(segmentation, own)
        self._keptOut = [
            other
            for other in slicer.util.getNodesByClass("vtkMRMLSegmentationNode", self._scene)
            if other not in self.segmentations.values() and keepOut(other, list(views.values()))
        ]

    def setVisible(self, visible: bool) -> None:
        """Show or hide the scan's contours."""
        for segmentation in self.segmentations.values():
            if segmentation.GetScene() is not None:
                segmentation.GetDisplayNode().SetVisibility(visible)

    def release(self) -> None:
        """Let every segmentation be drawn in whichever view meets it, as Slicer does."""
        changed = [*self.segmentations.values(), *self._keptOut]
        for display in [node.GetDisplayNode() for node in changed if node.GetScene() is not None]:
            display.RemoveAllViewNodeIDs()
        self.setVisible(True)
        self.segmentations, self._keptOut = {}, []


def showAsContours(segmentation: SegmentationNode, sliceNodes: Sequence[SliceNode]) -> None:
    """Outlines without filling, in these slice views and in no other view."""
    if segmentation.GetDisplayNode() is None:
        segmentation.CreateDefaultDisplayNodes()
    display = segmentation.GetDisplayNode()
    with slicer.util.NodeModify(display):
        display.SetVisibility(True)
        display.SetVisibility2D(True)
        display.SetVisibility2DFill(False)
        display.SetVisibility2DOutline(True)
        display.SetVisibility3D(False)
        display.SetOpacity2DOutline(1.0)
        display.SetSliceIntersectionThickness(LINE_WIDTH)
        display.RemoveAllViewNodeIDs()
        for node in sliceNodes:
            display.AddViewNodeID(node.GetID())


def keepOut(segmentation: SegmentationNode, sliceNodes: Sequence[SliceNode]) -> bool:
    """Draw it in every view but these; one that has views of its own already is left alone.

    Returns:
        Whether anything was changed.
    """
    display = segmentation.GetDisplayNode()
    if display is None or display.GetNumberOfViewNodeIDs():
        return False
    ours = {node.GetID() for node in sliceNodes}
    with slicer.util.NodeModify(display):
        for view in slicer.util.getNodesByClass("vtkMRMLAbstractViewNode"):
            if view.GetID() not in ours:
                display.AddViewNodeID(view.GetID())
    return True

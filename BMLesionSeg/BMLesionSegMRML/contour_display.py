"""Lesions as contours, drawn only in the views of their own side.

Slicer draws a segmentation in every slice view whose plane it meets; a lesion of the anterior view
shown in the posterior one would be a ghost.
"""

from collections.abc import Sequence

import slicer

LINE_WIDTH = 2


def showAsContours(
    segmentation: slicer.vtkMRMLSegmentationNode, sliceNodes: Sequence[slicer.vtkMRMLSliceNode]
) -> None:
    """Outlines without filling, in these slice views and in no other view."""
    display = displayOf(segmentation)
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


def setVisible(segmentation: slicer.vtkMRMLSegmentationNode, visible: bool) -> None:
    """Show or hide the contours."""
    displayOf(segmentation).SetVisibility(visible)


def showEverywhere(segmentation: slicer.vtkMRMLSegmentationNode) -> None:
    """Contours again in whichever view meets them, as any other segmentation."""
    display = displayOf(segmentation)
    display.SetVisibility(True)
    display.RemoveAllViewNodeIDs()


def displayOf(
    segmentation: slicer.vtkMRMLSegmentationNode,
) -> slicer.vtkMRMLSegmentationDisplayNode:
    """The display node, made if there is none."""
    if segmentation.GetDisplayNode() is None:
        segmentation.CreateDefaultDisplayNodes()
    return segmentation.GetDisplayNode()

"""Subject hierarchy items for data nodes, as the application's Qt plugins make them."""

import slicer
import vtk


class HierarchyKeeper:
    """Creates an item when a data node is added, and removes it with the node."""

    def __init__(self, scene: slicer.vtkMRMLScene) -> None:
        scene.AddObserver(slicer.vtkMRMLScene.NodeAddedEvent, self._added)
        scene.AddObserver(slicer.vtkMRMLScene.NodeAboutToBeRemovedEvent, self._about_to_be_removed)

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def _added(self, scene: slicer.vtkMRMLScene, _event: str, node: slicer.vtkMRMLNode) -> None:
        # A scene being read brings its items along.
        if not is_shown(node) or scene.IsImporting():
            return
        hierarchy = scene.GetSubjectHierarchyNode()
        if not hierarchy.GetItemByDataNode(node):
            hierarchy.CreateItem(hierarchy.GetSceneItemID(), node)

    @vtk.calldata_type(vtk.VTK_OBJECT)
    def _about_to_be_removed(
        self, scene: slicer.vtkMRMLScene, _event: str, node: slicer.vtkMRMLNode
    ) -> None:
        # A scene that closes loses its hierarchy as a whole.
        if not is_shown(node) or scene.IsClosing():
            return
        hierarchy = scene.GetSubjectHierarchyNode()
        item = hierarchy.GetItemByDataNode(node)
        if item:
            # The node itself is on its way out already, its children stay.
            hierarchy.RemoveItem(item, False, False)


def is_shown(node: slicer.vtkMRMLNode) -> bool:
    """Whether the hierarchy lists a node of this kind."""
    kinds = (slicer.vtkMRMLVolumeNode, slicer.vtkMRMLSegmentationNode, slicer.vtkMRMLTableNode)
    return isinstance(node, (*kinds, slicer.vtkMRMLMarkupsNode)) and not node.GetHideFromEditors()

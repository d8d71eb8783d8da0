"""Where a node stands in the subject hierarchy."""

import slicer


def putIntoStudy(node: slicer.vtkMRMLNode, volumeNode: slicer.vtkMRMLVolumeNode) -> None:
    """Put a node beside a volume, into the same study; without a hierarchy nothing happens.

    Slicer's DICOM export takes patient and study from there.
    """
    hierarchy = slicer.mrmlScene.GetSubjectHierarchyNode()
    if hierarchy is None:
        return
    item = hierarchy.GetItemByDataNode(volumeNode)
    if not item:
        return
    parent = hierarchy.GetItemParent(item)
    own = hierarchy.GetItemByDataNode(node) or hierarchy.CreateItem(parent, node)
    hierarchy.SetItemParent(own, parent)

"""``slicer.app.coreIOManager()``: scenes, volumes and segmentations from and to files."""

from typing import Any

import slicer
import vtk


class CoreIOManager:
    """The file types that the module's scripts load and save."""

    def __init__(self, scene: slicer.vtkMRMLScene) -> None:
        self._scene = scene

    def fileType(self, path: str) -> str:  # noqa: N802
        """By the end of the name."""
        if path.endswith((".mrb", ".mrml")):
            return "SceneFile"
        return "SegmentationFile" if path.endswith(".seg.nrrd") else "VolumeFile"

    def fileWriterFileType(self, node: slicer.vtkMRMLNode) -> str:  # noqa: N802
        """The type that a node is written as."""
        is_segmentation = isinstance(node, slicer.vtkMRMLSegmentationNode)
        return "SegmentationFile" if is_segmentation else "VolumeFile"

    def loadNodes(  # noqa: N802
        self,
        file_type: str,
        properties: dict[str, Any],
        loaded: vtk.vtkCollection | None = None,
        messages: slicer.vtkMRMLMessageCollection | None = None,
    ) -> bool:
        """Load a file; the loaded node goes into ``loaded``."""
        path = properties["fileName"]
        if file_type == "SceneFile":
            return self._load_scene(path, properties, messages)
        node = self._load_node(file_type, path, properties)
        if node is not None and loaded is not None:
            loaded.AddItem(node)
        return node is not None

    def saveNodes(  # noqa: N802
        self,
        file_type: str,
        properties: dict[str, Any],
        messages: slicer.vtkMRMLMessageCollection | None = None,
    ) -> bool:
        """Save the scene, or the node of ``properties["nodeID"]``."""
        path = properties["fileName"]
        if file_type == "SceneFile":
            if path.endswith(".mrb"):
                return bool(self._scene.WriteToMRB(path, None, messages))
            return bool(self._scene.Commit(path))
        node = self._scene.GetNodeByID(properties["nodeID"])
        if node.GetStorageNode() is None:
            node.AddDefaultStorageNode()
        storage = node.GetStorageNode()
        storage.SetFileName(path)
        return bool(storage.WriteData(node))

    def _load_scene(
        self, path: str, properties: dict[str, Any], messages: slicer.vtkMRMLMessageCollection
    ) -> bool:
        if properties.get("clear", False):
            self._scene.Clear(0)
        if path.endswith(".mrb"):
            return bool(self._scene.ReadFromMRB(path, False, messages))
        self._scene.SetURL(path)
        return bool(self._scene.Import(messages))

    def _load_node(
        self, file_type: str, path: str, properties: dict[str, Any]
    ) -> slicer.vtkMRMLNode | None:
        logic = slicer.modules
        if file_type == "SegmentationFile":
            return logic.segmentations.logic().LoadSegmentationFromFile(path, True)
        name = properties.get("name") or path.rsplit("/", 1)[-1].split(".")[0]
        node = logic.volumes.logic().AddArchetypeVolume(path, name)
        if node is not None and properties.get("show", True):
            # The application shows what was loaded, in every slice view that lets it.
            selection = slicer.app.applicationLogic().GetSelectionNode()
            selection.SetActiveVolumeID(node.GetID())
            slicer.app.applicationLogic().PropagateVolumeSelection()
        return node

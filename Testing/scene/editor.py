"""A Segment Editor without its widget: the logic that the widget itself stands on."""

import numpy as np
import slicer

from BMLesionSegMRML.segmentations import labelImage, volumeOf


class Editor:
    """Edits one segmentation as a person does, with undo."""

    def __init__(self, node) -> None:
        self.node = node
        self.logic = slicer.vtkSlicerSegmentEditorLogic()
        self.logic.SetMRMLScene(slicer.mrmlScene)
        self.editorNode = slicer.mrmlScene.AddNewNodeByClass("vtkMRMLSegmentEditorNode")
        self.logic.SetSegmentEditorNode(self.editorNode)
        self.logic.SetSegmentationNode(node)
        self.logic.SetSourceVolumeNode(volumeOf(node))

    def save(self) -> None:
        """What an editor does before every action."""
        self.logic.SaveStateForUndo()

    def paint(self, segment_id: str, rows: slice, columns: slice) -> None:
        """Add a rectangle to a segment."""
        self._modify(segment_id, rows, columns, self.logic.ModificationModeAdd)

    def erase(self, segment_id: str, rows: slice, columns: slice) -> None:
        """Take a rectangle away."""
        self._modify(segment_id, rows, columns, self.logic.ModificationModeRemove)

    def undo(self) -> None:
        """Take back the last action."""
        assert self.logic.CanUndo()
        self.logic.Undo()

    def redo(self) -> None:
        """Do it again."""
        self.logic.Redo()

    def _modify(self, segment_id: str, rows: slice, columns: slice, mode: int) -> None:
        volume = volumeOf(self.node)
        mask = np.zeros(slicer.util.arrayFromVolume(volume).shape[1:], np.int32)
        mask[rows, columns] = 1
        self.editorNode.SetSelectedSegmentID(segment_id)
        self.save()
        self.logic.ModifySegmentByLabelmap(
            self.node, segment_id, labelImage(mask, volume), mode, False, True
        )

"""``slicer.qMRMLSegmentEditorWidget`` over MRML's own editor logic: real masks, real undo.

The look is a frame with buttons; what is real is the segmentation, its history and the order of
calls that the application's widget insists on.
"""

from typing import Any

import slicer
from PySide6 import QtWidgets


class qMRMLSegmentEditorWidget(QtWidgets.QWidget):  # noqa: N801
    """One editor. Its undo steps end with ``setSegmentationNode``, as in Slicer."""

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._logic = slicer.vtkSlicerSegmentEditorLogic()
        self._scene: slicer.vtkMRMLScene | None = None
        self._node: slicer.vtkMRMLSegmentEditorNode | None = None
        self._effects: list[str] = []
        self.autoShowSourceVolumeNode = True
        self.jumpToSelectedSegmentEnabled = True
        self.show3DButtonVisible = True
        self.unorderedEffectsVisible = True
        self.defaultTerminologyEntrySettingsKey = "Segmentations/DefaultTerminologyEntry"
        self.defaultTerminologyEntry = ""
        self.shortcuts_installed = self.views_observed = False
        self.active_effect: str | None = None
        layout = QtWidgets.QVBoxLayout(self)
        frame = QtWidgets.QFrame(self)
        frame.setObjectName("SegmentsTableResizableFrame")
        self._buttons = QtWidgets.QWidget(self)
        grid = QtWidgets.QGridLayout(self._buttons)
        grid.setColumnStretch(4, 1)
        for one in (layout, grid):
            one.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
        layout.addWidget(self._buttons)

    def setMRMLSegmentEditorNode(self, node: slicer.vtkMRMLSegmentEditorNode | None) -> None:  # noqa: N802
        """Before the scene, or the application's shared editor node is taken."""
        self._node = node
        self._logic.SetSegmentEditorNode(node)

    def mrmlSegmentEditorNode(self) -> slicer.vtkMRMLSegmentEditorNode | None:  # noqa: N802
        """The parameters of this editor."""
        return self._node

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:  # noqa: N802
        """Needs an editor node of its own first."""
        if scene is not None and self._node is None:
            raise RuntimeError("setMRMLSegmentEditorNode comes before setMRMLScene")
        self._scene = scene
        self._logic.SetMRMLScene(scene)

    def setSegmentationNode(self, node: slicer.vtkMRMLSegmentationNode | None) -> None:  # noqa: N802
        """Edit this one; all undo steps are forgotten."""
        if self._node is None:
            return
        if node is not self._node.GetSegmentationNode():
            self._logic.SetSegmentationNode(node)
            self._logic.ClearUndoState()

    def segmentationNode(self) -> slicer.vtkMRMLSegmentationNode | None:  # noqa: N802
        """What is edited."""
        return self._node.GetSegmentationNode() if self._node is not None else None

    def setSourceVolumeNode(self, node: slicer.vtkMRMLScalarVolumeNode | None) -> None:  # noqa: N802
        """The picture that is painted on."""
        if self._node is not None:
            self._logic.SetSourceVolumeNode(node)

    def setEffectNameOrder(self, names: list[str]) -> None:  # noqa: N802
        """One button an effect."""
        self._effects = list(names)
        grid = self._buttons.layout()
        for place, name in enumerate(names):
            button = QtWidgets.QToolButton(self._buttons)
            button.setText(name)
            grid.addWidget(button, place // 4, place % 4)

    def effectNameOrder(self) -> list[str]:  # noqa: N802
        """As set."""
        return self._effects

    def setActiveEffect(self, effect: Any) -> None:  # noqa: N802
        """None puts the tool down."""
        self.active_effect = effect

    def setActiveEffectByName(self, name: str) -> None:  # noqa: N802
        """Take up a tool."""
        if name not in self._effects:
            raise ValueError(f"the editor has no effect {name}")
        self.active_effect = name

    def installKeyboardShortcuts(self) -> None:  # noqa: N802
        """On the main window."""
        self.shortcuts_installed = True

    def uninstallKeyboardShortcuts(self) -> None:  # noqa: N802
        """Off again."""
        self.shortcuts_installed = False

    def setupViewObservations(self) -> None:  # noqa: N802
        """Listen to the mouse in the views."""
        self.views_observed = True

    def removeViewObservations(self) -> None:  # noqa: N802
        """Stop listening."""
        self.views_observed = False

    def saveStateForUndo(self) -> None:  # noqa: N802
        """Remember the segmentation as it is."""
        self._logic.SaveStateForUndo()

    def undo(self) -> None:
        """Back to the remembered state."""
        if self._logic.CanUndo():
            self._logic.Undo()

    def redo(self) -> None:
        """Forward again."""
        if self._logic.CanRedo():
            self._logic.Redo()

    maximumNumberOfUndoStates = property(  # noqa: N815
        lambda self: self._logic.GetMaximumNumberOfUndoStates(),
        lambda self, states: self._logic.SetMaximumNumberOfUndoStates(states),
    )

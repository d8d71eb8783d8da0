"""``slicer.qMRML*``: the widgets that show MRML nodes, with the members that the module uses."""

from typing import Any

import slicer
from PySide6 import QtCore, QtWidgets


class qMRMLWidget(QtWidgets.QWidget):  # noqa: N801
    """A widget that hands its scene on."""

    mrmlSceneChanged = QtCore.Signal(object)  # noqa: N815

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: slicer.vtkMRMLScene | None = None

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:  # noqa: N802
        """Show this scene; children hear of it only through connections of the .ui file."""
        self._scene = scene
        self.mrmlSceneChanged.emit(scene)

    def mrmlScene(self) -> slicer.vtkMRMLScene | None:  # noqa: N802
        """The scene shown."""
        return self._scene


class qMRMLNodeComboBox(QtWidgets.QWidget):  # noqa: N801
    """A node selector. Empty until it has a scene."""

    currentNodeChanged = QtCore.Signal(object)  # noqa: N815

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._scene: slicer.vtkMRMLScene | None = None
        self._tags: list[int] = []
        self._node: slicer.vtkMRMLNode | None = None
        self._types: list[str] = []
        self._none = self._add = self._remove = self._rename = True
        layout = QtWidgets.QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._label = QtWidgets.QComboBox(self)
        self._label.setSizeAdjustPolicy(
            QtWidgets.QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        layout.addWidget(self._label)

    def _flag(name: str) -> Any:  # type: ignore[misc] # noqa: N805
        attribute = f"_{name}"
        return QtCore.Property(
            bool,
            lambda self: getattr(self, attribute),
            lambda self, value: setattr(self, attribute, value),
        )

    noneEnabled = _flag("none")  # noqa: N815
    addEnabled = _flag("add")  # noqa: N815
    removeEnabled = _flag("remove")  # noqa: N815
    renameEnabled = _flag("rename")  # noqa: N815

    def _get_types(self) -> list[str]:
        return self._types

    def _set_types(self, types: list[str]) -> None:
        self._types = list(types)

    nodeTypes = QtCore.Property("QStringList", _get_types, _set_types)  # noqa: N815

    def setMRMLScene(self, scene: slicer.vtkMRMLScene | None) -> None:  # noqa: N802
        """Offer this scene's nodes; selects none."""
        if self._scene is not None:
            for tag in self._tags:
                self._scene.RemoveObserver(tag)
        self._scene, self._tags = scene, []
        if scene is not None:
            removed = slicer.vtkMRMLScene.NodeRemovedEvent
            self._tags = [scene.AddObserver(removed, self._node_removed)]

    def currentNode(self) -> slicer.vtkMRMLNode | None:  # noqa: N802
        """The node chosen."""
        return self._node

    def setCurrentNode(self, node: slicer.vtkMRMLNode | None) -> None:  # noqa: N802
        """Choose a node that the selector offers; without a scene nothing can be chosen."""
        if node is not None and (self._scene is None or not self._offers(node)):
            node = None
        if node is not self._node:
            self._node = node
            self._label.clear()
            self._label.addItem(node.GetName() if node is not None else "")
            self.currentNodeChanged.emit(node)

    def _offers(self, node: slicer.vtkMRMLNode) -> bool:
        return not node.GetHideFromEditors() and any(map(node.IsA, self._types))

    def _node_removed(self, *_: Any) -> None:
        if self._node is not None and not self._scene.IsNodePresent(self._node):
            self.setCurrentNode(None)

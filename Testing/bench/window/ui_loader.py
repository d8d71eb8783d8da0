"""``qt.QUiLoader``: a .ui file with exactly its own custom widgets and connections."""

import re
from typing import Any
from xml.etree import ElementTree

from PySide6 import QtCore, QtUiTools, QtWidgets

from Testing.bench.window import ctk_module, qmrml


class QUiLoader:
    """Loads a file as Slicer does; what it cannot make it refuses."""

    def load(self, file: QtCore.QFile) -> QtWidgets.QWidget:
        """The widget of an open file.

        Raises:
            RuntimeError: a custom widget that is not declared, or that the bench does not have; a
                connection between things that do not exist.
        """
        text = bytes(file.readAll().data()).decode()
        tree = ElementTree.fromstring(text)
        declared = {tag.findtext("class") for tag in tree.iter("customwidget")}
        used = {tag.get("class", "") for tag in tree.iter("widget")}
        strangers = {name for name in used if name.startswith(("qMRML", "ctk"))} - declared
        if strangers:
            raise RuntimeError(f"custom widgets that the .ui file does not declare: {strangers}")
        connections = list(tree.iter("connection"))
        for part in tree.findall("connections"):
            tree.remove(part)
        buffer = QtCore.QBuffer()
        buffer.setData(ElementTree.tostring(tree))
        widget = Creator().load(buffer)
        for connection in connections:
            connect(widget, *(connection.findtext(part) or "" for part in PARTS))
        return widget


PARTS = ("sender", "signal", "receiver", "slot")


class Creator(QtUiTools.QUiLoader):
    """Makes the stand-ins for custom widgets."""

    def createWidget(  # noqa: N802
        self, class_name: str, parent: QtWidgets.QWidget | None = None, name: str = ""
    ) -> QtWidgets.QWidget:
        """A stand-in, or Qt's own widget."""
        if not class_name.startswith(("qMRML", "ctk")):
            return super().createWidget(class_name, parent, name)
        room = ctk_module if class_name.startswith("ctk") else qmrml
        kind = getattr(room, class_name, None)
        if kind is None:
            raise RuntimeError(f"the bench has no {class_name}")
        widget = kind(parent)
        widget.setObjectName(name)
        return widget


def connect(root: QtWidgets.QWidget, sender: str, signal: str, receiver: str, slot: str) -> None:
    """Make one connection as written; PySide6 cannot pass MRML objects through a signal."""
    source, target = find(root, sender), find(root, receiver)
    getattr(source, bare(signal)).connect(getattr(target, bare(slot)))


def find(root: QtWidgets.QWidget, name: str) -> Any:
    """The widget of that name, the root included."""
    found = root if root.objectName == name else root.findChild(QtCore.QObject, name)  # type: ignore[comparison-overlap]
    if found is None:
        raise RuntimeError(f"the .ui file connects {name}, which does not exist")
    return found


def bare(signature: str) -> str:
    """``setMRMLScene(vtkMRMLScene*)`` as ``setMRMLScene``."""
    return re.sub(r"\(.*\)", "", signature)

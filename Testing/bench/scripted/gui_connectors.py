"""Widgets joined to parameters, by the pairs of types that Slicer knows; every other pair fails."""

import enum
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Connector:
    """One widget and one signal; exact widget types, as in Slicer."""

    def __init__(
        self, widget: Any, signal: str, attribute: str, convert: Callable[..., Any]
    ) -> None:
        self.widget = widget
        self._signal = getattr(widget, signal)
        self._attribute = attribute
        self._convert = convert
        self._slot: Callable[..., None] | None = None

    def connect(self, slot: Callable[..., None]) -> None:
        self._slot = slot
        self._signal.connect(slot)

    def disconnect(self) -> None:
        self._signal.disconnect(self._slot)

    def read(self) -> Any:
        return self._convert(getattr(self.widget, self._attribute))

    def write(self, value: Any) -> None:
        shown = str(value) if isinstance(value, Path) else value
        if getattr(self.widget, self._attribute) != shown:
            setattr(self.widget, self._attribute, shown)


class EnumConnector(Connector):
    """A combo box that lists an enum's members by their ``label``."""

    def __init__(self, widget: Any, kind: type[enum.Enum]) -> None:
        super().__init__(widget, "currentIndexChanged", "currentIndex", int)
        self._members = list(kind)
        widget.clear()
        for member in self._members:
            widget.addItem(kind.label(member) if hasattr(kind, "label") else member.name)

    def read(self) -> Any:
        return self._members[self.widget.currentIndex]

    def write(self, value: Any) -> None:
        self.widget.currentIndex = self._members.index(value)


class NodeConnector(Connector):
    """A node selector."""

    def __init__(self, widget: Any) -> None:
        super().__init__(widget, "currentNodeChanged", "", lambda node: node)

    def read(self) -> Any:
        return self.widget.currentNode()

    def write(self, value: Any) -> None:
        self.widget.setCurrentNode(value)


def connector(widget: Any, parameter: Any) -> Connector:
    """The connector for this widget and this parameter.

    Raises:
        RuntimeError: Slicer has none for this pair.
    """
    name, kind = type(widget).__name__, parameter.kind
    if parameter.is_node and name == "qMRMLNodeComboBox":
        return NodeConnector(widget)
    if issubclass(kind, enum.Enum) and name == "QComboBox":
        return EnumConnector(widget, kind)
    if kind is float and name in ("ctkSliderWidget", "QDoubleSpinBox"):
        for annotation in parameter.annotations:
            if hasattr(annotation, "maximum"):
                widget.minimum, widget.maximum = annotation.minimum, annotation.maximum
        return Connector(widget, "valueChanged", "value", float)
    simple = {
        (bool, "QCheckBox"): ("toggled", "checked"),
        (bool, "QPushButton"): ("toggled", "checked"),
        (int, "QSpinBox"): ("valueChanged", "value"),
        (str, "QLineEdit"): ("textChanged", "text"),
        (Path, "ctkPathLineEdit"): ("currentPathChanged", "currentPath"),
    }
    if (kind, name) not in simple:
        raise RuntimeError(f"Slicer joins no {name} to a parameter of type {kind.__name__}")
    signal, attribute = simple[kind, name]
    return Connector(widget, signal, attribute, kind)

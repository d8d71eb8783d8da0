"""``slicer.parameterNodeWrapper``, as much of it as the module uses.

int, float, str, bool, enum, Path and MRML nodes; Default, Choice and WithinRange. Values
live in the MRML parameter node as text, nodes as references, so that they travel with a scene.
"""

import enum
import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, get_args, get_origin, get_type_hints

import slicer
import vtk

from Testing.bench.scripted.gui_connectors import connector


@dataclass(frozen=True)
class Default:
    """Value before anything is set."""

    value: Any


@dataclass(frozen=True)
class Choice:
    """One of these, or ValueError."""

    choices: list[Any]

    def check(self, value: Any) -> None:
        if value not in self.choices:
            raise ValueError(f"{value!r} is not one of {self.choices}")


@dataclass(frozen=True)
class WithinRange:
    """Between the two, or ValueError."""

    minimum: float
    maximum: float

    def check(self, value: Any) -> None:
        if math.isnan(value) or not self.minimum <= value <= self.maximum:
            raise ValueError(f"{value!r} is not within {self.minimum} and {self.maximum}")


class Parameter:
    """One annotated name of a wrapper class."""

    def __init__(self, name: str, hint: Any, stated: tuple[Any, ...]) -> None:
        annotated = get_origin(hint) is Annotated
        self.name = name
        self._stated = stated
        self.kind: type = get_args(hint)[0] if annotated else hint
        self.annotations = get_args(hint)[1:] if annotated else ()
        known = (int, float, str, bool, Path)
        if self.kind not in known and not issubclass(self.kind, (enum.Enum, slicer.vtkMRMLNode)):
            raise TypeError(f"{name}: the bench knows no parameter of type {self.kind}")
        strangers = [
            a for a in self.annotations if not isinstance(a, Default | Choice | WithinRange)
        ]
        if strangers:
            raise TypeError(f"{name}: the bench knows no annotation {strangers}")

    @property
    def is_node(self) -> bool:
        """Whether it is a reference to a MRML node."""
        return issubclass(self.kind, slicer.vtkMRMLNode)

    def default(self) -> Any:
        """Stated, or the type's own."""
        stated = (*self._stated, *(a.value for a in self.annotations if isinstance(a, Default)))
        if stated:
            return stated[0]
        if self.is_node:
            return None
        for annotation in self.annotations:
            if isinstance(annotation, WithinRange):
                return annotation.minimum
            if isinstance(annotation, Choice):
                return annotation.choices[0]
        return next(iter(self.kind)) if issubclass(self.kind, enum.Enum) else self.kind()

    def read(self, node: slicer.vtkMRMLScriptedModuleNode) -> Any:
        """The value in the MRML node."""
        if self.is_node:
            return node.GetNodeReference(self.name)
        text = node.GetParameter(self.name)
        if self.kind is bool:
            return text == "True"
        return self.kind[text] if issubclass(self.kind, enum.Enum) else self.kind(text)

    def write(self, node: slicer.vtkMRMLScriptedModuleNode, value: Any) -> None:
        """Check the value and put it into the MRML node."""
        if self.is_node:
            if value is not None and not isinstance(value, self.kind):
                raise TypeError(
                    f"{self.name} takes {self.kind.__name__}, {type(value).__name__} came"
                )
            node.SetNodeReferenceID(self.name, value.GetID() if value is not None else None)
            return
        value = self.kind(value)
        for annotation in self.annotations:
            if not isinstance(annotation, Default):
                annotation.check(value)
        node.SetParameter(self.name, value.name if isinstance(value, enum.Enum) else str(value))

    def is_in(self, node: slicer.vtkMRMLScriptedModuleNode) -> bool:
        """Whether a value was ever written; nodes need none."""
        return self.is_node or self.name in node.GetParameterNames()


class Wrapper:
    """Methods that the decorator gives to a class."""

    allParameters: dict[str, Parameter]  # noqa: N815

    def __init__(self, parameterNode: slicer.vtkMRMLScriptedModuleNode) -> None:  # noqa: N803
        self.parameterNode = parameterNode
        self._guis: dict[int, dict[str, Any]] = {}
        self._next_tag = 0
        self._observer: int | None = None
        self._updating = False
        for parameter in self.allParameters.values():
            if not parameter.is_in(parameterNode):
                parameter.write(parameterNode, parameter.default())

    def connectGui(self, ui: Any) -> int:  # noqa: N802
        """Join every widget that carries ``SlicerParameterName`` to its parameter, both ways."""
        gui = {}
        for widget in vars(ui).values():
            name = widget.property("SlicerParameterName")
            if name:
                gui[name] = connector(widget, self.allParameters[name])
        for name, joined in gui.items():
            joined.write(getattr(self, name))
            joined.connect(self._writer(name, joined))
        if self._observer is None:
            event = vtk.vtkCommand.ModifiedEvent
            self._observer = self.AddObserver(event, self._update_guis)
        tag, self._next_tag = self._next_tag, self._next_tag + 1
        self._guis[tag] = gui
        return tag

    def disconnectGui(self, tag: int) -> None:  # noqa: N802
        """Part them again, and watch the node no more after the last; unknown tags are ignored."""
        for joined in self._guis.pop(tag, {}).values():
            joined.disconnect()
        if not self._guis and self._observer is not None:
            self.RemoveObserver(self._observer)
            self._observer = None

    def AddObserver(self, event: int, callback: Callable[..., None]) -> int:  # noqa: N802
        """Of the MRML node."""
        return self.parameterNode.AddObserver(event, callback)

    def RemoveObserver(self, tag: int) -> None:  # noqa: N802
        """Of the MRML node."""
        self.parameterNode.RemoveObserver(tag)

    def StartModify(self) -> int:  # noqa: N802
        """Of the MRML node."""
        return self.parameterNode.StartModify()

    def EndModify(self, was: int) -> None:  # noqa: N802
        """Of the MRML node."""
        self.parameterNode.EndModify(was)

    def _writer(self, name: str, joined: Any) -> Callable[..., None]:
        def write(*_: Any) -> None:
            if not self._updating:
                setattr(self, name, joined.read())

        return write

    def _update_guis(self, *_: Any) -> None:
        if self._updating:
            return
        self._updating = True
        try:
            for gui in list(self._guis.values()):
                for name, joined in gui.items():
                    joined.write(getattr(self, name))
        finally:
            self._updating = False


def parameterNodeWrapper(described: type) -> type:  # noqa: N802
    """The decorated class with typed properties over a MRML parameter node."""
    hints = get_type_hints(described, include_extras=True)
    parameters = {
        name: Parameter(name, hint, (vars(described)[name],) if name in vars(described) else ())
        for name, hint in hints.items()
    }
    body: dict[str, Any] = {"allParameters": parameters, "__module__": described.__module__}
    for name, parameter in parameters.items():
        body[name] = property(
            lambda self, p=parameter: p.read(self.parameterNode),
            lambda self, value, p=parameter: p.write(self.parameterNode, value),
        )
    return type(described.__name__, (described, Wrapper), body)

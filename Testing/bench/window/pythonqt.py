"""PySide6 made to behave as PythonQt does: properties, not getters; no misspelt attribute.

Measured in PythonQt: ``b.text`` is a value and ``b.text()`` a TypeError; ``b.enabled = True`` and
``b.setEnabled(True)`` both work; ``b.enabeld = True`` is an AttributeError; ``isEnabled()`` stays a
method, because no property is called so.
"""

from typing import Any

from PySide6 import QtCore, QtGui, QtUiTools, QtWidgets

NOT_AS_PROPERTY = {
    ("QTimer", "singleShot"),
    ("QWidget", "sizeHint"),
    ("QWidget", "minimumSizeHint"),
}
"""A static method that everybody calls; virtual methods, which Qt itself looks up by name."""
MODULES = (QtCore, QtGui, QtWidgets, QtUiTools)
_done: list[bool] = []


def behave_as_pythonqt() -> None:
    """Change every QObject class of PySide6, once in a process."""
    if _done:
        return
    _done.append(True)
    kinds = {
        kind
        for module in MODULES
        for kind in vars_of(module)
        if isinstance(kind, type) and issubclass(kind, QtCore.QObject)
    }
    for kind in sorted(kinds, key=lambda kind: len(kind.__mro__)):
        give_properties(kind)
        kind.__setattr__ = set_known_attribute  # type: ignore[method-assign, assignment]
    QtCore.QObject.name = QtCore.QObject.objectName  # type: ignore[attr-defined]
    QtCore.QObject.className = lambda self: self.metaObject().className()  # type: ignore[attr-defined]


def vars_of(module: Any) -> list[Any]:
    """Everything in a module of PySide6, which fills itself lazily."""
    return [getattr(module, name) for name in dir(module)]


def give_properties(kind: type[QtCore.QObject]) -> None:
    """The class's own Qt properties as Python properties."""
    meta = kind.staticMetaObject
    for index in range(meta.propertyOffset(), meta.propertyCount()):
        described = meta.property(index)
        name = described.name()
        if (kind.__name__, name) not in NOT_AS_PROPERTY:
            setattr(kind, name, as_property(kind, name, described))
    if issubclass(kind, QtWidgets.QComboBox) and kind is QtWidgets.QComboBox:
        kind.currentData = property(QtWidgets.QComboBox.currentData)  # type: ignore[assignment]


def as_property(kind: type, name: str, described: QtCore.QMetaProperty) -> property:
    """Read and written as ``widget.name``; what Qt does not let write is refused."""
    getter = getattr(kind, name, None)
    setter = getattr(kind, f"set{name[0].upper()}{name[1:]}", None)

    def read(self: QtCore.QObject) -> Any:
        return getter(self) if callable(getter) else self.property(name)

    def write(self: QtCore.QObject, value: Any) -> None:
        if setter is not None:
            setter(self, value)
        elif not self.setProperty(name, value):
            raise TypeError(f"{type(self).__name__}.{name} does not take {value!r}")

    return property(read, write if described.isWritable() else None)


def set_known_attribute(self: QtCore.QObject, name: str, value: Any) -> None:
    """Set a property, or an attribute of a class written in Python; refuse all else."""
    for kind in type(self).__mro__:
        if isinstance(vars(kind).get(name), QtCore.Property):
            self.setProperty(name, value)
            return
        if name in vars(kind):
            setter = getattr(vars(kind)[name], "__set__", None)
            if setter is not None:
                setter(self, value)
                return
            break
    # PySide6 itself puts a connected signal there.
    is_signal = isinstance(value, QtCore.SignalInstance)
    if type(self).__module__.startswith("PySide6") and not is_signal:
        raise AttributeError(f"{type(self).__name__} has no property {name!r}")
    vars(self)[name] = value

"""``ctk``: the widgets that the module uses."""

from PySide6 import QtCore, QtWidgets


class ctkCollapsibleButton(QtWidgets.QWidget):  # noqa: N801
    """A heading that folds what lies below it."""

    contentsCollapsed = QtCore.Signal(bool)  # noqa: N815

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QtWidgets.QToolButton(self)
        self._heading.setToolButtonStyle(QtCore.Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._heading.setCheckable(True)
        self._heading.setAutoRaise(True)
        self._heading.toggled.connect(lambda checked: self._fold(not checked))
        self._collapsed = False
        self._heading.setChecked(True)
        self.setContentsMargins(0, self._heading.sizeHint().height() + 2, 0, 0)

    def _get_text(self) -> str:
        return self._heading.text

    def _set_text(self, text: str) -> None:
        self._heading.setText(text)
        self._heading.resize(self._heading.sizeHint())
        self._arrow()

    def _get_collapsed(self) -> bool:
        return self._collapsed

    def _set_collapsed(self, collapsed: bool) -> None:
        self._heading.setChecked(not collapsed)

    text = QtCore.Property(str, _get_text, _set_text)
    collapsed = QtCore.Property(bool, _get_collapsed, _set_collapsed)

    def minimumSizeHint(self) -> QtCore.QSize:  # noqa: N802
        """As wide as the heading at least."""
        return super().minimumSizeHint().expandedTo(self._heading.sizeHint())

    def sizeHint(self) -> QtCore.QSize:  # noqa: N802
        """Folded, only the heading."""
        return super().sizeHint().expandedTo(self._heading.sizeHint())

    def childEvent(self, event: QtCore.QChildEvent) -> None:  # noqa: N802
        """A child added to a folded button is folded too."""
        super().childEvent(event)

    def _fold(self, collapsed: bool) -> None:
        self._collapsed = collapsed
        for child in self.findChildren(
            QtWidgets.QWidget, "", QtCore.Qt.FindChildOption.FindDirectChildrenOnly
        ):
            if child is not self._heading:
                child.setVisible(not collapsed)
        self._arrow()
        self.contentsCollapsed.emit(collapsed)

    def _arrow(self) -> None:
        kinds = QtCore.Qt.ArrowType
        self._heading.setArrowType(kinds.RightArrow if self._collapsed else kinds.DownArrow)
        self._heading.resize(self._heading.sizeHint())


class ctkSliderWidget(QtWidgets.QWidget):  # noqa: N801
    """A slider with a number beside it."""

    valueChanged = QtCore.Signal(float)  # noqa: N815

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QtWidgets.QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._slider = QtWidgets.QSlider(QtCore.Qt.Orientation.Horizontal, self)
        self._box = QtWidgets.QDoubleSpinBox(self)
        layout.addWidget(self._slider, 1)
        layout.addWidget(self._box)
        self._slider.setRange(0, 1000)
        self._slider.valueChanged.connect(self._moved)
        self._box.valueChanged.connect(self._changed)

    def _of_box(name: str) -> property:  # type: ignore[misc] # noqa: N805
        return property(
            lambda self: getattr(self._box, name),
            lambda self, value: setattr(self._box, name, value),
        )

    minimum, maximum, singleStep = _of_box("minimum"), _of_box("maximum"), _of_box("singleStep")  # noqa: N815
    decimals, suffix = _of_box("decimals"), _of_box("suffix")
    value = property(lambda self: self._box.value, lambda self, value: self._box.setValue(value))

    def setValue(self, value: float) -> None:  # noqa: N802
        """Within minimum and maximum."""
        self._box.setValue(value)

    def _moved(self, position: int) -> None:
        span = self._box.maximum - self._box.minimum
        self._box.setValue(self._box.minimum + span * position / 1000)

    def _changed(self, value: float) -> None:
        span = self._box.maximum - self._box.minimum
        self._slider.blockSignals(True)
        self._slider.setValue(round(1000 * (value - self._box.minimum) / span) if span else 0)
        self._slider.blockSignals(False)
        self.valueChanged.emit(value)


class ctkPathLineEdit(QtWidgets.QWidget):  # noqa: N801
    """A path to type or to choose."""

    currentPathChanged = QtCore.Signal(str)  # noqa: N815

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        layout = QtWidgets.QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._edit = QtWidgets.QLineEdit(self)
        button = QtWidgets.QToolButton(self)
        button.setText("...")
        layout.addWidget(self._edit, 1)
        layout.addWidget(button)
        self._edit.textChanged.connect(self.currentPathChanged)

    def _get_path(self) -> str:
        return self._edit.text

    def _set_path(self, path: str) -> None:
        self._edit.setText(path)

    currentPath = QtCore.Property(str, _get_path, _set_path)  # noqa: N815
    Files, Dirs = 0x002, 0x001



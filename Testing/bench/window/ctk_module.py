"""``ctk``: the widgets that the module uses."""

from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets


class ctkCollapsibleButton(QtWidgets.QWidget):  # noqa: N801
    """A heading over the whole width that folds what lies below it."""

    contentsCollapsed = QtCore.Signal(bool)  # noqa: N815

    def __init__(self, parent: QtWidgets.QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = QtWidgets.QToolButton(self)
        self._heading.setToolButtonStyle(QtCore.Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._heading.setCheckable(True)
        self._heading.setChecked(True)
        self._heading.toggled.connect(self._toggled)
        self._fold()

    def _get_text(self) -> str:
        return str(self._heading.text)

    def _set_text(self, text: str) -> None:
        self._heading.setText(text)

    def _get_collapsed(self) -> bool:
        return not self._heading.checked

    def _set_collapsed(self, collapsed: bool) -> None:
        self._heading.setChecked(not collapsed)

    text = QtCore.Property(str, _get_text, _set_text)
    collapsed = QtCore.Property(bool, _get_collapsed, _set_collapsed)

    def minimumSizeHint(self) -> QtCore.QSize:  # noqa: N802
        """As wide as the heading at least; folded, the heading alone."""
        own = QtCore.QSize(0, 0) if self.collapsed else super().minimumSizeHint()
        return own.expandedTo(self._heading.sizeHint())

    def sizeHint(self) -> QtCore.QSize:  # noqa: N802
        """The same."""
        own = QtCore.QSize(0, 0) if self.collapsed else super().sizeHint()
        return own.expandedTo(self._heading.sizeHint())

    def resizeEvent(self, event: QtGui.QResizeEvent) -> None:  # noqa: N802
        """The heading stays as wide as its box."""
        super().resizeEvent(event)
        self._heading.resize(self.width, self._heading.sizeHint().height())

    def showEvent(self, event: QtGui.QShowEvent) -> None:  # noqa: N802
        """Children that came after the folding are folded too."""
        super().showEvent(event)
        self._fold()

    def _toggled(self, _unfolded: bool) -> None:
        self._fold()
        self.contentsCollapsed.emit(self.collapsed)

    def _fold(self) -> None:
        directly = QtCore.Qt.FindChildOption.FindDirectChildrenOnly
        for child in self.findChildren(QtWidgets.QWidget, "", directly):
            hidden_by_us = child.property("folded") is True
            if child is self._heading:
                continue
            if self.collapsed and not child.isHidden():
                child.setProperty("folded", True)
                child.hide()
            elif not self.collapsed and hidden_by_us:
                child.setProperty("folded", False)
                child.show()
        kinds = QtCore.Qt.ArrowType
        self._heading.setArrowType(kinds.RightArrow if self.collapsed else kinds.DownArrow)
        height = self._heading.sizeHint().height()
        self.setContentsMargins(0, height + 2, 0, 0)
        self.setMaximumHeight(height if self.collapsed else 16777215)
        self.updateGeometry()


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

    def _of_box(kind: type, name: str) -> Any:  # type: ignore[misc] # noqa: N805
        return QtCore.Property(
            kind,
            lambda self: getattr(self._box, name),
            lambda self, value: setattr(self._box, name, value),
        )

    minimum, maximum = _of_box(float, "minimum"), _of_box(float, "maximum")
    singleStep, decimals = _of_box(float, "singleStep"), _of_box(int, "decimals")  # noqa: N815
    value = _of_box(float, "value")

    def _moved(self, position: int) -> None:
        span = self._box.maximum - self._box.minimum
        self._box.setValue(self._box.minimum + span * position / 1000)

    def _changed(self, value: float) -> None:
        span = self._box.maximum - self._box.minimum
        self._slider.blockSignals(True)
        self._slider.setValue(round(1000 * (value - self._box.minimum) / span) if span else 0)
        self._slider.blockSignals(False)
        self.valueChanged.emit(value)


class ctkDICOMIndexer(QtCore.QObject):  # noqa: N801
    """Imports files into the DICOM database."""

    def addFile(self, database: Any, path: str) -> None:  # noqa: N802
        """The file stays where it is."""
        database.addFile(path)

    def waitForImportFinished(self) -> None:  # noqa: N802
        """In the application the import goes on in the background."""

"""``slicer.app`` with a window: what the Qt application adds to the scene's."""

from collections.abc import Callable
from typing import Any

from PySide6 import QtCore, QtGui, QtWidgets

from Testing.bench.scene.application import Application
from Testing.bench.window.qt_module import QSettings


class WindowApplication:
    """Everything of the scene's application, and windows."""

    def __init__(
        self, scene_application: Application, qt_application: QtWidgets.QApplication
    ) -> None:
        self._scene_application = scene_application
        self._qt = qt_application
        self._slots: dict[str, list[Callable[..., Any]]] = {"startupCompleted()": []}
        self.layout_manager: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._scene_application, name)

    def connect(self, signal: str, slot: Callable[..., Any]) -> bool:
        """The application's own signals; a misspelt one is refused."""
        self._slots[signal].append(slot)
        return True

    def emit(self, signal: str) -> None:
        """What the real application does at that moment."""
        for slot in self._slots[signal]:
            slot()

    def topLevelWidgets(self) -> list[QtWidgets.QWidget]:  # noqa: N802
        """Every window."""
        return QtWidgets.QApplication.topLevelWidgets()

    def layoutManager(self) -> Any:  # noqa: N802
        """None, unless a test gave one."""
        return self.layout_manager

    def installEventFilter(self, filter_object: QtCore.QObject) -> None:  # noqa: N802
        """See every event of the application."""
        self._qt.installEventFilter(filter_object)

    def removeEventFilter(self, filter_object: QtCore.QObject) -> None:  # noqa: N802
        """No longer."""
        self._qt.removeEventFilter(filter_object)

    def processEvents(self) -> None:  # noqa: N802
        """Paint, deliver, fire timers."""
        self._qt.processEvents()

    def setOverrideCursor(self, cursor: Any) -> None:  # noqa: N802
        """For instance the wait cursor."""
        self._qt.setOverrideCursor(QtGui.QCursor(cursor))

    def restoreOverrideCursor(self) -> None:  # noqa: N802
        """The one before."""
        self._qt.restoreOverrideCursor()

    def settings(self) -> QSettings:
        """In memory."""
        return QSettings()

    def userSettings(self) -> QSettings:  # noqa: N802
        """In memory."""
        return QSettings()

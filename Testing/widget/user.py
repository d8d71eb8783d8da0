"""A user at the main window: clicks and keys are real Qt events, and are counted."""

import time
from collections.abc import Callable

import slicer
from PySide6 import QtCore, QtTest, QtWidgets

from Testing.bench.window.dialogs import answers
from Testing.bench.window.module_window import ModuleWindow


class User:
    """Clicks and keys; a dialog that is answered is one click more."""

    def __init__(self, window: ModuleWindow) -> None:
        self.window = window
        self.clicks = self.keys = 0

    def click(self, button: QtWidgets.QWidget, *dialogs: object) -> None:
        """Press a button; what its dialogs are answered is given beforehand."""
        assert button.isVisible(), f"{button.objectName} cannot be seen"
        assert button.isEnabled(), f"{button.objectName} cannot be pressed: {button.toolTip}"
        answers.give(*dialogs)
        self.clicks += 1 + len(dialogs)
        QtTest.QTest.mouseClick(button, QtCore.Qt.MouseButton.LeftButton)
        self.wait()

    def key(self, letter: str) -> None:
        """Type a letter at the main window."""
        self.keys += 1
        QtTest.QTest.keyClick(self.window.main, letter)
        self.wait()

    def wait(self) -> None:
        """Let the event loop do what is due at once."""
        for _ in range(3):
            slicer.app.processEvents()

    def wait_for_run(self, seen: Callable[[], None] | None = None) -> None:
        """Let the event loop turn until no run goes."""
        end = time.monotonic() + 60
        while self.window.widget.panel.isRunning():
            assert time.monotonic() < end, "the run does not end"
            slicer.app.processEvents()
            if seen is not None:
                seen()
        self.wait()

    def open(self, *paths: object) -> None:
        """Open a scan with the button."""
        self.click(self.window.ui.openButton, paths)

    def segment(self) -> None:
        """Press the button and wait."""
        self.click(self.window.ui.segmentButton)
        self.wait_for_run()

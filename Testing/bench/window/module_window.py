"""The module as the application opens it: the shipped file, unchanged, in a main window."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import slicer
from PySide6 import QtCore, QtTest, QtWidgets

from Testing.bench.window.qmrml import qMRMLNodeComboBox, qMRMLWidget

FOLDER = Path(__file__).parents[3] / "BMLesionSeg"
OURS = ("BMLesionSegMRML", "BMLesionSegPanel", "BMLesionSeg")


class ModuleWindow:
    """A main window with the module's panel at the left.

    Attributes:
        module: the Python module of the shipped file.
        widget: its Widget object.
        ui: the widgets of the .ui file by name.
    """

    def __init__(self, width: int = 340, height: int = 900, folder: Path = FOLDER) -> None:
        self._folder = folder
        self._modules_before: dict[str, ModuleType] = {}
        sys.path.insert(0, str(folder))
        self.module = self._load()
        self._area = QtWidgets.QScrollArea()
        self._area.setWidgetResizable(True)
        described = SimpleNamespace(path=str(folder / "BMLesionSeg.py"), icon=None)
        described.widgetRepresentation = lambda: self._area.widget()
        self.described = self.module.BMLesionSeg(described)
        slicer.modules.bmlesionseg = described
        slicer.app.emit("startupCompleted()")
        self.main = QtWidgets.QMainWindow()
        self.main.setObjectName("qSlicerMainWindow")
        self.main.setCentralWidget(self._area)
        self.main.resize(width, height)
        parent = ModuleParent(self._make)
        self._area.setWidget(parent)
        parent.reload()
        self.main.show()
        # Shortcuts answer in the active window only; without a screen nobody else activates it.
        self.main.activateWindow()
        QtTest.QTest.qWaitForWindowActive(self.main)
        self.widget.enter()
        slicer.app.processEvents()

    @property
    def ui(self) -> Any:
        """By name, as the module itself finds them."""
        return self.widget.ui

    @property
    def widget(self) -> Any:
        """The module's Widget object, as the application knows it."""
        return slicer.modules.BMLesionSegWidget

    def reload(self) -> None:
        """Press the module's Reload button."""
        self._modules_before = dict(sys.modules)
        self.widget.onReload()

    def close(self) -> None:
        """What the application does when it ends."""
        self.widget.exit()
        self.widget.cleanup()
        # A stand-in that still watched the scene would be called when it is gone itself.
        for selector in self.main.findChildren(qMRMLNodeComboBox):
            selector.setMRMLScene(None)
        self.main.close()
        self.main.deleteLater()
        QtCore.QCoreApplication.sendPostedEvents(None, QtCore.QEvent.Type.DeferredDelete)
        del slicer.modules.BMLesionSegWidget, slicer.modules.bmlesionseg
        sys.path.remove(str(self._folder))
        if self._modules_before:
            restore_modules(self._modules_before)

    def _load(self) -> ModuleType:
        spec = importlib.util.spec_from_file_location(
            "BMLesionSeg", self._folder / "BMLesionSeg.py"
        )
        module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
        sys.modules["BMLesionSeg"] = module
        spec.loader.exec_module(module)  # type: ignore[union-attr]
        return module

    def _make(self, parent: QtWidgets.QWidget) -> None:
        widget = sys.modules["BMLesionSeg"].BMLesionSegWidget(parent)
        slicer.modules.BMLesionSegWidget = widget
        widget.setup()


class ModuleParent(qMRMLWidget):
    """The application's side of a module's widget; it makes the Python side, now and on reload."""

    def __init__(self, make: Callable[[QtWidgets.QWidget], None]) -> None:
        super().__init__()
        self._make = make
        self.setLayout(QtWidgets.QVBoxLayout())
        self.setMRMLScene(slicer.mrmlScene)

    def reload(self) -> None:
        """Make the Python side; Slicer does not call ``enter`` after a reload."""
        self._make(self)


def restore_modules(before: dict[str, ModuleType]) -> None:
    """Undo what the Reload button did to the packages: other tests hold on to the old ones."""
    ours = (*OURS, "BMLesionSegLib")
    for name in [name for name in sys.modules if name.split(".")[0] in ours]:
        del sys.modules[name]
    sys.modules.update({name: m for name, m in before.items() if name.split(".")[0] in ours})

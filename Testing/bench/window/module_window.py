"""The module as the application opens it: the shipped file, unchanged, in a main window."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import slicer
from PySide6 import QtWidgets

from Testing.bench.window.qmrml import qMRMLWidget

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
        sys.path.insert(0, str(folder))
        self.module = self._load()
        described = SimpleNamespace(path=str(folder / "BMLesionSeg.py"), icon=None)
        self.described = self.module.BMLesionSeg(described)
        slicer.modules.bmlesionseg = described
        slicer.app.emit("startupCompleted()")
        self.main = QtWidgets.QMainWindow()
        self.main.setObjectName("qSlicerMainWindow")
        self._area = QtWidgets.QScrollArea(self.main)
        self._area.setWidgetResizable(True)
        self.main.setCentralWidget(self._area)
        self.main.resize(width, height)
        self.widget = self._open()
        self.main.show()
        self.widget.enter()
        slicer.app.processEvents()

    @property
    def ui(self) -> Any:
        """By name, as the module itself finds them."""
        return self.widget.ui

    def reload(self) -> None:
        """What the Reload button makes ``slicer.util.reloadScriptedModule`` do."""
        old = self.widget
        slicer.util.reloadScriptedModule = self._reload_file
        old.onReload()

    def close(self) -> None:
        """What the application does when it ends."""
        self.widget.exit()
        self.widget.cleanup()
        self.main.close()
        self.main.deleteLater()
        slicer.app.processEvents()
        sys.path.remove(str(self._folder))
        for name in [n for n in sys.modules if n.split(".")[0] in OURS]:
            del sys.modules[name]

    def _load(self) -> ModuleType:
        spec = importlib.util.spec_from_file_location(
            "BMLesionSeg", self._folder / "BMLesionSeg.py"
        )
        module = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
        sys.modules["BMLesionSeg"] = module
        spec.loader.exec_module(module)  # type: ignore[union-attr]
        return module

    def _open(self) -> Any:
        parent = qMRMLWidget()
        parent.setLayout(QtWidgets.QVBoxLayout())
        parent.setMRMLScene(slicer.mrmlScene)
        widget = self.module.BMLesionSegWidget(parent)
        widget.setup()
        self._area.setWidget(parent)
        return widget

    def _reload_file(self, _name: str) -> None:
        self.widget.exit()
        self.widget.cleanup()
        self.module = self._load()
        self.widget = self._open()
        self.widget.enter()

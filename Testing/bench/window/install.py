"""Give a booted scene its window: ``qt``, ``ctk``, ``slicer.qMRML*``, ``slicer.app`` with Qt."""

import sys
from types import ModuleType

import slicer

from Testing.bench.scene.boot import boot
from Testing.bench.scripted.install import install_scripted
from Testing.bench.window.application import WindowApplication
from Testing.bench.window.contract import contract_names
from Testing.bench.window.qt_module import application, make_qt


class Window:
    """The installed stand-ins; ``remove`` leaves the bare scene behind."""

    def __init__(self) -> None:
        boot()
        install_scripted()
        qt_application = application()
        sys.modules["qt"] = make_qt()
        # Only now: these widgets stand on classes that behave as PythonQt's.
        from Testing.bench.window import ctk_module, qmrml, segment_editor

        ctk = ModuleType("ctk")
        for name in contract_names("ctk"):
            setattr(ctk, name, getattr(ctk_module, name))
        sys.modules["ctk"] = ctk
        self._scene_application = slicer.app
        self.app = WindowApplication(slicer.app, qt_application)
        slicer.app = self.app
        slicer.qMRMLWidget = qmrml.qMRMLWidget
        slicer.qMRMLNodeComboBox = qmrml.qMRMLNodeComboBox
        slicer.qMRMLSegmentEditorWidget = segment_editor.qMRMLSegmentEditorWidget

    def remove(self) -> None:
        """Take everything back, so that other tests meet no Qt."""
        slicer.app = self._scene_application
        for name in ("qt", "ctk"):
            del sys.modules[name]
        for name in ("qMRMLWidget", "qMRMLNodeComboBox", "qMRMLSegmentEditorWidget"):
            delattr(slicer, name)

"""``slicer.ScriptedLoadableModule``: the four base classes of a scripted module."""

import os
import unittest
from pathlib import Path
from typing import Any

import slicer


class ScriptedLoadableModule:
    """What the application asks about a module."""

    def __init__(self, parent: Any) -> None:
        self.parent = parent
        self.moduleName = type(self).__name__
        for text in ("title", "helpText", "acknowledgementText"):
            setattr(parent, text, "")
        for names in ("categories", "dependencies", "contributors"):
            setattr(parent, names, [])

    def resourcePath(self, filename: str) -> str:  # noqa: N802
        """Beside the module file, in its own Resources."""
        return os.fspath(Path(self.parent.path).parent / "Resources" / filename)

    def runTest(self, msec: int = 100, **_: Any) -> None:  # noqa: N802
        """What the application's self-test list runs."""


class ScriptedLoadableModuleWidget:
    """The panel; the application makes the parent first, then calls ``setup``."""

    def __init__(self, parent: Any = None) -> None:
        self.moduleName = type(self).__name__.removesuffix("Widget")
        self.developerMode = False
        if parent is None:
            raise RuntimeError("the application gives every module widget a parent")
        self.parent = parent
        self.layout = parent.layout()

    def resourcePath(self, filename: str) -> str:  # noqa: N802
        """Beside the module file, in its own Resources."""
        return os.fspath(
            Path(slicer.util.modulePath(self.moduleName)).parent / "Resources" / filename
        )

    def setup(self) -> None:
        """The developer's section; the bench has none."""

    def cleanup(self) -> None:
        """Before the module is unloaded."""

    def onReload(self) -> None:  # noqa: N802
        """Load the module file anew."""
        slicer.util.reloadScriptedModule(self.moduleName)


class ScriptedLoadableModuleLogic:
    """Owner of the one parameter node."""

    def __init__(self, parent: Any = None) -> None:
        self.moduleName = type(self).__name__.removesuffix("Logic")
        self.isSingletonParameterNode = True

    def getParameterNode(self) -> slicer.vtkMRMLScriptedModuleNode:  # noqa: N802
        """The module's singleton in the scene, made if need be."""
        node = slicer.mrmlScene.GetSingletonNode(self.moduleName, "vtkMRMLScriptedModuleNode")
        if node is None:
            node = slicer.vtkMRMLScriptedModuleNode()
            node.SetSingletonTag(self.moduleName)
            node.SetModuleName(self.moduleName)
            node.SetName(self.moduleName)
            node = slicer.mrmlScene.AddNode(node)
        node.SetAttribute("ModuleName", self.moduleName)
        return node


class ScriptedLoadableModuleTest(unittest.TestCase):
    """A unittest that the application can also run by itself."""

    def __init__(self, methodName: str = "runTest") -> None:  # noqa: N803
        super().__init__(methodName)

    def delayDisplay(self, message: str, requestedDelay: Any = None, msec: Any = None) -> None:  # noqa: N802, N803
        """Shown on screen in the application."""

    def runTest(self) -> None:  # noqa: N802
        """Overridden by the module."""

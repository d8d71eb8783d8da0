"""``slicer.app``: what scripts ask the application for, without Qt."""

from pathlib import Path
from types import SimpleNamespace

import slicer

from Testing.bench.scene.files import CoreIOManager


class ModuleManager:
    """Which modules are loaded."""

    def module(self, name: str) -> object | None:
        """The module of that name, or None."""
        return getattr(slicer.modules, name.lower(), None)


class Application:
    """The running application, without a main window.

    A test with a window replaces ``layoutManager`` and adds what it needs.
    """

    applicationName = "Slicer"  # noqa: N815
    revision = "31053"

    def __init__(
        self,
        scene: slicer.vtkMRMLScene,
        application_logic: slicer.vtkSlicerApplicationLogic,
        temporary: Path,
    ) -> None:
        self.temporaryPath = str(temporary)
        self.commandOptions = lambda: SimpleNamespace(noMainWindow=True)
        self._logic = application_logic
        self._files = CoreIOManager(scene)
        self._modules = ModuleManager()

    def applicationLogic(self) -> slicer.vtkSlicerApplicationLogic:  # noqa: N802
        """MRML's application logic."""
        return self._logic

    def coreIOManager(self) -> CoreIOManager:  # noqa: N802
        """Files."""
        return self._files

    def moduleManager(self) -> ModuleManager:  # noqa: N802
        """Modules."""
        return self._modules

    def layoutManager(self) -> None:  # noqa: N802
        """There is no window, hence no layout."""

    def testingEnabled(self) -> bool:  # noqa: N802
        """Dialogs stay away."""
        return True

    def processEvents(self) -> None:  # noqa: N802
        """No events without Qt."""

    def pauseRender(self) -> None:  # noqa: N802
        """Nothing is rendered."""

    def resumeRender(self) -> None:  # noqa: N802
        """Nothing is rendered."""

    def setOverrideCursor(self, _cursor: object) -> None:  # noqa: N802
        """No cursor."""

    def restoreOverrideCursor(self) -> None:  # noqa: N802
        """No cursor."""

"""``slicer.modules``: the logics of the loadable modules that work without Qt."""

from types import SimpleNamespace

import slicer

LOGICS = {
    "Colors": "vtkSlicerColorLogic",
    "Volumes": "vtkSlicerVolumesLogic",
    "Terminologies": "vtkSlicerTerminologiesModuleLogic",
    "SubjectHierarchy": "vtkSlicerSubjectHierarchyModuleLogic",
    "Segmentations": "vtkSlicerSegmentationsModuleLogic",
    "Markups": "vtkSlicerMarkupsLogic",
    "Tables": "vtkSlicerTablesLogic",
}


class Module:
    """A loaded module, as far as scripts ask for it."""

    def __init__(self, logic: slicer.vtkMRMLAbstractLogic) -> None:
        self._logic = logic

    def logic(self) -> slicer.vtkMRMLAbstractLogic:
        """The module's logic."""
        return self._logic


class Modules(SimpleNamespace):
    """One lower-case attribute a module; a test may add what it needs."""


def load_modules(
    scene: slicer.vtkMRMLScene, application_logic: slicer.vtkSlicerApplicationLogic, share: str
) -> Modules:
    """Make every logic and join it to the scene.

    Args:
        scene: the application's scene.
        application_logic: knows the logics by the modules' names.
        share: folder that the terminologies are searched in.
    """
    modules = Modules()
    for name, class_name in LOGICS.items():
        logic = getattr(slicer, class_name)()
        if name == "Terminologies":
            # Before the scene, or the logic complains that it has no folder.
            logic.SetModuleShareDirectory(share)
        logic.SetMRMLApplicationLogic(application_logic)
        logic.SetMRMLScene(scene)
        application_logic.SetModuleLogic(name, logic)
        setattr(modules, name.lower(), Module(logic))
    return modules

"""A slice view of the application without its window: real MRML drawing, off the screen.

Real here: slice logic, displayable managers, contours, planes. Ours: the picture of the volume is
put on the screen by a plain image mapper, which in the application is CTK's light box; nobody
schedules a drawing, so ``picture()`` draws; Slicer's own mouse and key handling is missing.
"""

import numpy as np
import slicer
import vtk
from vtk.util.numpy_support import vtk_to_numpy

MANAGERS = [
    "vtkMRMLVolumeGlyphSliceDisplayableManager",
    "vtkMRMLModelSliceDisplayableManager",
    "vtkMRMLCrosshairDisplayableManager",
    "vtkMRMLSegmentationsDisplayableManager2D",
]


class SliceView:
    """What a script asks of ``qMRMLSliceView``."""

    def __init__(self, logic: slicer.vtkMRMLSliceLogic, size: tuple[int, int]) -> None:
        self._logic = logic
        self.renders_asked_for = 0
        self._window = vtk.vtkRenderWindow()
        self._window.SetOffScreenRendering(True)
        self._window.SetMultiSamples(0)
        self._window.SetNumberOfLayers(2)
        image = vtk.vtkRenderer()
        overlay = vtk.vtkRenderer()
        overlay.SetLayer(1)
        overlay.GetActiveCamera().ParallelProjectionOn()
        self._window.AddRenderer(image)
        self._window.AddRenderer(overlay)
        interactor = vtk.vtkGenericRenderWindowInteractor()
        interactor.SetRenderWindow(self._window)
        # Slicer's own mouse handling is left out: without a real window it ends the process.
        interactor.SetInteractorStyle(None)
        self._interactor = interactor
        mapper = vtk.vtkImageMapper()
        mapper.SetColorWindow(255)
        mapper.SetColorLevel(127.5)
        self._scan = vtk.vtkActor2D()
        self._scan.SetMapper(mapper)
        image.AddViewProp(self._scan)
        factory = slicer.vtkMRMLSliceViewDisplayableManagerFactory.GetInstance()
        self._group = slicer.vtkMRMLDisplayableManagerGroup()
        self._group.SetRenderer(overlay)
        for name in MANAGERS:
            if not factory.IsDisplayableManagerRegistered(name):
                factory.RegisterDisplayableManager(name)
        factory.SetMRMLApplicationLogic(slicer.app.applicationLogic())
        self._group.Initialize(factory, overlay)
        self._group.SetMRMLDisplayableNode(logic.GetSliceNode())
        self.resize(*size)

    def renderWindow(self) -> vtk.vtkRenderWindow:  # noqa: N802
        """VTK's window."""
        return self._window

    def displayableManagerByClassName(self, name: str) -> vtk.vtkObject | None:  # noqa: N802
        """What draws one kind of node."""
        return self._group.GetDisplayableManagerByClassName(name)

    def scheduleRender(self) -> None:  # noqa: N802
        """Counted; nothing is drawn."""
        self.renders_asked_for += 1

    def resize(self, width: int, height: int) -> None:
        """As when the user drags the window's corner."""
        self._window.SetSize(width, height)
        self._logic.ResizeSliceNode(width, height)

    def close(self) -> None:
        """Draw nothing any more."""
        self._group.SetMRMLDisplayableNode(None)
        self._window.Finalize()

    def picture(self) -> np.ndarray:
        """Draw, and give RGB ``[row, column]``, row 0 at the top."""
        # There is no image before a volume is chosen, and another one for another volume.
        image_port = self._logic.GetImageDataConnection()
        self._scan.SetVisibility(image_port is not None)
        self._scan.GetMapper().SetInputConnection(image_port)
        self._window.Render()
        grabber = vtk.vtkWindowToImageFilter()
        grabber.SetInput(self._window)
        grabber.ReadFrontBufferOff()
        grabber.Update()
        image = grabber.GetOutput()
        columns, rows, _ = image.GetDimensions()
        pixels = vtk_to_numpy(image.GetPointData().GetScalars()).reshape(rows, columns, 3)
        return pixels[::-1].copy()


class SliceWidget:
    """What a script asks of ``qMRMLSliceWidget``."""

    def __init__(self, slice_node: slicer.vtkMRMLSliceNode, size: tuple[int, int]) -> None:
        application = slicer.app.applicationLogic()
        self._logic = slicer.vtkMRMLSliceLogic()
        self._logic.SetMRMLApplicationLogic(application)
        self._logic.SetMRMLScene(slice_node.GetScene())
        self._logic.SetSliceNode(slice_node)
        application.GetSliceLogics().AddItem(self._logic)
        self._view = SliceView(self._logic, size)

    def sliceLogic(self) -> slicer.vtkMRMLSliceLogic:  # noqa: N802
        """What computes the slice."""
        return self._logic

    def mrmlSliceNode(self) -> slicer.vtkMRMLSliceNode:  # noqa: N802
        """Which plane is shown."""
        return self._logic.GetSliceNode()

    def sliceView(self) -> SliceView:  # noqa: N802
        """Where it is drawn."""
        return self._view

    def close(self) -> None:
        """Let go of the scene."""
        self._view.close()
        slicer.app.applicationLogic().GetSliceLogics().RemoveItem(self._logic)
        self._logic.SetMRMLScene(None)

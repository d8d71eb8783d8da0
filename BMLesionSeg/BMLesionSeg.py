"""Segmentation of metastases in whole-body bone scans: the module's four classes.

Each is thin. What touches MRML lies in ``BMLesionSegMRML``, what touches Qt in
``BMLesionSegPanel``, and everything that needs neither in the library ``BMLesionSegLib``.
Research use only. Not a medical device.
"""

import enum
import sys
from typing import Annotated

import slicer
from slicer import vtkMRMLScalarVolumeNode
from slicer.i18n import tr as _
from slicer.i18n import translate
from slicer.parameterNodeWrapper import Default, WithinRange, parameterNodeWrapper
from slicer.ScriptedLoadableModule import (
    ScriptedLoadableModule,
    ScriptedLoadableModuleLogic,
    ScriptedLoadableModuleTest,
    ScriptedLoadableModuleWidget,
)
from slicer.util import VTKObservationMixin

from BMLesionSegMRML.library_path import findLibrary

findLibrary()


class BMLesionSeg(ScriptedLoadableModule):
    """What the application shows about the module."""

    def __init__(self, parent):
        ScriptedLoadableModule.__init__(self, parent)
        parent.title = _("Bone Scan Lesions")
        parent.categories = [
            translate("qSlicerAbstractCoreModule", "Nuclear Medicine"),
            translate("qSlicerAbstractCoreModule", "Segmentation"),
        ]
        parent.dependencies = []
        parent.contributors = ["The BMLesionSeg founders"]
        parent.helpText = _(
            "Finds metastases in planar whole-body bone scans (anterior and posterior view), "
            "lets a physician correct and review them, and exports the result. "
            "Research use only. Not a medical device."
        )
        parent.acknowledgementText = _(
            "The network follows the multi-attention, multi-scale encoder-decoder that was "
            "published for this task; the shipped model was trained on simulated scans only."
        )
        slicer.app.connect("startupCompleted()", registerSampleData)
        slicer.app.connect("startupCompleted()", offerTerminology)


def registerSampleData():
    """Offer the shipped simulated scan in the Sample Data module."""
    from BMLesionSegPanel.sample_data import registerSimulatedScan

    registerSimulatedScan()


def offerTerminology():
    """Offer the module's short lists of lesions and regions in the terminology selector."""
    from BMLesionSegMRML.terminology import loadTerminology

    loadTerminology()


class DeviceChoice(enum.Enum):
    """What the user wants to compute on."""

    AUTO = "auto"
    CPU = "cpu"
    CUDA = "cuda"
    MPS = "mps"

    def label(self):
        """For the combo box."""
        labels = {"auto": _("Automatic"), "cpu": _("CPU"), "cuda": _("NVIDIA GPU")}
        return labels.get(self.value, _("Apple GPU"))


@parameterNodeWrapper
class BMLesionSegParameterNode:
    """Everything that the panel remembers; it travels with the scene.

    anteriorVolume, posteriorVolume: the views of the scan.
    device: what to compute on.
    modelFolder: the model's folder; empty is the shipped model.
    threshold: probability that a lesion's peak has at least, for the preview.
    """

    anteriorVolume: vtkMRMLScalarVolumeNode
    posteriorVolume: vtkMRMLScalarVolumeNode
    device: DeviceChoice = DeviceChoice.AUTO
    modelFolder: str = ""
    threshold: Annotated[float, WithinRange(0.01, 0.99), Default(0.5)]


class BMLesionSegWidget(ScriptedLoadableModuleWidget, VTKObservationMixin):
    """The panel: made of the .ui file, run by ``BMLesionSegPanel``."""

    def __init__(self, parent=None):
        ScriptedLoadableModuleWidget.__init__(self, parent)
        VTKObservationMixin.__init__(self)
        self.logic = None
        self.panel = None
        self._parameterNode = None
        self._parameterNodeGuiTag = None

    def setup(self):
        """Called once, when the user first opens the module."""
        from BMLesionSegPanel.panel import Panel

        ScriptedLoadableModuleWidget.setup(self)
        uiWidget = slicer.util.loadUI(self.resourcePath("UI/BMLesionSeg.ui"))
        self.layout.addWidget(uiWidget)
        self.ui = slicer.util.childWidgetVariables(uiWidget)
        uiWidget.setMRMLScene(slicer.mrmlScene)
        self.logic = BMLesionSegLogic()
        self.panel = Panel(self.ui, self.logic)
        scene = slicer.mrmlScene
        self.addObserver(scene, scene.StartCloseEvent, self.onSceneStartClose)
        self.addObserver(scene, scene.EndCloseEvent, self.onSceneEndClose)
        self.initializeParameterNode()

    def enter(self):
        """Called each time the user opens the module."""
        self.initializeParameterNode()
        self.panel.enter()

    def exit(self):
        """Called each time the user opens another module."""
        self.panel.exit()

    def cleanup(self):
        """Called when the module is unloaded; a second call does nothing."""
        self.removeObservers()
        self.setParameterNode(None)
        if self.panel is not None:
            self.panel.close()
            self.panel = None

    def onSceneStartClose(self, caller, event):
        """A run is cancelled, and no widget holds on to a node."""
        self.panel.sceneStartsToClose()
        self.setParameterNode(None)

    def onSceneEndClose(self, caller, event):
        """Start anew."""
        self.initializeParameterNode()

    def onReload(self):
        """Also our packages are loaded anew, not only this file."""
        self.cleanup()
        packages = ("BMLesionSegMRML", "BMLesionSegPanel", "BMLesionSegLib")
        for name in [name for name in sys.modules if name.split(".")[0] in packages]:
            del sys.modules[name]
        ScriptedLoadableModuleWidget.onReload(self)

    def initializeParameterNode(self):
        """Make sure that the parameter node exists and is observed."""
        self.setParameterNode(self.logic.getParameterNode())

    def setParameterNode(self, parameterNode):
        """Join the parameter node to the widgets of the .ui file."""
        if self._parameterNode is not None:
            self._parameterNode.disconnectGui(self._parameterNodeGuiTag)
        self._parameterNode = parameterNode
        if parameterNode is not None:
            self._parameterNodeGuiTag = parameterNode.connectGui(self.ui)
        if self.panel is not None:
            self.panel.setParameterNode(parameterNode)


class BMLesionSegLogic(ScriptedLoadableModuleLogic):
    """For scripts, also under --no-main-window, and for the panel."""

    def __init__(self, dependencies=None):
        """``dependencies``: where PyTorch comes from; a test brings its own."""
        from BMLesionSegMRML.sessions import Sessions

        ScriptedLoadableModuleLogic.__init__(self)
        self._sessions = Sessions(dependencies)

    def getParameterNode(self):
        """The typed parameter node."""
        return BMLesionSegParameterNode(super().getParameterNode())

    def segment(
        self,
        anteriorVolume=None,
        posteriorVolume=None,
        device="auto",
        threshold=None,
        modelPath=None,
        saveState=None,
        progress=None,
        cancelled=None,
    ):
        """Find the metastases of a scan, and return when that is done.

        Args:
            anteriorVolume: one view, either view of a pair, or a volume of two slices as Slicer's
                own DICOM reader makes it.
            posteriorVolume: the other view, where the scan has one.
            device: "auto", "cpu", "cuda" or "mps".
            threshold: probability that a lesion's peak has at least; the model's own if None.
            modelPath: folder or name of a model; the shipped one if None.
            saveState: called with the views whose older, untouched result is replaced.
            progress: called with the run before every step.
            cancelled: asked before every step.

        Returns:
            The segmentation node of each view, by "anterior" and "posterior".

        Raises:
            BMLesionSegError: why it could not be done; the scene is as it was.
        """
        run = self.start(anteriorVolume, posteriorVolume, device, threshold, modelPath, saveState)
        return self._sessions.finish(run, progress, cancelled)

    def start(
        self,
        anteriorVolume=None,
        posteriorVolume=None,
        device="auto",
        threshold=None,
        modelPath=None,
        saveState=None,
    ):
        """The same as a ``BMLesionSegMRML.run.Run``, which the caller drives by its ``step()``."""
        return self._sessions.start(
            anteriorVolume, posteriorVolume, device, threshold, modelPath, saveState
        )

    def review(self, anteriorVolume, posteriorVolume=None, saveState=None):
        """The review of these volumes' newest segmentations; None where there are none."""
        return self._sessions.review(anteriorVolume, posteriorVolume, saveState)

    def addScan(self, scan, name="Bone scan"):
        """Add a scan that the library has read: the volume of each view."""
        return self._sessions.addScan(scan, name)

    def convertStockVolume(self, volume):
        """Add the pair of views that a volume of Slicer's own DICOM reader holds."""
        return self._sessions.convertStockVolume(volume)

    def torchInstalled(self):
        """Whether PyTorch is there, told without importing it."""
        return self._sessions.torchInstalled()

    def warmUp(self, device="auto", modelPath=None):
        """Load PyTorch and the model, and use the device once, so that the first run need not.

        Args:
            device: "auto", "cpu", "cuda" or "mps".
            modelPath: folder or name of a model; the shipped one if None.
        """
        self._sessions.warmUp(device, modelPath)

    def close(self):
        """Stop a run that goes, and watch the scene no more."""
        self._sessions.close()


class BMLesionSegTest(ScriptedLoadableModuleTest):
    """The module's self-test, quick and without torch; the longer ones lie in Testing/Python."""

    def setUp(self):
        """An empty scene."""
        slicer.mrmlScene.Clear()

    def runTest(self):
        """Every test, one after the other."""
        self.setUp()
        self.test_simulatedScanOpens()
        self.setUp()
        self.test_withoutTorchNothingIsChanged()

    def test_simulatedScanOpens(self):
        """The sample gives two views of one size, with counts and evidence."""
        from BMLesionSegPanel.sample_data import openSimulatedScan

        volumes = openSimulatedScan()
        self.assertEqual(sorted(volumes), ["anterior", "posterior"])
        shapes = {slicer.util.arrayFromVolume(volume).shape for volume in volumes.values()}
        self.assertEqual(len(shapes), 1)
        self.delayDisplay(_("The simulated scan opens as two views"))

    def test_withoutTorchNothingIsChanged(self):
        """A user who declines PyTorch is told why, and keeps the scene."""
        from BMLesionSegLib.errors import DeviceRefused
        from BMLesionSegPanel.sample_data import openSimulatedScan

        class Declined:
            def torchVersion(self):
                return None

            def installTorch(self):
                return False

        volumes = openSimulatedScan()
        logic = BMLesionSegLogic(Declined())
        self.assertFalse(logic.torchInstalled())
        self.assertRaises(DeviceRefused, logic.segment, *volumes.values())
        self.assertEqual(slicer.util.getNodesByClass("vtkMRMLSegmentationNode"), [])
        logic.close()

"""The panel: its boxes, and the scan, review and run that they share."""

import logging

import qt
import slicer
import vtk
from slicer.i18n import tr as _

from BMLesionSegLib.errors import BMLesionSegError
from BMLesionSegLib.scan import ViewName
from BMLesionSegMRML.stock_volume import isStockVolume
from BMLesionSegMRML.volumes import isView, viewsOf
from BMLesionSegPanel.device_line import DeviceLine
from BMLesionSegPanel.display_box import DisplayBox
from BMLesionSegPanel.editors import Editors
from BMLesionSegPanel.export_box import ExportBox
from BMLesionSegPanel.findings_box import FindingsBox
from BMLesionSegPanel.hot_spot_tool import HotSpotTool
from BMLesionSegPanel.model_line import ModelLine
from BMLesionSegPanel.review_keys import ReviewKeys
from BMLesionSegPanel.run_box import RunBox
from BMLesionSegPanel.scan_box import ScanBox
from BMLesionSegPanel.sentences import sentenceFor
from BMLesionSegPanel.threshold_box import ThresholdBox


class Panel:
    """Made once by the module's Widget; every box asks it for what is chosen now.

    Attributes:
        ui: the widgets of the .ui file by name.
        logic: BMLesionSegLogic.
        parameters: the typed parameter node; None while a scene closes.
        review: of the chosen scan; None before it was segmented.
    """

    def __init__(self, ui, logic):
        self.ui = ui
        self.logic = logic
        self.parameters = None
        self.review = None
        self._keys = None
        self._observer = None
        self._shown = None
        self.model = ModelLine(self)
        self.device = DeviceLine(self)
        self.run = RunBox(self)
        self.display = DisplayBox(self)
        self.editors = Editors(self)
        self.findings = FindingsBox(self)
        self.hotSpot = HotSpotTool(self)
        self.threshold = ThresholdBox(self)
        self.export = ExportBox(self)
        self.scan = ScanBox(self)
        # The display before the findings: what the table points at must be drawn by then.
        self._boxes = (
            self.scan,
            self.model,
            self.device,
            self.run,
            self.display,
            self.findings,
            self.hotSpot,
            self.threshold,
            self.export,
        )

    # Life

    def enter(self):
        """The module is opened."""
        window = slicer.util.mainWindow() or self.ui.BMLesionSeg
        hide = self.display.setContoursVisible
        self._keys = ReviewKeys(self.findings, hide, slicer.app, window)
        self.editors.enter()
        if not self.volumes():
            self._takeNewestScan()
        self.refresh()
        qt.QTimer.singleShot(0, self.device.loadWhereWanted)

    def exit(self):
        """Another module is opened: keys, tools and layout are the user's again."""
        if self._keys is not None:
            self._keys.remove()
            self._keys = None
        self.hotSpot.putDown()
        self.editors.exit()
        self.display.exit()

    def close(self):
        """The module is unloaded."""
        self.run.stop()
        self.exit()
        self._follow(None)
        self.editors.close()

    def sceneStartsToClose(self):
        """A run is cancelled; no widget holds on to a node."""
        self.run.stop()
        self.hotSpot.putDown()
        self.display.exit()
        self._follow(None)
        self.editors.letGo()

    def setParameterNode(self, parameters):
        """Follow this parameter node."""
        if self._observer is not None:
            node, tag = self._observer
            node.RemoveObserver(tag)
            self._observer = None
        self.parameters = parameters
        if parameters is not None:
            event = vtk.vtkCommand.ModifiedEvent
            self._observer = parameters, parameters.AddObserver(event, self._parametersChanged)
            self._parametersChanged()

    # What is chosen now

    def volumes(self):
        """The chosen views, by view name."""
        if self.parameters is None:
            return {}
        chosen = {
            ViewName.ANTERIOR: self.parameters.anteriorVolume,
            ViewName.POSTERIOR: self.parameters.posteriorVolume,
        }
        return {view: node for view, node in chosen.items() if node is not None}

    def pair(self):
        """The anterior and the posterior view, None for one that is not there."""
        chosen = self.volumes()
        return chosen.get(ViewName.ANTERIOR), chosen.get(ViewName.POSTERIOR)

    def isRunning(self):
        """Whether a run goes."""
        return self.run.running

    def chooseVolumes(self, nodes):
        """Choose a scan and show it."""
        self._setVolumes(nodes)
        self.say("")
        self.refresh()
        self.display.showScan()
        qt.QTimer.singleShot(0, self.device.load)

    def proposeThreshold(self, threshold):
        """The model's own threshold, while there is nothing to draw again."""
        if self.review is None:
            self.parameters.threshold = threshold

    # What happens

    def runEnded(self, run):
        """Show what came of it."""
        self.refresh()
        if self.parameters is None:
            return
        if self.review is not None:
            self.display.showScan()
            self.refresh()

    def addHotSpot(self, view, ras):
        """The user clicked here."""
        number = self.attempt(lambda: self.change(self.review.addHotSpot, view, ras))
        self.refresh()
        if number is not None:
            self.findings.choose(number)

    def change(self, action, *arguments: object):
        """Do a step of the review: what it changes is not the user's painting."""
        with self.editors.ownChange():
            return action(*arguments)

    def refresh(self):
        """Every box as things are now."""
        if self.parameters is None:
            return
        chosen = self.volumes()
        save = self.editors.saveState
        self._follow(
            self.attempt(lambda: self.logic.review(*self.pair(), save)) if chosen else None
        )
        self.editors.show(self.review, chosen)
        for box in self._boxes:
            box.refresh()
        if self._keys is not None:
            self._keys.setEnabled(self.review is not None and not self.isRunning())

    def say(self, text, details=""):
        """The status line."""
        self.run.say(text, details)

    def attempt(self, action):
        """The action's result; a refusal becomes a sentence in the status line, and None.

        What nobody foresaw is shown with its traceback, as everywhere in Slicer.
        """
        try:
            return action()
        except BMLesionSegError as error:
            logging.info("BMLesionSeg: %s", type(error).__name__)
            self.say(sentenceFor(error), str(error))
            return None
        except Exception:
            with slicer.util.tryWithErrorDisplay(_("This failed unexpectedly.")):
                raise

    def _follow(self, review):
        if review is not self.review:
            if self.review is not None:
                self.review.changed.disconnect(self.refresh)
            self.review = review
            if review is not None:
                review.changed.connect(self.refresh)

    def _parametersChanged(self, _caller=None, _event=None):
        shown = tuple(node.GetID() for node in self.volumes().values())
        if shown != self._shown:
            self._shown = shown
            self.export.forget()
            qt.QTimer.singleShot(0, self._completeScan)
        self.refresh()

    def _takeNewestScan(self):
        """Somebody who comes from Sample Data or DICOM need not choose what was just loaded."""
        views = filter(isView, slicer.util.getNodesByClass("vtkMRMLScalarVolumeNode"))
        newest = next(reversed(list(views)), None)
        if newest is not None:
            self._setVolumes(viewsOf(newest))

    def _setVolumes(self, nodes):
        with slicer.util.NodeModify(self.parameters):
            self.parameters.anteriorVolume = nodes.get(ViewName.ANTERIOR)
            self.parameters.posteriorVolume = nodes.get(ViewName.POSTERIOR)

    def _completeScan(self):
        """One view of a pair brings the other; a volume of Slicer's own reader becomes a pair."""
        chosen = self.volumes()
        if len(chosen) != 1:
            return
        (node,) = chosen.values()
        if isStockVolume(node):
            nodes = self.attempt(lambda: self.logic.convertStockVolume(node))
        else:
            nodes = viewsOf(node)
        if nodes and nodes != chosen:
            self.chooseVolumes(nodes)

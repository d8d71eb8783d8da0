"""How the scan is shown: upper level, dual intensity, the bone-scan layout, the chosen finding."""

import slicer
import vtk
from slicer.util import VTKObservationMixin

from BMLesionSegMRML.layout import BoneScanLayout


class DisplayBox(VTKObservationMixin):
    """The box "Display" over the layout."""

    def __init__(self, panel):
        VTKObservationMixin.__init__(self)
        self._panel = panel
        self._ui = panel.ui
        self._drawn = {}
        self._layout = BoneScanLayout(slicer.mrmlScene)
        self._ui.levelSlider.valueChanged.connect(self._levelMoved)
        self._ui.dualButton.toggled.connect(self._layout.setDualIntensity)
        self._ui.layoutButton.toggled.connect(self._layoutToggled)

    def refresh(self):
        """What can be changed now; new lesions are drawn."""
        if self._layout.shown and self._drawn != self._segmentations():
            self.showScan()
            return
        shown = self._layout.shown
        self._ui.levelSlider.enabled = self._ui.dualButton.enabled = shown
        self._ui.layoutButton.enabled = bool(self._panel.volumes())
        check(self._ui.layoutButton, shown)

    def showScan(self):
        """Our layout with the panel's scan; no prompt, the user's own comes back on leaving."""
        self._drawn = self._segmentations()
        self._layout.show(self._panel.volumes(), self._drawn)
        self.removeObservers()
        if self._layout.shown:
            for volume in self._panel.volumes().values():
                event = vtk.vtkCommand.ModifiedEvent
                self.addObserver(volume.GetDisplayNode(), event, self._followLevel)
            self._followLevel()
        self.refresh()

    def exit(self):
        """The user's own layout again."""
        self.removeObservers()
        self._layout.restore()
        self.refresh()

    def halo(self, row):
        """Point at a finding in both views; None points at nothing."""
        if self._layout.shown and self._drawn:
            lesions = row.lesions if row is not None else ()
            self._layout.halo({lesion.view: lesion.segment_id for lesion in lesions})

    def setContoursVisible(self, visible):
        """Hide the contours, or show them again."""
        self._layout.setContoursVisible(visible)

    def _segmentations(self):
        review = self._panel.review
        return dict(review.segmentations) if review else {}

    def _layoutToggled(self, wanted):
        if wanted:
            self.showScan()
        else:
            self.exit()

    def _levelMoved(self, counts):
        self._layout.setUpperLevel(None, counts)

    def _followLevel(self, _caller=None, _event=None):
        """The wheel turned, or another scan came: the slider follows without calling back."""
        slider = self._ui.levelSlider
        counts = max(self._layout.upperLevel(view) for view in self._panel.volumes())
        slider.blockSignals(True)
        slider.maximum = max(slider.maximum, counts)
        slider.value = counts
        slider.blockSignals(False)


def check(button, checked):
    """Show a button pressed or not, without doing what it does."""
    button.blockSignals(True)
    button.checked = checked
    button.blockSignals(False)

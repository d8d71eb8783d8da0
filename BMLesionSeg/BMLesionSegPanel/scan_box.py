"""Which scan: opening one, checking its views, swapping and mirroring before it is segmented."""

import qt
import slicer
from slicer.i18n import tr as _

from BMLesionSegLib.scan import ViewName
from BMLesionSegMRML import volumes
from BMLesionSegPanel.open_scan import openScan
from BMLesionSegPanel.words import evidenceWord, viewWord


class ScanBox:
    """The box "Bone scan"."""

    def __init__(self, panel):
        self._panel = panel
        self._ui = panel.ui
        self._tips = {b: b.toolTip for b in (self._ui.swapButton, self._ui.flipButton)}
        self._ui.openButton.clicked.connect(self._open)
        self._ui.swapButton.clicked.connect(self._swap)
        self._ui.flipButton.clicked.connect(self._flip)

    def refresh(self):
        """Say how the views were known, and whether they can still be changed."""
        nodes = self._panel.volumes()
        busy = self._panel.isRunning()
        reason = _("The scan is segmented already: its views stay.") if self._panel.review else ""
        free = bool(nodes) and not busy and not reason
        self._ui.openButton.enabled = not busy
        self._ui.anteriorSelector.enabled = self._ui.posteriorSelector.enabled = not busy
        self._ui.swapButton.enabled = self._ui.flipButton.enabled = free
        for button, tip in self._tips.items():
            button.toolTip = reason or tip
        lines = [
            _("{view}: known by {evidence}").format(
                view=viewWord(view), evidence=evidenceWord(volumes.evidenceOf(node).kind)
            )
            for view, node in nodes.items()
        ]
        self._ui.evidenceLabel.text = "\n".join(lines)
        self._ui.evidenceLabel.visible = bool(lines)

    def _open(self):
        title, kinds = _("Open bone scan"), _("Bone scans: one file, or one file a view") + " (*)"
        paths = qt.QFileDialog.getOpenFileNames(slicer.util.mainWindow(), title, "", kinds)
        if paths:
            self._panel.attempt(lambda: self._panel.chooseVolumes(openScan(paths, askView)))

    def _swap(self):
        nodes = self._panel.volumes()
        self._panel.attempt(
            lambda: self._panel.chooseVolumes(volumes.swapViews(list(nodes.values())))
        )

    def _flip(self):
        self._panel.attempt(self._flipAll)

    def _flipAll(self):
        for node in self._panel.volumes().values():
            volumes.flipView(node)
        self._panel.refresh()


def askView():
    """Which view a file shows that does not say so itself; None if the user does not tell."""
    names = {viewWord(view): view for view in ViewName}
    said = qt.QInputDialog.getItem(
        slicer.util.mainWindow(),
        _("Open bone scan"),
        _("The file does not say which view it shows:"),
        list(names),
        0,
        False,
    )
    return names.get(said)

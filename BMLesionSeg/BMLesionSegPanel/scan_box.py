"""Which scan: opening one, checking its views, swapping and mirroring before it is segmented."""

import qt
import slicer
from slicer.i18n import tr as _

from BMLesionSegLib.scan import ViewName
from BMLesionSegMRML import view_check, volumes
from BMLesionSegPanel.open_scan import openScan
from BMLesionSegPanel.words import evidenceWord, viewWord


class ScanBox:
    """The box "Bone scan"."""

    def __init__(self, panel):
        self._panel = panel
        self._ui = panel.ui
        self._mirrors = {
            ViewName.ANTERIOR: self._ui.mirrorAnteriorButton,
            ViewName.POSTERIOR: self._ui.mirrorPosteriorButton,
        }
        corrections = (self._ui.swapButton, self._ui.flipButton, *self._mirrors.values())
        self._tips = {button: button.toolTip for button in corrections}
        self._ui.openButton.clicked.connect(self._open)
        self._ui.swapButton.clicked.connect(self._swap)
        self._ui.flipButton.clicked.connect(self._flip)
        self._ui.mirrorAnteriorButton.clicked.connect(self._mirrorAnterior)
        self._ui.mirrorPosteriorButton.clicked.connect(self._mirrorPosterior)

    def refresh(self):
        """Say how the views were known, and whether they can still be changed."""
        nodes = self._panel.volumes()
        busy = self._panel.isRunning()
        reason = _("The scan is segmented already: its views stay.") if self._panel.review else ""
        free = bool(nodes) and not busy and not reason
        self._ui.openButton.enabled = not busy
        self._ui.anteriorSelector.enabled = self._ui.posteriorSelector.enabled = not busy
        self._ui.swapButton.enabled = self._ui.flipButton.enabled = free
        for view, button in self._mirrors.items():
            button.enabled = free and view in nodes
        for button, tip in self._tips.items():
            button.toolTip = reason or tip
        lines = [
            _("{views}: known by {evidence}").format(
                views=" ".join(map(viewWord, views)), evidence=evidenceWord(kind)
            )
            for kind, views in byEvidence(nodes).items()
        ]
        self._ui.evidenceLabel.text = "\n".join(lines)
        self._ui.evidenceLabel.visible = bool(lines)

    def _open(self):
        title, kinds = _("Open bone scan"), _("Bone scans: one file, or one file a view") + " (*)"
        paths = qt.QFileDialog.getOpenFileNames(slicer.util.mainWindow(), title, "", kinds)
        if paths:
            nodes = self._panel.attempt(lambda: openScan(paths, askView, self._panel.logic.addScan))
            if nodes:
                self._panel.chooseVolumes(nodes)

    def _swap(self):
        nodes = self._panel.volumes()
        self._panel.attempt(
            lambda: self._panel.chooseVolumes(view_check.swapViews(list(nodes.values())))
        )

    def _flip(self):
        self._panel.attempt(self._flipAll)

    def _flipAll(self):
        nodes = self._panel.volumes()
        for node in nodes.values():
            view_check.flipView(node)
        self._panel.chooseVolumes(nodes)

    def _mirrorAnterior(self):
        self._panel.attempt(lambda: self._mirror(ViewName.ANTERIOR))

    def _mirrorPosterior(self):
        self._panel.attempt(lambda: self._mirror(ViewName.POSTERIOR))

    def _mirror(self, view):
        nodes = self._panel.volumes()
        view_check.mirrorView(nodes[view])
        self._panel.chooseVolumes(nodes)
        if any(map(view_check.lostItsFrame, nodes.values())):
            self._panel.say(_("A mirrored view is exported without DICOM objects."))


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


def byEvidence(nodes):
    """The views that were known in the same way."""
    found = {}
    for view, node in nodes.items():
        found.setdefault(volumes.evidenceOf(node).kind, []).append(view)
    return found

"""Which model will be used, and whether its files are what its manifest says."""

from pathlib import Path

import qt
import slicer
from slicer.i18n import tr as _

from BMLesionSegLib.bundles import find_bundle, load_bundle
from BMLesionSegLib.errors import BundleRefused
from BMLesionSegPanel.sentences import sentenceFor


class ModelLine:
    """The line "Model:". ``bundle`` is the verified model, or None."""

    def __init__(self, panel):
        self._panel = panel
        self._ui = panel.ui
        self._checked = None
        self.bundle = None
        self._ui.modelButton.clicked.connect(self._choose)

    def refresh(self):
        """Verify the model once for each choice; every file's sha256 is computed."""
        folder = self._panel.parameters.modelFolder
        self._ui.modelButton.enabled = not self._panel.isRunning()
        if folder == self._checked:
            return
        self._checked = folder
        try:
            self.bundle = load_bundle(find_bundle(Path(folder) if folder else None))
        except BundleRefused as error:
            self.bundle = None
            self._ui.modelLabel.text = sentenceFor(error)
            self._ui.modelLabel.toolTip = str(error)
            return
        manifest = self.bundle.manifest
        self._ui.modelLabel.text = _("{name} {version}, verified").format(
            name=manifest.name, version=manifest.version
        )
        self._ui.modelLabel.toolTip = _("Every file has the checksum that its manifest states.")
        self._panel.proposeThreshold(manifest.threshold)

    def forget(self):
        """Verify again: the files may have changed."""
        self._checked = None

    def _choose(self):
        path = qt.QFileDialog.getOpenFileName(
            slicer.util.mainWindow(), _("Choose a model"), "", _("Model") + " (manifest.json)"
        )
        if path:
            self.forget()
            self._panel.parameters.modelFolder = str(Path(path).parent)
            self._panel.refresh()

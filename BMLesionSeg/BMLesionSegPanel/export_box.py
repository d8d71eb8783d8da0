"""Export: a folder is chosen, everything is written into it, or the reason why not is said."""

from pathlib import Path

import qt
import slicer
from slicer.i18n import tr as _


class ExportBox:
    """The box "Export"."""

    def __init__(self, panel):
        self._panel = panel
        self._ui = panel.ui
        self._exported = ""
        self._ui.exportButton.clicked.connect(self._clicked)

    def refresh(self):
        """Whether there is something to export."""
        reason = self._reason()
        self._ui.exportButton.enabled = not reason
        self._ui.exportLabel.text = reason or self._exported
        self._ui.exportLabel.visible = bool(self._ui.exportLabel.text)

    def forget(self):
        """Another scan: what was said about the last export is over."""
        self._exported = ""

    def _reason(self):
        if self._panel.isRunning():
            return _("Not while a run goes.")
        if self._panel.review is None:
            return _("Nothing to export yet: segment the scan first.")
        if self._panel.review.exportReason():
            return _("The lesions as they are drawn now cannot be exported.")
        return ""

    def _clicked(self):
        sources = self._askSources() if self._panel.review.sourceReason() else []
        title = _("Choose a folder for the export")
        folder = qt.QFileDialog.getExistingDirectory(slicer.util.mainWindow(), title)
        if not folder:
            return
        written = self._panel.attempt(lambda: self._panel.review.export(Path(folder), sources))
        if written is not None:
            self._exported = _("{count} files written.").format(count=len(written))
            self._ui.exportLabel.toolTip = str(folder)
        self._panel.refresh()

    def _askSources(self):
        """The scan's DICOM files; none is an export without DICOM."""
        title = _("Choose the scan's DICOM file, or cancel to export without DICOM")
        return [Path(p) for p in qt.QFileDialog.getOpenFileNames(slicer.util.mainWindow(), title)]
